#pragma once

#include <string>
#include <utility>
#include <vector>

#include <infoplane/config.hpp>
#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// The values of an experiment by `--set` path: "training.learning_rate", "estimators.0.bins"; a list of scalars is one
/// value. In the order of the file.
using Settings = std::vector<std::pair<std::string, Node>>;

/// The settings that determine an experiment's numbers: all but name, figures and claims. Empty for a null node.
Settings settings_of(const Node& experiment);

/// The experiment with the current names of renamed keys and values, so that they do not count as differences; as it is
/// if it cannot be read.
Node with_current_keys(const Node& experiment, const Catalogue& catalogue);

/// A setting that differs between experiments.
struct Difference {
  std::string setting;
  std::vector<Node> values;  ///< one per experiment; null if the experiment lacks the setting
};

/// In the order in which the settings first occur. An experiment without a section does not differ in its settings: an
/// estimate in none of training's, an unreadable experiment in none at all.
std::vector<Difference> differences(const std::vector<Settings>& experiments);

}  // namespace infoplane::experiments
