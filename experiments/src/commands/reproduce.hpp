#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/run.hpp>

namespace infoplane::experiments {

struct ReproduceArguments {
  std::vector<std::string> studies;           ///< folders of configs; none: all
  std::filesystem::path configs = "configs";  ///< CONFIGS/STUDY/*.yaml
  bool quick = false;
  RunOptions run;
};

/// Runs every config of the studies, one after the other, goes on where it was stopped, and leaves finished runs as
/// they are. Then it writes OUT/reproduction.md, OUT/reproduction.html and the pictures that they show into
/// OUT/pictures: each config with its first comment, its figures beside the numbers of those that they reproduce, and
/// its claims with what was said, what was measured and the verdict. All configs are read and checked before the first
/// run.
///
/// Quick: a fortieth of the epochs (at least 20) and at most 3 replicas, 30 observations and 200 channels; its verdicts
/// are those of such runs, and the pages say so.
void reproduce_command(const ReproduceArguments& arguments, const Catalogue& catalogue);

}  // namespace infoplane::experiments
