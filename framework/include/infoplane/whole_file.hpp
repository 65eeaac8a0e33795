#pragma once

#include <filesystem>
#include <string>

namespace infoplane {

/// Writes the file complete or not at all, even when the machine stops: a temporary file beside it is flushed to the
/// disk and renamed. A link of that name is replaced, not followed; what is neither file nor link is refused.
/// Throws Error "FILE: cannot write: REASON".
void write_whole_file(const std::filesystem::path& file, const std::string& text);

}  // namespace infoplane
