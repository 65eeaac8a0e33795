#pragma once

#include <vector>

namespace infoplane::experiments {

/// A place in the information plane, in bits.
struct Point {
  double x, y;
};
using Path = std::vector<Point>;

double distance(const Point& a, const Point& b);

/// From the nearest point of the polygonal path, which is not empty.
double distance(const Point& point, const Path& path);

}  // namespace infoplane::experiments
