#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/estimator.hpp>

/// What every estimator owes, whoever wrote it:
///
///   for (const auto& failure : check_conformance([](std::uint64_t seed) { return make_mine({}, seed); }))
///     std::cout << failure.check << ": " << failure.what << "\n";
///
/// The layers that it is tried on are small and random, the same every time: tanh, ReLU and linear, float32 and
/// float64, two and three labels. A quantity whose value and cap are 0 is taken for one that the estimator does not
/// estimate.
namespace infoplane::estimators {

using MakeEstimator = std::function<std::unique_ptr<Estimator>(std::uint64_t seed)>;

struct ConformanceCheck {
  std::string name;                                            ///< what an Exemption calls it
  std::string doc;                                             ///< what holds, as a sentence
  std::function<std::string(const MakeEstimator&)> violation;  ///< where it does not hold, and how; else ""
};

/// In the order in which they are run. Each numeric tolerance stands in its doc.
std::vector<ConformanceCheck> conformance_checks();

struct ConformanceFailure {
  std::string check;
  std::string what;
};

/// Runs every check that the estimator does not declare itself exempt from, and returns those that do not hold. An
/// exemption without a reason, or from a check that does not exist, is a failure too, and so is what an estimate
/// throws. Cost: some 100 estimates of at most 61 samples, and three of 600.
std::vector<ConformanceFailure> check_conformance(const MakeEstimator& make);

}  // namespace infoplane::estimators
