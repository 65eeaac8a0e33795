#pragma once

#include <limits>

namespace infoplane {

/// The numbers from low to high; by default all.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

}  // namespace infoplane
