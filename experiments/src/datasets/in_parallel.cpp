#include "datasets/in_parallel.hpp"

#include <algorithm>
#include <future>
#include <thread>
#include <vector>

namespace infoplane::experiments {

void in_parallel(std::int64_t count, const std::function<void(std::int64_t)>& work) {
  if (count == 0) return;
  const std::int64_t threads = std::clamp<std::int64_t>(std::thread::hardware_concurrency(), 1, count);
  const auto part = [&](std::int64_t t) {
    for (std::int64_t i = count * t / threads; i < count * (t + 1) / threads; ++i) work(i);
  };
  std::vector<std::future<void>> others;   // which hand on what their thread throws
  for (std::int64_t t = 1; t < threads; ++t) others.push_back(std::async(std::launch::async, part, t));
  part(0);
  for (std::future<void>& other : others) other.get();
}

}  // namespace infoplane::experiments
