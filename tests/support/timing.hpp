#pragma once

#include <algorithm>
#include <chrono>
#include <limits>

namespace infoplane::testing {

/// The least time that one of three calls takes, in seconds: what a busy machine adds is mostly not in it.
template <class Call>
double least_seconds(Call call) {
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 3; ++i) {
    const auto start = std::chrono::steady_clock::now();
    call();
    least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return least;
}

}  // namespace infoplane::testing
