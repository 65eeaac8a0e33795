#pragma once

#include <cstdint>
#include <functional>

namespace infoplane::experiments {

/// Calls work(i) for 0 <= i < count, divided among the machine's cores.
void in_parallel(std::int64_t count, const std::function<void(std::int64_t)>& work);

}  // namespace infoplane::experiments
