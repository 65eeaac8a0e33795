#include <iostream>

#include "commands/commands.hpp"
#include "commands/progress_bar.hpp"

namespace infoplane::experiments {

void run_command(const std::vector<Experiment>& experiments, const Catalogue& catalogue, const RunOptions& options) {
  for (const Experiment& experiment : experiments) {
    ProgressBar progress;
    std::cout << run(experiment, catalogue, options, progress).string() << std::endl;
  }
}

void resume_command(const std::filesystem::path& folder, const Catalogue& catalogue, const RunOptions& options) {
  ProgressBar progress;
  std::cout << resume(folder, catalogue, options, progress).string() << std::endl;
}

}  // namespace infoplane::experiments
