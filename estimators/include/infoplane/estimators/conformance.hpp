#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/estimator.hpp>

/// Requirements of every estimator, including your own:
///
///   for (const auto& failure : check_conformance([](std::uint64_t seed) { return make_mine({}, seed); }))
///     std::cout << failure.check << ": " << failure.what << "\n";
///
/// It is tested on small random layers, the same every time: tanh, ReLU and linear, float32 and float64, two and three
/// labels.
namespace infoplane::estimators {

using MakeEstimator = std::function<std::unique_ptr<Estimator>(std::uint64_t seed)>;

struct ConformanceCheck {
  std::string name;                                            ///< as in Exemption::check
  std::string doc;                                             ///< the requirement, as a sentence
  std::function<std::string(const MakeEstimator&)> violation;  ///< where and how it is violated; else ""
};

/// In the order in which they are run. Numeric tolerances are in the docs.
std::vector<ConformanceCheck> conformance_checks();

struct ConformanceFailure {
  std::string check;
  std::string what;
};

/// Runs every check from which the estimator is not exempt, and returns the failed ones. An exemption without a reason,
/// or from an unknown check, is a failure too, and so is an exception of an estimate. Throws std::invalid_argument for
/// a null function. Cost: some 100 estimates of at most 61 samples, and three of 600.
std::vector<ConformanceFailure> check_conformance(const MakeEstimator& make);

}  // namespace infoplane::estimators
