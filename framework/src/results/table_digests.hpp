#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace infoplane {

/// The SHA-256 of tables by name. claims.csv has two while it is being replaced; either is valid.
using TableDigests = std::multimap<std::string, std::string>;

/// In the format of sha256sum.
std::string digests_text(const TableDigests& digests);

/// The SHA-256 of a file. Throws UsageError if it cannot be read or is not a regular file.
std::string file_digest(const std::filesystem::path& file);

/// Replaces claims.csv of a finished run, and its line in tables.sha256 if that exists, so that they are consistent at
/// any time, even if the process is killed; does nothing if the claims are the same. Throws Error "FILE: cannot write:
/// REASON".
void replace_claims(const std::filesystem::path& folder, const std::string& text);

}  // namespace infoplane
