#include "run/run_folder.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/sha256.hpp"
#include "results/checkpoint.hpp"
#include "results/new_folders.hpp"
#include "results/run_files.hpp"
#include "run/recorder.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

const Node& child(const Node& map, const std::string& key) {
  static const Node nothing;
  const Node* found = map.find(key);
  return found != nullptr ? *found : nothing;
}

// A choice by its type alone.
const Node& named(const Node& node) {
  const Node* type = node.find("type");
  return type != nullptr ? *type : node;
}

// What `written` says about the keys in `file`, so that a key that a later version added counts for nothing.
Node restricted(const Node& written, const Node& file) {
  if (written.kind == Node::Kind::map && file.kind == Node::Kind::scalar) return named(written);
  Node result = written;
  result.entries.clear();
  for (const auto& [key, place, value] : written.entries) {
    const Node* there = file.find(key);
    if (there == nullptr) there = file.find(value.former_key);
    if (there != nullptr) result.entries.push_back({key, place, restricted(value, *there)});
  }
  for (std::size_t i = 0; i < std::min(result.items.size(), file.items.size()); ++i) {
    result.items[i] = restricted(written.items[i], file.items[i]);
  }
  return result;
}

std::string digest_of(const Node& numbers) { return sha256({to_yaml(with_former_names(numbers))}); }

}  // namespace

bool is_of_checkpoint(const fs::path& folder, const Catalogue& catalogue) {
  try {
    const Checkpoint checkpoint = read_checkpoint_head(folder / kCheckpoint);
    const Node file = load_yaml(folder / kExperimentFile);
    const Experiment experiment = read_experiment(file, catalogue);
    const Node numbers = numbers_of(experiment, catalogue);
    return digest_of(numbers) == checkpoint.experiment || digest_of(restricted(numbers, file)) == checkpoint.experiment;
  } catch (const Error&) {
    return true;
  }
}

std::string difference(const Node& there, const Node& here, const std::string& path) {
  if (there.kind == Node::Kind::map && here.kind == Node::Kind::map) {
    for (const Node* map : {&there, &here}) {
      for (const auto& entry : map->entries) {
        const std::string found =
            difference(child(there, entry.key), child(here, entry.key), join_path(path, entry.key));
        if (!found.empty()) return found;
      }
    }
    return "";
  }
  if (there.kind == Node::Kind::list && here.kind == Node::Kind::list) {
    if (there.items.size() != here.items.size()) {
      return fmt::format("{} has {} entries there and {} here", path, there.items.size(), here.items.size());
    }
    for (std::size_t i = 0; i < there.items.size(); ++i) {
      const std::string found = difference(there.items[i], here.items[i], fmt::format("{}[{}]", path, i));
      if (!found.empty()) return found;
    }
    return "";
  }
  const bool same = there.kind == here.kind && there.scalar == here.scalar;
  return same ? "" : fmt::format("{} is {} there and {} here", path, shown(named(there)), shown(named(here)));
}

std::pair<std::string, int> age_of(const fs::path& folder) {
  const std::string id = folder.filename().string();
  const std::size_t dash = id.find('-');
  const std::string number = dash == std::string::npos ? "1" : id.substr(dash + 1);
  return {id.substr(0, dash), std::atoi(number.c_str())};
}

std::optional<fs::path> latest_run(const fs::path& out, const std::string& experiment) {
  std::optional<fs::path> latest;
  std::error_code error, ignored;
  for (const auto& entry : fs::directory_iterator(out / experiment, error)) {
    if (!is_run_name(entry.path().filename().string())) continue;
    if (!fs::exists(entry.path() / kExperimentFile, ignored)) continue;
    if (!latest || age_of(*latest) < age_of(entry.path())) latest = entry.path();
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw UsageError((out / experiment).string() + ": cannot read: " + error.message());
  }
  return latest;
}

Tables tables_of(const Experiment& experiment) {
  return {Recorder(experiment.estimators).details(), experiment.observe.trace == Trace::parameters,
          !experiment.observe.histograms.epochs.empty()};
}

Store make_store(const Experiment& experiment, const Catalogue& catalogue, const fs::path& out, Store::Name name) {
  Store store(out, experiment.name, tables_of(experiment), name);
  store.write_file(kExperimentFile, to_yaml(write_experiment(experiment, catalogue)));
  return store;
}

Node numbers_of(const Experiment& experiment, const Catalogue& catalogue) {
  Node node = write_experiment(experiment, catalogue);
  const auto determines_none = [&](const Node::Entry& entry) {
    return entry.key == "figures" || entry.key == "claims" ||
           (entry.key == "first_replica" && experiment.first_replica == 0);  // not there before there were parts
  };
  const auto erase = [](std::vector<Node::Entry>& entries, const auto& condition) {
    entries.erase(std::remove_if(entries.begin(), entries.end(), condition), entries.end());
  };
  erase(node.entries, determines_none);
  const TrainingOptions& training = experiment.training;
  erase(node.find("training")->entries, [&](const Node::Entry& entry) {  // not there before there were others
    return (entry.key == "labels" && training.labels == TrainingLabels::drawn) ||
           (entry.key == "loss" && training.loss == Loss::cross_entropy);
  });
  return node;
}

std::string experiment_digest(const Experiment& experiment, const Catalogue& catalogue) {
  return digest_of(numbers_of(experiment, catalogue));
}

void require_own_experiment(const fs::path& folder, const Catalogue& catalogue) {
  if (is_of_checkpoint(folder, catalogue)) return;
  throw UsageError(fmt::format("{}: modified since the run wrote it: not the experiment of its checkpoint",
                               (folder / kExperimentFile).string()));
}

void require_same_numbers(const fs::path& folder, const Experiment& experiment, const Catalogue& catalogue) {
  const Experiment before = read_experiment(load_yaml((folder / kExperimentFile).string()), catalogue);
  const std::string found = difference(numbers_of(before, catalogue), numbers_of(experiment, catalogue), "");
  if (!found.empty()) throw UsageError(folder.string() + ": " + found);
}

}  // namespace infoplane
