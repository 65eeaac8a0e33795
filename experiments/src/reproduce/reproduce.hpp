#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/run.hpp>

namespace infoplane::experiments {

struct ReproduceOptions {
  std::vector<std::string> studies;           ///< folders of configs; none: all
  std::filesystem::path configs = "configs";  ///< CONFIGS/STUDY/*.yaml; also installed ones, see find_config
  bool quick = false;
  RunOptions run;
};

/// Runs every config of the studies in turn; resumes interrupted runs and keeps finished ones. Writes
/// OUT/reproduction.md, OUT/reproduction.html and their pictures, OUT/pictures: for each config its first comment, its
/// figures next to the numbers of those that they reproduce, and its claims with what was said, what was measured and
/// the verdict. All configs are read and checked before the first run. Returns the two pages.
///
/// Quick: 1/40 of the epochs (at least 20), at most 3 replicas, 30 observations and 200 channels. The verdicts are
/// those of such runs, and the pages say so.
///
/// Throws UsageError for unknown studies and invalid configs, and what run() throws.
std::vector<std::filesystem::path> reproduce(const ReproduceOptions& options, const Catalogue& catalogue);

}  // namespace infoplane::experiments
