#pragma once

#include <string>
#include <utility>
#include <vector>

#include <infoplane/config.hpp>

namespace infoplane::experiments {

/// The values of an experiment by `--set` path: "training.learning_rate", "estimators.0.bins"; a list of scalars is one
/// value. In the order of the file.
using Settings = std::vector<std::pair<std::string, Node>>;

/// The settings that determine an experiment's numbers: all but name, figures and claims. Empty for a null node.
Settings settings_of(const Node& experiment);

/// A setting that differs between experiments.
struct Difference {
  std::string setting;
  std::vector<Node> values;  ///< one per experiment; null if the experiment lacks the setting
};

/// In the order in which the settings first occur. An experiment without a section does not differ in its settings: an
/// estimate in none of training's, an unreadable experiment in none at all.
std::vector<Difference> differences(const std::vector<Settings>& experiments);

}  // namespace infoplane::experiments
