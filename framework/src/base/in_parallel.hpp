#pragma once

#include <cstdint>
#include <functional>

namespace infoplane {

/// The number of cores of the machine, at least 1.
std::int64_t cores();

/// Calls task(0) .. task(count - 1), divided among at most `threads` threads, including the caller's, which calls
/// task(0). If the system starts fewer threads, those do all the work. After a task throws, no further ones start; when
/// all started ones have ended, the exception of the lowest-numbered one is rethrown.
void in_parallel(std::int64_t count, std::int64_t threads, const std::function<void(std::int64_t)>& task);

}  // namespace infoplane
