#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace infoplane {

/// Writes a file of a run's folder, complete or not at all, even if the machine stops: a temporary file next to it,
/// with a name used by no other process, is flushed to the disk and renamed. Temporary files of killed processes are
/// removed. A link with that name is replaced, not followed, since the folder may belong to someone else; anything that
/// is neither file nor link is an error. Throws Error "FILE: cannot write: REASON".
void write_whole_file(const std::filesystem::path& file, const std::string& text);

/// Writes a file named by the user, as write_whole_file except that a link is followed, and that a pipe, a terminal, a
/// device and /dev/stdout are written to, as by the shell's `>`. Throws Error "FILE: cannot write: REASON".
void write_output_file(const std::filesystem::path& file, const std::string& text);

/// Whether the file is the standard output: /dev/stdout, or the file or pipe behind it.
bool is_standard_output(const std::filesystem::path& file);

/// The text of a regular file of at most `most` bytes. Throws UsageError "FILE: no such file", "FILE: not a regular
/// file", "FILE: cannot read: REASON", "FILE: its N bytes are more than MOST".
std::string read_whole_file(const std::filesystem::path& file, std::size_t most);

}  // namespace infoplane
