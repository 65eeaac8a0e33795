#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <infoplane/record.hpp>

namespace infoplane::experiments {

/// The text as HTML: markup escaped, U+FFFD for bytes that are not UTF-8, control characters after printable() except
/// tabs and line breaks.
std::string html_text(const std::string& text);

/// Three digits; "-" for NaN.
std::string number_text(double value);

/// The value as JSON that is safe within <script>: it contains no "<".
std::string script_json(const nlohmann::json& value);

/// The file's first MiB; "" if it is missing or not a regular file.
std::string text_of(const std::filesystem::path& file);

/// The claims as a table, "" for none.
std::string claims_html(const std::vector<ClaimRecord>& claims);

/// The resolved experiment of a run's folder, or the origin of an estimate, and the provenance, each foldable; missing
/// ones are omitted.
std::string experiment_html(const std::filesystem::path& folder, const std::string& provenance);

/// "finished, seed 1, cpu, infoplane 0.1.0, 2026-01-31T23:59:59Z", as far as the provenance has it.
std::string status_line(const std::string& provenance);

}  // namespace infoplane::experiments
