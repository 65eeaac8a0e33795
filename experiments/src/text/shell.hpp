#pragma once

#include <string>

namespace infoplane::experiments {

/// The text in single quotes, for bash and zsh.
std::string shell_quoted(const std::string& text);

}  // namespace infoplane::experiments
