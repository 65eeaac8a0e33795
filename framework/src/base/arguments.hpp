#pragma once

#include <cstdint>
#include <string>

/// Checks of the arguments of public functions. Each throws std::invalid_argument "FUNCTION: NAME must be ..., got
/// ...", with shapes as [N, M].
namespace infoplane {

[[noreturn]] void refuse_argument(const char* function, const std::string& what);

/// Throws unless `holds`; `what` is the whole text after "FUNCTION: ".
void require_argument(bool holds, const char* function, const char* what);

void require_at_least(const char* function, const char* name, std::int64_t value, std::int64_t least);

/// low <= value <= high.
void require_between(const char* function, const char* name, std::int64_t value, std::int64_t low, std::int64_t high);

/// Above 0 and finite.
void require_positive(const char* function, const char* name, double value);

}  // namespace infoplane
