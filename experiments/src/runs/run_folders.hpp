#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace infoplane::experiments {

/// The arguments that are not files, which `runs/NAME/*` includes after a report was written there; prints a warning
/// for each file. Throws UsageError "FILE: not a folder" if there are only files.
std::vector<std::string> without_files(const std::vector<std::string>& arguments);

/// The runs named by the arguments, each once: the folder of a run, or a folder that contains runs; skips files as
/// without_files. Throws UsageError "FOLDER: no runs found".
std::vector<std::filesystem::path> run_folders(const std::vector<std::string>& arguments);

/// The run named by an argument: the folder of a run, or that of an experiment, for its latest run. Any other argument
/// is returned unchanged.
std::filesystem::path run_folder(const std::filesystem::path& argument);

}  // namespace infoplane::experiments
