#include "datasets/wireless/random_stream.hpp"

#include <cmath>

namespace infoplane::experiments {

float RandomStream::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  const float radius = std::sqrt(-2 * std::log(uniform()));
  const float angle = 6.2831853f * uniform();
  spare_ = radius * std::sin(angle);
  has_spare_ = true;
  return radius * std::cos(angle);
}

}  // namespace infoplane::experiments
