#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace infoplane {

/// The SHA-256 of tables by their names. claims.csv has two while it is replaced, of which either is right.
using TableDigests = std::multimap<std::string, std::string>;

/// As sha256sum writes them.
std::string text_of(const TableDigests& digests);

/// The SHA-256 of a file. Throws UsageError where it cannot be read, and for what is no regular file.
std::string digest_of(const std::filesystem::path& file);

/// Writes claims.csv of a finished run anew, and its line in tables.sha256 where there is that file, so that whoever
/// looks on and whatever ends the process finds them in accord; nothing where the claims are these already. Throws
/// Error "FILE: cannot write: REASON".
void replace_claims(const std::filesystem::path& folder, const std::string& text);

}  // namespace infoplane
