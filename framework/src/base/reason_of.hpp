#pragma once

#include <exception>
#include <string>

namespace infoplane {

/// The message of an exception for a user: the first line of errors of LibTorch and others, "not enough memory" if that
/// is the reason.
std::string reason_of(const std::exception& error);

}  // namespace infoplane
