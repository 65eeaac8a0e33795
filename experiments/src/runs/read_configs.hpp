#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/config.hpp>
#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// The config with the `--set` assignments. Throws UsageError.
Node read_config(const std::filesystem::path& config, const std::vector<std::string>& assignments);

/// Checks that the parts of an experiment fit together. Throws UsageError "WHERE: ...".
void require_whole(const Experiment& experiment, const std::string& where);

/// The configs with the `--set` assignments applied to each, read and checked to fit together. Throws UsageError.
std::vector<Experiment> read_configs(const std::vector<std::string>& configs,
                                     const std::vector<std::string>& assignments, const Catalogue& catalogue);

}  // namespace infoplane::experiments
