#pragma once

#include <cstdint>
#include <functional>

namespace infoplane {

/// The number of cores of the machine, at least 1.
std::int64_t cores();

/// Calls task(0) .. task(count - 1), divided among at most `threads` threads, of which the caller's is one; it makes
/// the call task(0). Where the system starts fewer threads, those that it starts do all the work. After a task that
/// throws no further ones begin; once all that did have ended, the exception of the one with the least number is
/// rethrown.
void in_parallel(std::int64_t count, std::int64_t threads, const std::function<void(std::int64_t)>& task);

}  // namespace infoplane
