#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/experiment.hpp>
#include <infoplane/record.hpp>

namespace infoplane::experiments {

using Estimators = std::vector<Choice<EstimatorFactory>>;

/// Files of saved arrays, and the seed of estimators that draw random numbers.
struct EstimateInputs {
  std::vector<std::string> activations;  ///< a file per layer
  std::string labels;
  std::string input;  ///< empty: every sample is a distinct input
  std::uint64_t seed = 1;
  bool anyway = false;  ///< even if it is expected to take more than a day
};

struct Estimates {
  std::vector<std::string> details;  ///< columns of Record::details
  std::vector<Record> rows;          ///< by epoch, then layer and estimator
};

/// Estimates I(X;T) and I(T;Y) of every layer at every epoch. Activations are [N, M], or [E, N, M] for E epochs;
/// further dimensions are units. Throws UsageError for files that do not fit each other, two files with the same name,
/// and an estimator that compares inputs if there are none.
Estimates estimate_layers(const EstimateInputs& inputs, const Estimators& estimators);

/// The contents of estimate.yaml: files, seed and estimators with all defaults.
Node origin_of_estimates(const EstimateInputs& inputs, const Estimators& estimators, const Catalogue& catalogue);

/// The default figures of a run without experiment.yaml: the plane, unless the first estimator does not estimate
/// I(X;T), and the curves. Throws UsageError as read_run does.
std::vector<Choice<FigureFactory>> figures_of_estimates(const Catalogue& catalogue,
                                                        const std::filesystem::path& folder);

}  // namespace infoplane::experiments
