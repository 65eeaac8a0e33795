#include <infoplane/store.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cmath>
#include <ctime>
#include <system_error>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <infoplane/folder_lock.hpp>

#include "csv.hpp"
#include "file.hpp"
#include "tables.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

// The folders that a store makes, which are removed again unless they are kept; of those above the run's own only what
// is empty.
class NewFolders {
 public:
  ~NewFolders() {
    std::error_code ignored;
    if (!run_.empty()) fs::remove_all(run_, ignored);
    for (auto folder = made_.rbegin(); folder != made_.rend(); ++folder) fs::remove(*folder, ignored);
  }

  // Makes the folder and what is missing above it.
  void make(const fs::path& folder) {
    std::error_code ignored;
    if (folder.empty() || fs::is_directory(folder, ignored)) return;
    make(folder.parent_path());
    make_one(folder);
  }

  // Makes the run's own folder: parent/name, or parent/name-2, -3, ... where that exists.
  fs::path make_run(const fs::path& parent, const std::string& name) {
    for (int i = 1;; ++i) {
      const fs::path folder = parent / (i == 1 ? name : fmt::format("{}-{}", name, i));
      if (make_one(folder)) return run_ = folder;
    }
  }

  void keep() {
    made_.clear();
    run_.clear();
  }

 private:
  // False where something of that name exists.
  bool make_one(const fs::path& folder) {
    if (mkdir(folder.c_str(), 0777) == 0) {
      made_.push_back(folder);
      return true;
    }
    if (errno == EEXIST) return false;
    const std::string reason = std::system_category().message(errno);
    throw UsageError(fmt::format("{}: cannot make the folder: {}", folder.string(), reason));
  }

  std::vector<fs::path> made_;
  fs::path run_;
};

std::string information_header(const std::vector<std::string>& details) {
  std::string header = kInformationHeader;
  for (const std::string& name : details) header += fmt::format(",{}", csv_field(name));
  return header;
}

// The headers of the tables by their names.
std::map<std::string, std::string> headers(const Tables& tables) {
  std::map<std::string, std::string> result = {{kTraining, kTrainingHeader},
                                               {kInformation, information_header(tables.details)}};
  if (tables.parameters) result[kParameters] = kParametersHeader;
  if (tables.histograms) result[kHistograms] = kHistogramsHeader;
  return result;
}

// Who writes the folder, as its provenance says.
std::string writer_of(const fs::path& folder) {
  const auto provenance =
      nlohmann::json::parse(first_bytes(folder / "provenance.json", 1 << 20), nullptr, /*allow_exceptions=*/false);
  const auto process = provenance.is_object() ? provenance.find("process") : provenance.end();
  if (process == provenance.end() || !process->is_number_integer()) return "another process";
  return fmt::format("process {}", process->get<std::int64_t>());
}

std::shared_ptr<void> lock(const fs::path& folder) {
  return lock_folder(folder, [&] { return "in use by " + writer_of(folder); });
}

}  // namespace

CsvWriter::CsvWriter(const fs::path& file, int flags)
    : file_(file), descriptor_(open(file.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC | flags, 0666)) {
  if (descriptor_ < 0) throw UsageError(write_error(file_).what());
}

CsvWriter::CsvWriter(const fs::path& file, const std::string& header) : CsvWriter(file, O_CREAT | O_TRUNC) {
  append(header + "\n");
}

CsvWriter::CsvWriter(const fs::path& file, const std::string& header, std::size_t bytes) : CsvWriter(file, 0) {
  const std::string head = read_at(descriptor_, file, 0, header.size() + 1);
  if (head != header + "\n") throw UsageError(fmt::format("{}: the header must be {}", file.string(), header));
  if (bytes < head.size() || read_at(descriptor_, file, bytes - 1, 1) != "\n") {
    throw UsageError(fmt::format("{}: its first {} bytes must be whole lines, it was changed", file.string(), bytes));
  }
  if (ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) throw write_error(file);
  bytes_ = bytes;
}

CsvWriter::CsvWriter(CsvWriter&& other) noexcept
    : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, -1)), bytes_(other.bytes_) {}

CsvWriter::~CsvWriter() {
  if (descriptor_ >= 0) close(descriptor_);
}

void CsvWriter::append(const std::string& lines) {
  assert(lines.empty() || lines.back() == '\n');
  try {
    write_at(descriptor_, file_, bytes_, lines);
  } catch (const Error&) {
    // Where even this fails, the next append starts at the same place, over what was left.
    [[maybe_unused]] const int ignored = ftruncate(descriptor_, static_cast<off_t>(bytes_));
    throw;
  }
  bytes_ += lines.size();
}

void CsvWriter::flush() const {
  if (fsync(descriptor_) != 0) throw write_error(file_);
}

Store::Store(const fs::path& out, const std::string& experiment, const Tables& tables)
    : parts_(make(out, experiment, tables)) {}

Store::Store(const fs::path& folder, const Tables& tables, const std::function<Lengths()>& lengths)
    : parts_(reopen(folder, tables, lengths)) {}

Store::Parts Store::make(const fs::path& out, const std::string& experiment, const Tables& tables) {
  NewFolders folders;
  folders.make(out / experiment);
  const std::string id = fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(std::time(nullptr)));
  const fs::path folder = folders.make_run(out / experiment, id);
  Parts parts{folder, lock(folder), {}};
  for (const auto& [name, header] : headers(tables)) parts.tables.emplace(name, CsvWriter(folder / name, header));
  folders.keep();
  return parts;
}

Store::Parts Store::reopen(const fs::path& folder, const Tables& tables, const std::function<Lengths()>& lengths) {
  Parts parts{folder, lock(folder), {}};
  const Lengths bytes = lengths();
  for (const auto& [name, header] : headers(tables)) {
    const auto length = bytes.find(name);
    parts.tables.emplace(name, length == bytes.end() ? CsvWriter(folder / name, header)
                                                     : CsvWriter(folder / name, header, length->second));
  }
  return parts;
}

Store::Lengths Store::lengths() const {
  Lengths lengths;
  for (const auto& [name, table] : parts_.tables) lengths[name] = table.bytes();
  return lengths;
}

void Store::flush() const {
  for (const auto& [name, table] : parts_.tables) table.flush();
}

void Store::append(const std::string& table, const std::string& lines) {
  if (!lines.empty()) parts_.tables.at(table).append(lines);
}

void Store::append(const std::vector<Record>& records) {
  std::string lines;
  for (const Record& r : records) {
    lines += fmt::format("{},{},{},{},{},{},{},{}", r.replica, r.epoch, csv_field(r.layer), csv_field(r.estimator),
                         r.i_xt_bits, r.i_ty_bits, r.i_xt_cap_bits, r.i_ty_cap_bits);
    for (const double detail : r.details) lines += std::isnan(detail) ? "," : fmt::format(",{}", detail);
    lines += '\n';
  }
  append(kInformation, lines);
}

void Store::append(const std::vector<TrainingRecord>& records) {
  std::string lines;
  for (const TrainingRecord& r : records) {
    lines += fmt::format("{},{},{},{},{}\n", r.replica, r.epoch, csv_field(r.split), r.loss_nats, r.accuracy);
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

}  // namespace infoplane
