#include <infoplane/experiments/report.hpp>

#include <fmt/format.h>
#include <openssl/evp.h>

#include <infoplane/error.hpp>
#include <infoplane/run_results.hpp>

#include "base/whole_file.hpp"
#include "report/report_data.hpp"
#include "report/specs.hpp"
#include "report_assets.hpp"
#include "results/run_files.hpp"
#include "results/run_summary.hpp"
#include "text/html.hpp"

namespace infoplane::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// The hash by which a content security policy allows an inline script or style: 'sha256-...'.
std::string policy_hash(const std::string& text) {
  unsigned char digest[EVP_MAX_MD_SIZE], encoded[EVP_MAX_MD_SIZE * 2];
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr) != 1)
    throw Error("SHA-256 is not available");
  EVP_EncodeBlock(encoded, digest, static_cast<int>(size));
  return fmt::format("'sha256-{}'", reinterpret_cast<const char*>(encoded));
}

// Without the trailing comment that names a source map to fetch.
std::string bundle(const std::string& text) { return text.substr(0, text.rfind("\n//# sourceMappingURL")); }

// The run by its folder: "twelve_bit_tanh/20260131T235959Z".
std::string label_of(const RunResults& results, const fs::path& folder) {
  return printable(results.experiment + "/" + fs::canonical(folder).filename().string());
}

// With names made printable, as the charts show them.
RunResults shown(RunResults results) {
  for (std::string& detail : results.details) detail = printable(detail);
  for (Record& row : results.information) {
    row.layer = printable(row.layer);
    row.estimator = printable(row.estimator);
  }
  for (HistogramRecord& row : results.histograms) row.layer = printable(row.layer);
  return results;
}

struct Blocks {
  std::string data;  ///< JSON of all runs
  std::string texts;
  std::string experiment;  ///< of the last run
};

void add_run(const fs::path& folder, std::size_t number, Blocks& blocks) {
  const RunResults results = shown(read_run(folder));
  if (results.information.empty() && results.training.empty()) {
    throw UsageError(
        fmt::format("{}: no rows yet in information.csv or training.csv{}", folder.string(), how_to_continue(folder)));
  }
  blocks.experiment = results.experiment;
  ReportData data = report_data(results);
  const std::string provenance = text_of(folder / kProvenance);
  data.summary["run"] = label_of(results, folder);
  data.summary["status"] = status_line(provenance);
  data.summary["specs"] = chart_specs(data);
  if (results.truth) {
    data.summary["truth"] = {{"i_xy_bits", results.truth->i_xy_bits}, {"best_accuracy", results.truth->best_accuracy}};
  }
  const auto block = [&](const char* kind, const json& value) {
    return fmt::format("<script type=\"application/json\" id=\"{}-{}\">{}</script>\n", kind, number,
                       script_json(value));
  };
  blocks.data += block("run", data.summary) + block("replicas", data.replicas);
  blocks.texts += fmt::format("<template id=\"claims-{0}\">{1}</template>\n<template id=\"texts-{0}\">{2}</template>\n",
                              number, claims_html(results.claims), experiment_html(folder, provenance));
}

std::string filled(std::string page, const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string text;
  std::size_t from = 0;
  for (const auto& [name, value] : parts) {  // in the order of the page, so that values are not searched
    const std::string mark = "<!--" + name + "-->";
    const std::size_t at = page.find(mark, from);
    text += page.substr(from, at - from) + value;
    from = at + mark.size();
  }
  return text + page.substr(from);
}

}  // namespace

std::string report_page(const std::vector<fs::path>& runs) {
  Blocks blocks;
  for (std::size_t i = 0; i < runs.size(); ++i) add_run(runs[i], i, blocks);
  std::string scripts, hashes;
  for (const std::string& script : {bundle(kVega), bundle(kVegaLite), bundle(kVegaEmbed), std::string(kScript)}) {
    scripts += "<script>" + script + "</script>\n";
    hashes += " " + policy_hash(script);
  }
  const std::string policy =
      fmt::format("default-src 'none'; script-src{}; style-src {}; base-uri 'none'; form-action 'none'", hashes,
                  policy_hash(kStyle));
  const std::string title = runs.size() == 1 ? blocks.experiment : fmt::format("{} runs", runs.size());
  return filled(kPage, {{"policy", fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", policy)},
                        {"title", fmt::format("<title>{} - infoplane</title>", html_text(title))},
                        {"style", fmt::format("<style>{}</style>", kStyle)},
                        {"licenses", html_text(kVegaLicenses)},
                        {"texts", blocks.texts},
                        {"data", blocks.data},
                        {"scripts", scripts}});
}

}  // namespace infoplane::experiments
