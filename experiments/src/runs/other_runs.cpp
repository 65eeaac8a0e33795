#include "runs/other_runs.hpp"

#include "results/provenance.hpp"
#include "run/run_folder.hpp"

namespace infoplane::experiments {

FindRun finished_in(const std::filesystem::path& runs) {
  return [runs](const std::string& experiment) {
    std::optional<std::filesystem::path> run = latest_run(runs, experiment);
    if (run && !is_finished(*run)) run.reset();
    return run;
  };
}

OtherRuns other_runs(const std::vector<Choice<ClaimFactory>>& claims, const FindRun& find) {
  OtherRuns others;
  for (const auto& claim : claims) {
    for (const std::string& experiment : claim()->needs().runs) {
      if (others.count(experiment) > 0) continue;
      if (const auto run = find(experiment)) others.emplace(experiment, read_run(*run));
    }
  }
  return others;
}

}  // namespace infoplane::experiments
