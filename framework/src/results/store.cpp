#include "results/store.hpp"

#include <cmath>
#include <ctime>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <infoplane/error.hpp>

#include "base/csv.hpp"
#include "base/file.hpp"
#include "base/folder_lock.hpp"
#include "base/foreign_json.hpp"
#include "results/new_folders.hpp"
#include "results/run_files.hpp"
#include "results/table_digests.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

std::string information_header(const std::vector<std::string>& details) {
  std::string header = kInformationHeader;
  for (const std::string& name : details) header += fmt::format(",{}", csv_field(name));
  return header;
}

// The headers of the tables by name.
std::map<std::string, std::string> headers(const Tables& tables) {
  std::map<std::string, std::string> result = {{kTraining, kTrainingHeader},
                                               {kInformation, information_header(tables.details)}};
  if (tables.parameters) result[kParameters] = kParametersHeader;
  if (tables.histograms) result[kHistograms] = kHistogramsHeader;
  return result;
}

// The writer of the folder, from its provenance.
std::string writer_of(const fs::path& folder) {
  const auto provenance = parse_foreign<nlohmann::json>(first_bytes(folder / kProvenance, kMostForeign));
  const auto process = provenance.is_object() ? provenance.find("process") : provenance.end();
  if (process == provenance.end() || !process->is_number_integer()) return "another process";
  return fmt::format("process {}", process->get<std::int64_t>());
}

std::shared_ptr<void> lock(const fs::path& folder) {
  return lock_folder(folder, [&] { return "in use by " + writer_of(folder); });
}

}  // namespace

Store::Store(const fs::path& out, const std::string& experiment, const Tables& tables, Name name)
    : parts_(make(out / experiment, tables, name)) {}

Store::Store(const fs::path& folder, const Tables& tables, const std::function<Contents()>& kept)
    : parts_(reopen(folder, tables, kept)) {}

Store::Parts Store::make(const fs::path& parent, const Tables& tables, Name name) {
  NewFolders folders;
  folders.make(parent);
  if (name == Name::when_shown) remove_hidden(parent);
  const std::string id = fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(std::time(nullptr)));
  const fs::path folder = folders.make_run(parent, name == Name::when_shown ? hidden(id) : id);
  Parts parts{folder, lock(folder), {}};
  for (const auto& [table, header] : headers(tables)) parts.tables.emplace(table, CsvWriter(folder / table, header));
  folders.keep();
  return parts;
}

Store::Parts Store::reopen(const fs::path& folder, const Tables& tables, const std::function<Contents()>& kept) {
  Parts parts{folder, lock(folder), {}};
  const Contents contents = kept();
  for (const auto& [name, header] : headers(tables)) {
    const auto content = contents.find(name);
    if (content == contents.end() && !contents.empty()) {
      throw UsageError((folder / name).string() + ": not one of the tables to continue");
    }
    parts.tables.emplace(name, content == contents.end() ? CsvWriter(folder / name, header)
                                                         : CsvWriter(folder / name, header, content->second));
  }
  return parts;
}

void Store::show() { parts_.folder = show_run(parts_.folder); }

Store::Contents Store::contents() const {
  Contents contents;
  for (const auto& [name, table] : parts_.tables) contents[name] = table.content();
  return contents;
}

void Store::flush() const {
  for (const auto& [name, table] : parts_.tables) table.flush();
}

void Store::append(const std::string& table, const std::string& lines) {
  if (!lines.empty()) parts_.tables.at(table).append(lines);
}

void Store::append(const std::vector<Record>& records) {
  std::string lines;
  const auto add = [&lines](double value) { lines += std::isnan(value) ? "," : fmt::format(",{}", value); };
  for (const Record& r : records) {
    lines += fmt::format("{},{},{},{}", r.replica, r.epoch, csv_field(r.layer), csv_field(r.estimator));
    for (const double bits : {r.i_xt_bits, r.i_ty_bits, r.i_xt_cap_bits, r.i_ty_cap_bits}) add(bits);
    for (const double detail : r.details) add(detail);
    lines += '\n';
  }
  append(kInformation, lines);
}

void Store::append(const std::vector<TrainingRecord>& records) {
  std::string lines;
  for (const TrainingRecord& r : records) {
    lines += fmt::format("{},{},{},{},{}\n", r.replica, r.epoch, csv_field(r.split), r.loss, r.accuracy);
  }
  append(kTraining, lines);
}

void Store::append(const std::vector<ParameterRecord>& records) {
  std::string lines;
  for (const ParameterRecord& r : records) {
    lines += fmt::format("{},{},{},{},{}\n", r.replica, r.epoch, csv_field(r.parameter), r.index, r.value);
  }
  append(kParameters, lines);
}

void Store::append(const std::vector<HistogramRecord>& records) {
  std::string lines;
  for (const HistogramRecord& r : records) {
    lines += fmt::format("{},{},{},{},{},{},{},{}\n", r.replica, r.epoch, csv_field(r.layer), r.unit, r.label, r.low,
                         r.high, r.count);
  }
  append(kHistograms, lines);
}

void Store::write(const Truth& t) const {
  write_file(kTruth, fmt::format("{}\n{},{},{},{}\n", kTruthHeader, t.i_xy_bits, t.i_xy_error_bits, t.best_accuracy,
                                 t.best_accuracy_error));
}

void Store::write(const std::vector<BottleneckPoint>& curve) const {
  std::string lines = fmt::format("{}\n", kBottleneckHeader);
  for (const BottleneckPoint& p : curve) lines += fmt::format("{},{},{}\n", p.beta, p.i_xt_bits, p.i_ty_bits);
  write_file(kBottleneck, lines);
}

void Store::write_file(const std::string& name, const std::string& text) const {
  write_whole_file(parts_.folder / name, text);
}

void Store::write_digests() const {
  flush();
  TableDigests digests;
  for (const auto& [name, table] : parts_.tables) digests.emplace(name, table.content().sha256);
  for (const char* name : {kTruth, kBottleneck, kClaims, kEstimateFile}) {
    const fs::path file = parts_.folder / name;
    if (fs::exists(file)) digests.emplace(name, file_digest(file));
  }
  write_file(kDigests, digests_text(digests));
}

}  // namespace infoplane
