#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/record.hpp>

namespace infoplane {

/// The text of the table; a NaN is an empty field. Throws Error for a text with a line break.
std::string claims_text(const std::vector<ClaimRecord>& records);

/// Throws UsageError as read_run.
std::vector<ClaimRecord> read_claims(const std::filesystem::path& file);

}  // namespace infoplane
