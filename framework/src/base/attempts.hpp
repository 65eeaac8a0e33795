#pragma once

#include <exception>

namespace infoplane {

/// Makes each of several calls though one before it throws; the first error is the one to tell.
class Attempts {
 public:
  template <class Call>
  void add(Call call) {
    try {
      call();
    } catch (...) {
      if (!first_) first_ = std::current_exception();
    }
  }

  void require_done() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  std::exception_ptr first_;
};

}  // namespace infoplane
