#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace infoplane::experiments {

/// The runs that the arguments name, each once: a run's folder, or one that holds runs. Throws UsageError "FOLDER: it
/// holds no runs".
std::vector<std::filesystem::path> run_folders(const std::vector<std::string>& arguments);

}  // namespace infoplane::experiments
