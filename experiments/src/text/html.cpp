#include "text/html.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/claim.hpp>
#include <infoplane/error.hpp>

#include "base/foreign_json.hpp"
#include "results/run_files.hpp"
#include "text/claim_text.hpp"

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr auto kReplace = json::error_handler_t::replace;

std::string class_of(Verdict verdict) {
  if (verdict == Verdict::undecided) return "undecided";
  return verdict == Verdict::holds ? "holds" : "fails";
}

// printable() of each part between tabs and line breaks.
std::string shown(const std::string& text) {
  std::string all;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("\t\n", begin), text.size());
    all += printable(text.substr(begin, end - begin));
    if (end < text.size()) all += text[end];
    begin = end + 1;
  }
  return all;
}

std::string row(const std::string& begin, const std::string& cell, const std::vector<std::string>& texts) {
  std::string html = begin;
  for (const std::string& text : texts) html += fmt::format("<{0}>{1}</{0}>", cell, html_text(text));
  return html + "</tr>\n";
}

std::string folded(const std::string& title, const std::string& text) {
  if (text.empty()) return "";
  return fmt::format("<details open><summary>{}</summary><pre tabindex=\"0\">{}</pre></details>\n", title,
                     html_text(text));
}

}  // namespace

std::string html_text(const std::string& text) {
  std::string html;
  for (const char c : shown(json::parse(json(text).dump(-1, ' ', false, kReplace)).get<std::string>())) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string number_text(double value) { return std::isnan(value) ? "-" : fmt::format("{:.3g}", value); }

std::string script_json(const json& value) {
  std::string text;
  for (const char c : value.dump(-1, ' ', false, kReplace)) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

std::string text_of(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return "";
  std::ifstream stream(file, std::ios::binary);
  std::string text(std::size_t{1} << 20, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

std::string claims_html(const std::vector<ClaimRecord>& claims) {
  if (claims.empty()) return "";
  std::string html =
      "<div class=\"wide\"><table class=\"claims\"><thead>" +
      row("<tr>", "th",
          {"the source says", "measured in every replica", "found", "replicas", "verdict", "why", "evidence"}) +
      "</thead><tbody>\n";
  for (const ClaimRecord& claim : claims) {
    html += row(fmt::format("<tr class=\"{}\">", class_of(claim.verdict)), "td",
                {claim.says, claim.measured, found_text(claim), share_text(claim), verdict_name(claim.verdict),
                 reason_text(claim), fmt::format("{}", fmt::join(claim.evidence, ", "))});
  }
  return html + "</tbody></table></div>\n";
}

std::string experiment_html(const fs::path& folder, const std::string& provenance) {
  return folded("Experiment, with all defaults", text_of(folder / kExperimentFile)) +
         folded("Estimate, with all defaults", text_of(folder / kEstimateFile)) + folded("Provenance", provenance);
}

std::string status_line(const std::string& provenance) {
  const json read = parse_foreign<json>(provenance);
  std::vector<std::string> parts;
  if (!read.is_object()) return "";
  const auto add = [&](const char* key, const std::string& before) {
    const auto value = read.find(key);
    if (value == read.end()) return;
    parts.push_back(before + (value->is_string() ? value->get<std::string>() : value->dump()));
  };
  add("status", "");
  add("seed", "seed ");
  add("device", "");
  add("infoplane_version", "infoplane ");
  add("started", "");
  return printable(fmt::format("{}", fmt::join(parts, ", ")));
}

}  // namespace infoplane::experiments
