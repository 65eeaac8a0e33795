#pragma once

#include <string>
#include <vector>

#include <infoplane/config.hpp>
#include <infoplane/fields.hpp>

/// A sweep is one config for many experiments:
///
///   sweep:
///     grid: {training.learning_rate: [0.001, 0.01], model.activation: [tanh, relu]}   # all pairs: 4 experiments
///
///   sweep:
///     zip: {training.learning_rate: [0.001, 0.01], training.epochs: [8000, 800]}      # first with first: 2
///     experiments
namespace infoplane {

/// One varied path of a sweep.
struct Axis {
  std::string path;  ///< "training.learning_rate"
  Place place;       ///< of the path in the config
  std::vector<Node> values;
};

/// Throws UsageError for a path without values and for `name`, since the varied values name the experiments.
template <>
struct Codec<std::vector<Axis>> {
  static std::vector<Axis> read(const Node& node, const std::string& path);
  static Node write(const std::vector<Axis>& axes);
  static std::string type() { return "map of dotted paths to lists of values"; }
  static Node schema();
};

struct SweepOptions {
  std::vector<Axis> grid;
  std::vector<Axis> zip;
};
Fields fields(SweepOptions& options);

/// One experiment of a sweep.
struct Combination {
  std::string name;                 ///< the varied paths and their values
  std::vector<std::string> values;  ///< of each path: a text unchanged, else YAML on one line
  Node config;                      ///< the sweep's config without `sweep`, with each value at its path, with its place
};

struct Sweep {
  std::vector<std::string> paths;         ///< the varied paths
  std::vector<Combination> combinations;  ///< in a grid the last path varies fastest
};

bool is_sweep(const Node& config);

/// The experiments of a sweep's config. A combination is named by the last step of each path and its value:
/// "learning_rate_0.01-activation_relu". The whole path is used if two end in the same step or one in an index; the
/// items of a list are joined by "_"; a map is shown as its `type`, else as its number among the values; characters not
/// allowed in file names become "_". If names would be equal or longer than 64 bytes, all are cut to 58 and numbered:
/// "...-12".
///
/// Throws UsageError with the place for both grid and zip or neither, lists of different lengths in zip, more than
/// 10000 combinations, a path that put() rejects, one that is within another, and one at or below which `--set` has set
/// something. The experiments themselves are not checked.
Sweep read_sweep(const Node& config);

}  // namespace infoplane
