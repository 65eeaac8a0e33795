#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <infoplane/record.hpp>

namespace infoplane::experiments {

/// The text as HTML: markup escaped, U+FFFD for bytes that are no UTF-8; but for tabs and line breaks as printable()
/// tells it.
std::string html_text(const std::string& text);

/// Three digits; "-" for NaN.
std::string number_text(double value);

/// The value as JSON that may stand within <script>: no "<" occurs in it.
std::string script_json(const nlohmann::json& value);

/// The file's first MiB; "" where it is absent or no regular file.
std::string text_of(const std::filesystem::path& file);

/// The claims as a table, "" for none.
std::string claims_html(const std::vector<ClaimRecord>& claims);

/// The resolved experiment of a run's folder, or what an estimate was made of, and the provenance, each foldable; what
/// is absent is left out.
std::string experiment_html(const std::filesystem::path& folder, const std::string& provenance);

/// "finished, seed 1, cpu, infoplane 0.1.0, 2026-01-31T23:59:59Z": what of it the provenance tells.
std::string status_line(const std::string& provenance);

}  // namespace infoplane::experiments
