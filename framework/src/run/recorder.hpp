#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <infoplane/experiment.hpp>
#include <infoplane/record.hpp>

namespace infoplane {

/// Converts estimates to rows of information.csv. Details with the same name share a column.
class Recorder {
 public:
  /// An estimator's details may depend on its options, so one of each is made.
  explicit Recorder(const std::vector<Choice<EstimatorFactory>>& estimators);

  /// The columns of Record::details.
  const std::vector<std::string>& details() const { return details_; }

  /// Appends a row for each value of the e-th estimator's estimate; `head` has replica, epoch and layer.
  void append(const Estimate& estimate, std::size_t e, const Record& head, std::vector<Record>& rows) const;

 private:
  std::vector<std::string> names_;                 // of the estimators
  std::vector<std::vector<std::size_t>> columns_;  // of each estimator's details
  std::vector<std::string> details_;
};

}  // namespace infoplane
