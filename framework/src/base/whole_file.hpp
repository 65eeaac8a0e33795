#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace infoplane {

/// Writes a file of a run's folder, complete or not at all, even when the machine stops: a temporary file beside it, of
/// a name that no other process uses, is flushed to the disk and renamed. What a killed process left of such is
/// removed. A link of that name is replaced, not followed, since the folder may be somebody else's; what is neither
/// file nor link is refused. Throws Error "FILE: cannot write: REASON".
void write_whole_file(const std::filesystem::path& file, const std::string& text);

/// Writes a file that the user named, as write_whole_file but for what stands there: a link is followed, and what is no
/// file is written through as the shell's `>` does: a pipe, a terminal, a device, and whatever the standard output is,
/// /dev/stdout. Throws Error "FILE: cannot write: REASON".
void write_output_file(const std::filesystem::path& file, const std::string& text);

/// Whether the file is what the standard output goes to: /dev/stdout, or the file or pipe behind it.
bool is_standard_output(const std::filesystem::path& file);

/// The text of a regular file of at most `most` bytes. Throws UsageError "FILE: no such file", "FILE: it is no regular
/// file", "FILE: cannot read: REASON", "FILE: its N bytes are more than MOST".
std::string read_whole_file(const std::filesystem::path& file, std::size_t most);

}  // namespace infoplane
