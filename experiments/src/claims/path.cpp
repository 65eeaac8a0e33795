#include "claims/path.hpp"

#include <algorithm>
#include <cmath>

namespace infoplane::experiments {
namespace {

double distance_from_line(const Point& p, const Point& a, const Point& b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  return distance(p, Point{a.x + t * dx, a.y + t * dy});
}

}  // namespace

double distance(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

double distance(const Point& point, const Path& path) {
  double least = distance(point, path.front());
  for (std::size_t i = 1; i < path.size(); ++i)
    least = std::min(least, distance_from_line(point, path[i - 1], path[i]));
  return least;
}

}  // namespace infoplane::experiments
