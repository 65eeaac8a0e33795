#pragma once

#include <string>
#include <utility>
#include <vector>

#include <infoplane/config.hpp>

namespace infoplane::experiments {

/// The values of an experiment by the paths that `--set` takes: "training.learning_rate", "estimators.0.bins"; a list
/// of plain values is one. In the order of the file.
using Settings = std::vector<std::pair<std::string, Node>>;

/// What determines an experiment's numbers: all but its name, figures and claims. None of a null node.
Settings settings_of(const Node& experiment);

/// A setting that is not the same in all experiments.
struct Difference {
  std::string setting;
  std::vector<Node> values;  ///< one per experiment; null where it has no such setting
};

/// In the order in which the settings first occur. What has none of a part differs in none of its settings: an estimate
/// in no setting of the training, an experiment that could not be read in nothing.
std::vector<Difference> differences(const std::vector<Settings>& experiments);

}  // namespace infoplane::experiments
