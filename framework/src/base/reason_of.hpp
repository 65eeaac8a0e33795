#pragma once

#include <exception>
#include <string>

namespace infoplane {

/// What an exception says to a user: the first line of what LibTorch and others word, "not enough memory" where that is
/// the reason.
std::string reason_of(const std::exception& error);

}  // namespace infoplane
