#pragma once

#include <exception>

namespace infoplane {

/// Makes several calls, each whether or not one before it threw, and keeps the first exception.
class FirstError {
 public:
  template <class Call>
  void call(Call call) {
    try {
      call();
    } catch (...) {
      if (!first_) first_ = std::current_exception();
    }
  }

  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  std::exception_ptr first_;
};

}  // namespace infoplane
