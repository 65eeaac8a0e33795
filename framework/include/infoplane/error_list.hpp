#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <infoplane/error.hpp>

namespace infoplane {

/// Several errors, so that a user sees all mistakes of a config at once; what() is `lines` joined by "; ".
class UsageErrors : public UsageError {
 public:
  explicit UsageErrors(std::vector<std::string> lines);

  std::vector<std::string> lines;
};

/// Collects the UsageErrors of independent parts of a request.
///
///   ErrorList errors;
///   for (const Item& item : items) errors.collect([&] { read(item); });
///   errors.raise();
class ErrorList {
 public:
  /// Calls work() and keeps its UsageError, or each of its UsageErrors.
  template <class Work>
  void collect(Work work) {
    try {
      work();
    } catch (const UsageErrors& errors) {
      for (const std::string& line : errors.lines) add(line);
    } catch (const UsageError& error) {
      add(error.what());
    }
  }

  void add(const std::string& line) { lines_.push_back(line); }

  /// Does nothing without errors; throws a single one as UsageError, several as UsageErrors, in the order in which they
  /// were collected.
  void raise() const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace infoplane
