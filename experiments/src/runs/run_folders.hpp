#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace infoplane::experiments {

/// The runs named by the arguments, each once: the folder of a run, or a folder that contains runs. Throws UsageError
/// "FOLDER: no runs found".
std::vector<std::filesystem::path> run_folders(const std::vector<std::string>& arguments);

}  // namespace infoplane::experiments
