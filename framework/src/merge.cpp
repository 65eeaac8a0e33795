#include <infoplane/merge.hpp>

#include <algorithm>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <infoplane/checkpoint.hpp>
#include <infoplane/run.hpp>

#include "file.hpp"
#include "replica_state.hpp"
#include "run_folder.hpp"
#include "sha256.hpp"

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
  std::vector<Part> parts;
  for (const fs::path& run : runs) {
    parts.push_back({run, read_experiment(load_yaml(run / "experiment.yaml"), catalogue)});
    if (is_finished(run)) continue;
    throw UsageError(fmt::format("{0}: it is not finished, `infoplane resume {0}` goes on", run.string()));
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

void require_parts_of_one(const std::vector<Part>& parts, const Catalogue& catalogue) {
  if (parts.size() < 2) throw UsageError("merge takes two runs at least");
  const Node numbers = numbers_of(whole_of(parts), catalogue);
  for (std::size_t p = 1; p < parts.size(); ++p) {
    const Part& before = parts[p - 1];
    const Part& part = parts[p];
    Experiment as_whole = part.experiment;
    as_whole.first_replica = parts.front().first();
    as_whole.replicas = whole_of(parts).replicas;
    const std::string found = difference(numbers_of(as_whole, catalogue), numbers, "");
    if (!found.empty()) {
      throw UsageError(fmt::format("{}: {}, in {}", part.folder.string(), found, parts.front().folder.string()));
    }
    if (before.end() < part.first()) {
      throw UsageError(fmt::format("{} in none of the runs", replicas_text(before.end(), part.first())));
    }
    if (part.first() < before.end()) {
      throw UsageError(fmt::format("{} in {} and in {}", replicas_text(part.first(), std::min(before.end(), part.end())),
                                   before.folder.string(), part.folder.string()));
    }
  }
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

  [[noreturn]] void refuse() const { throw Error(reader_.place() + ": not as the other runs' tables, it was changed"); }

 private:
  void next() { at_end_ = !reader_.next(line_); }

  LineReader reader_;
  std::string header_;
  std::string line_;
  bool at_end_ = false;
};

void join_table(const std::string& name, const std::vector<Part>& parts, Store& store) {
  std::vector<EpochReader> readers;
  for (const Part& part : parts) readers.emplace_back(part.folder / name);
  for (const EpochReader& reader : readers) {
    if (reader.header() != readers.front().header()) reader.refuse();
  }
  while (!readers.front().at_end()) {
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

void require_bytes(const fs::path& table, std::size_t bytes) {
  const std::uintmax_t size = fs::file_size(table);
  if (size == bytes) return;
  throw Error(fmt::format("{}: it has {} bytes and its run left {}, it was changed", table.string(), size, bytes));
}

Checkpoint join_checkpoints(const std::vector<Part>& parts, const std::string& digest, const Store& store) {
  std::vector<GroupState> states;
  Checkpoint whole;
  for (const Part& part : parts) {
    Checkpoint checkpoint = read_checkpoint(part.folder / "checkpoint");
    for (const auto& [name, bytes] : checkpoint.tables) require_bytes(part.folder / name, bytes);
    states.push_back({{part.experiment.seed, part.first() - parts.front().first(), part.experiment.replicas},
                      std::move(checkpoint.tensors)});
    whole.step = checkpoint.step;
    whole.observations = checkpoint.observations;
  }
  whole.experiment = digest;
  whole.tables = store.lengths();
  whole.tensors = join_replicas(states);
  return whole;
}

// Of the parts: what they have in common, lists where they differ, and all their wall time.
std::string join_provenance(const std::vector<Part>& parts) {
  Json whole;
  for (const Part& part : parts) {
    const Json json = Json::parse(first_bytes(part.folder / "provenance.json", 1 << 20));
    for (const char* key : {"status", "infoplane_version", "git_commit", "libtorch_version", "cpu_capability", "device",
                            "threads", "seed"}) {
      if (!json.contains(key)) continue;
      Json& values = whole[key];
      if (std::find(values.begin(), values.end(), json[key]) == values.end()) values.push_back(json[key]);
    }
    const std::string started = json.value("started", ""), ended = json.value("ended", "");
    whole["started"] = whole.contains("started") ? std::min(whole["started"].get<std::string>(), started) : started;
    whole["ended"] = std::max(whole.value("ended", ""), ended);
    whole["wall_seconds"] = whole.value("wall_seconds", 0.0) + json.value("wall_seconds", 0.0);
    whole["merged"].push_back(part.folder.string());
  }
  for (auto& [key, value] : whole.items()) {
    if (key != "merged" && value.is_array() && value.size() == 1) value = Json(value[0]);
  }
  return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void join(const std::vector<Part>& parts, const Experiment& whole, const Catalogue& catalogue, Store& store) {
  for (const auto& [name, length] : store.lengths()) join_table(name, parts, store);
  for (const char* name : {"truth.csv", "bottleneck.csv"}) {
    const fs::path file = parts.front().folder / name;
    if (fs::exists(file)) store.write_file(name, InputFile(file).read(0, fs::file_size(file)));
  }
  store.flush();
  const std::string digest = sha256({to_yaml(numbers_of(whole, catalogue))});
  store.write_file("checkpoint", to_bytes(join_checkpoints(parts, digest, store)));
  draw_figures(whole.figures, store.folder());
  evaluate_claims(whole.claims, store.folder());
  store.write_file("provenance.json", join_provenance(parts));
}

}  // namespace

fs::path merge(const std::vector<fs::path>& runs, const Catalogue& catalogue, const fs::path& out) {
  const std::vector<Part> parts = read_parts(runs, catalogue);
  require_parts_of_one(parts, catalogue);
  const Experiment whole = whole_of(parts);
  Store store = make_store(whole, catalogue, out);
  try {
    join(parts, whole, catalogue, store);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(store.folder(), ignored);
    fs::remove(store.folder().parent_path(), ignored);   // where it is empty
    throw;
  }
  return store.folder();
}

}  // namespace infoplane
