#include "base/arguments.hpp"

#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

namespace infoplane {

void refuse_argument(const char* function, const std::string& what) {
  throw std::invalid_argument(fmt::format("{}: {}", function, what));
}

void require_argument(bool holds, const char* function, const char* what) {
  if (!holds) refuse_argument(function, what);
}

void require_at_least(const char* function, const char* name, std::int64_t value, std::int64_t least) {
  if (value < least) refuse_argument(function, fmt::format("{} must be at least {}, got {}", name, least, value));
}

void require_between(const char* function, const char* name, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return;
  refuse_argument(function, fmt::format("{} must be from {} to {}, got {}", name, low, high, value));
}

void require_positive(const char* function, const char* name, double value) {
  if (value > 0 && std::isfinite(value)) return;
  refuse_argument(function, fmt::format("{} must be above 0 and finite, got {}", name, value));
}

}  // namespace infoplane
