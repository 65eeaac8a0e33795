#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <infoplane/claim.hpp>

namespace infoplane::experiments {

/// The folder of a finished run of the experiment; none if there is none.
using FindRun = std::function<std::optional<std::filesystem::path>(const std::string& experiment)>;

/// The latest run of an experiment in the folder of all runs, if it is finished.
FindRun finished_in(const std::filesystem::path& runs);

/// The results of the runs that the claims compare with, as far as there are some. Throws what read_run throws.
OtherRuns other_runs(const std::vector<Choice<ClaimFactory>>& claims, const FindRun& find);

}  // namespace infoplane::experiments
