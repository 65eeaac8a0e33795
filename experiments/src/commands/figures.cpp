#include <infoplane/claim.hpp>
#include <infoplane/figure.hpp>

#include "commands/choices.hpp"
#include "commands/estimate.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {

void figures_command(const std::filesystem::path& folder, const std::vector<std::string>& figures,
                     const Catalogue& catalogue) {
  if (!figures.empty()) return draw_figures(read_choices(figures, "--figure", catalogue.figures), folder);
  if (std::filesystem::exists(std::filesystem::symlink_status(folder / kExperimentFile))) {
    const Experiment experiment = read_experiment(load_yaml(folder / kExperimentFile), catalogue);
    draw_figures(experiment.figures, folder);
    if (!is_finished(folder)) return;
    for (const ClaimRecord& claim : evaluate_claims(experiment.claims, folder)) {
      tell("{}: {}\n", experiment.name, printable(summary_of(claim)));
    }
    return;
  }
  draw_figures({catalogue.figures.choose("information_plane"), catalogue.figures.choose("information_curves")}, folder);
}

}  // namespace infoplane::experiments
