#include <iostream>
#include <memory>

#include "commands/commands.hpp"
#include "text/json_progress.hpp"
#include "text/progress_bar.hpp"

namespace infoplane::experiments {

void run_command(const std::vector<Experiment>& experiments, const Catalogue& catalogue, const RunOptions& options) {
  for (const Experiment& experiment : experiments) {
    ProgressBar progress;
    std::cout << printable(run(experiment, catalogue, options, progress).string()) << std::endl;
  }
}

void resume_command(const std::filesystem::path& folder, const Catalogue& catalogue, const RunOptions& options,
                    const std::string& progress) {
  const std::unique_ptr<Progress> shown =
      progress == "json" ? std::unique_ptr<Progress>(new JsonProgress) : std::make_unique<ProgressBar>();
  std::cout << printable(resume(folder, catalogue, options, *shown).string()) << std::endl;
}

}  // namespace infoplane::experiments
