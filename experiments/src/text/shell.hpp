#pragma once

#include <string>

namespace infoplane::experiments {

/// The text in single quotes, as bash and zsh take it.
std::string shell_quoted(const std::string& text);

}  // namespace infoplane::experiments
