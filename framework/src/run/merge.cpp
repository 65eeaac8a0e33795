#include "run/merge.hpp"

#include <algorithm>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <infoplane/claim.hpp>
#include <infoplane/figure.hpp>

#include "base/file.hpp"
#include "base/foreign_json.hpp"
#include "base/interruption.hpp"
#include "results/checkpoint.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/store.hpp"
#include "results/whole_tables.hpp"
#include "run/replica_state.hpp"
#include "run/run_folder.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// A run of some of the replicas.
struct Part {
  fs::path folder;
  Experiment experiment;

  std::int64_t first() const { return experiment.first_replica; }
  std::int64_t end() const { return first() + experiment.replicas; }
};

std::vector<Part> read_parts(const std::vector<fs::path>& runs, const Catalogue& catalogue) {
  if (runs.size() < 2) throw UsageError("merge requires at least two runs");
  std::vector<Part> parts;
  for (const fs::path& run : runs) {
    if (read_status(run / kProvenance) == RunStatus::estimate) {
      throw UsageError(run.string() + ": an estimate; only runs of `infoplane run` can be merged");
    }
    Experiment experiment = read_experiment(load_yaml(run / kExperimentFile), catalogue);
    if (!is_finished(run)) {
      throw UsageError(fmt::format("{0}: not finished, resume it with `infoplane resume {0}`", run.string()));
    }
    require_whole_tables(run);
    if (read_checkpoint_head(run / kCheckpoint).experiment != experiment_digest(experiment, catalogue)) {
      throw UsageError((run / kCheckpoint).string() + ": of another experiment");
    }
    parts.push_back({run, std::move(experiment)});
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.first() < b.first(); });
  return parts;
}

// The experiment of all parts.
Experiment whole_of(const std::vector<Part>& parts) {
  Experiment whole = parts.front().experiment;
  whole.replicas = parts.back().end() - parts.front().first();
  return whole;
}

std::string replicas_text(std::int64_t first, std::int64_t end) {
  return end - first == 1 ? fmt::format("replica {} is", first) : fmt::format("replicas {} to {} are", first, end - 1);
}

void require_parts_of(const Experiment& whole, const std::vector<Part>& parts, const Catalogue& catalogue) {
  const Node numbers = numbers_of(whole, catalogue);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const Part& part = parts[p];
    Experiment as_whole = part.experiment;
    as_whole.first_replica = whole.first_replica;
    as_whole.replicas = whole.replicas;
    const std::string found = difference(numbers_of(as_whole, catalogue), numbers, "");
    if (!found.empty()) {
      throw UsageError(fmt::format("{}: {}, in {}", part.folder.string(), found, parts.front().folder.string()));
    }
    if (p == 0) continue;
    const Part& before = parts[p - 1];
    if (before.end() < part.first()) {
      throw UsageError(fmt::format("{} in none of the runs", replicas_text(before.end(), part.first())));
    }
    if (part.first() < before.end()) {
      throw UsageError(fmt::format("{} in {} and in {}",
                                   replicas_text(part.first(), std::min(before.end(), part.end())),
                                   before.folder.string(), part.folder.string()));
    }
  }
  const std::string found = difference(numbers_of(whole_of(parts), catalogue), numbers, "");
  if (!found.empty()) throw UsageError(fmt::format("{}: {}", parts.front().folder.string(), found));
}

// Goes through a table epoch by epoch.
class EpochReader {
 public:
  explicit EpochReader(const fs::path& file) : reader_(file) {
    reader_.next(header_);
    next();
  }

  const std::string& header() const { return header_; }
  bool at_end() const { return at_end_; }

  // The epoch of the line that comes next.
  std::int64_t epoch() const {
    const std::size_t comma = line_.find(',');
    return comma == std::string::npos ? -1 : std::atoll(line_.c_str() + comma + 1);
  }

  // The lines of that epoch.
  std::string take() {
    std::string lines;
    for (const std::int64_t epoch = this->epoch(); !at_end_ && this->epoch() == epoch; next()) lines += line_ + "\n";
    return lines;
  }

  [[noreturn]] void refuse() const {
    throw Error(reader_.place() + ": differs from the other runs' tables, it was modified");
  }

 private:
  void next() { at_end_ = !reader_.next(line_); }

  LineReader reader_;
  std::string header_;
  std::string line_;
  bool at_end_ = false;
};

const std::string kInterrupted = "merge: interrupted, nothing was merged";

void join_table(const std::string& name, const std::vector<Part>& parts, Store& store) {
  std::vector<EpochReader> readers;
  for (const Part& part : parts) readers.emplace_back(part.folder / name);
  for (const EpochReader& reader : readers) {
    if (reader.header() != readers.front().header()) reader.refuse();
  }
  while (!readers.front().at_end()) {
    stop_at_signal(kInterrupted);
    const std::int64_t epoch = readers.front().epoch();
    for (EpochReader& reader : readers) {
      if (reader.at_end() || reader.epoch() != epoch) reader.refuse();
      store.append(name, reader.take());
    }
  }
  for (const EpochReader& reader : readers) {
    if (!reader.at_end()) reader.refuse();
  }
}

Checkpoint join_checkpoints(const std::vector<Part>& parts, const std::string& digest, const Store& store) {
  std::vector<GroupState> states;
  Checkpoint whole;
  for (const Part& part : parts) {
    Checkpoint checkpoint = read_checkpoint(part.folder / kCheckpoint);
    states.push_back({{part.experiment.seed, part.first() - parts.front().first(), part.experiment.replicas},
                      std::move(checkpoint.tensors)});
    whole.step = checkpoint.step;
    whole.observations = checkpoint.observations;
  }
  whole.experiment = digest;
  whole.tables = store.contents();
  whole.tensors = join_replicas(states);
  return whole;
}

void add_provenance(Json& whole, const Json& part) {
  for (const char* key : {"status", "infoplane_version", "git_commit", "libtorch_version", "blas", "cpu_capability",
                          "device", "threads", "seed"}) {
    if (!part.contains(key)) continue;
    Json& values = whole[key];
    if (std::find(values.begin(), values.end(), part[key]) == values.end()) values.push_back(part[key]);
  }
  whole["tables"] = kDigests;  // also where a part is of a version that wrote none
  const std::string started = part.value("started", ""), ended = part.value("ended", "");
  whole["started"] = whole.contains("started") ? std::min(whole["started"].get<std::string>(), started) : started;
  whole["ended"] = std::max(whole.value("ended", ""), ended);
  whole["wall_seconds"] = whole.value("wall_seconds", 0.0) + part.value("wall_seconds", 0.0);
}

// The common values of the parts, lists of different ones, and the total wall time.
std::string join_provenance(const std::vector<Part>& parts) {
  Json whole;
  for (const Part& part : parts) {
    const fs::path file = part.folder / kProvenance;
    try {
      add_provenance(whole, parse_foreign<Json>(first_bytes(file, kMostForeign)));
    } catch (const Json::exception&) {
      throw UsageError(file.string() + ": not the provenance of a run, it was modified");
    }
    whole["merged"].push_back(part.folder.string());
  }
  for (auto& [key, value] : whole.items()) {
    if (key != "merged" && value.is_array() && value.size() == 1) value = Json(value[0]);
  }
  return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void join(const std::vector<Part>& parts, const Experiment& whole, const Catalogue& catalogue, Store& store) {
  for (const auto& [name, content] : store.contents()) join_table(name, parts, store);
  for (const char* name : {kTruth, kBottleneck}) {
    const fs::path file = parts.front().folder / name;
    if (fs::exists(file)) store.write_file(name, InputFile(file).read(0, fs::file_size(file)));
  }
  store.flush();
  store.write_file(kCheckpoint, to_bytes(join_checkpoints(parts, experiment_digest(whole, catalogue), store)));
  draw_figures(whole.figures, store.folder());
  evaluate_claims(whole.claims, store.folder());
  stop_at_signal(kInterrupted);
}

fs::path join(const std::vector<Part>& parts, const Experiment& whole, const Catalogue& catalogue,
              const fs::path& out) {
  require_parts_of(whole, parts, catalogue);
  const std::string provenance = join_provenance(parts);
  Store store = make_store(whole, catalogue, out, Store::Name::when_shown);
  try {
    join(parts, whole, catalogue, store);
    store.write_digests();
    store.write_file(kProvenance, provenance);
    store.show();
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(store.folder(), ignored);
    fs::remove(store.folder().parent_path(), ignored);  // if it is empty
    stop_at_signal(kInterrupted);                       // which also ended gnuplot
    throw;
  }
  return store.folder();
}

}  // namespace

fs::path merge(const std::vector<fs::path>& runs, const Catalogue& catalogue, const fs::path& out) {
  const std::vector<Part> parts = read_parts(runs, catalogue);
  return join(parts, whole_of(parts), catalogue, out);
}

fs::path merge(const std::vector<fs::path>& runs, const Experiment& whole, const Catalogue& catalogue,
               const fs::path& out) {
  std::vector<Part> parts = read_parts(runs, catalogue);
  for (Part& part : parts) part.experiment.name = whole.name;
  return join(parts, whole, catalogue, out);
}

}  // namespace infoplane
