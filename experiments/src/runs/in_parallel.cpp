#include "datasets/in_parallel.hpp"

#include <thread>

#include <infoplane/in_parallel.hpp>

namespace infoplane::experiments {

void in_parallel(std::int64_t count, const std::function<void(std::int64_t)>& work) {
  infoplane::in_parallel(count, std::thread::hardware_concurrency(), work);
}

}  // namespace infoplane::experiments
