#pragma once

#include <filesystem>
#include <vector>

#include <infoplane/record.hpp>

namespace infoplane {

inline constexpr const char* kClaims = "claims.csv";

/// Writes the table, complete or not at all; a NaN is an empty field. Throws Error "FILE: cannot write: REASON", and
/// for a text with a line break.
void write_claims(const std::filesystem::path& file, const std::vector<ClaimRecord>& records);

/// Throws UsageError as read_run.
std::vector<ClaimRecord> read_claims(const std::filesystem::path& file);

}  // namespace infoplane
