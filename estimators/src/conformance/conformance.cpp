#include <infoplane/estimators/conformance.hpp>

#include <algorithm>

#include <infoplane/error.hpp>

#include "conformance/conformance_checks.hpp"

namespace infoplane::estimators {
namespace {

ConformanceCheck named(std::string name, std::string doc, void (*check)(const Subject&)) {
  const auto violation = [check](const MakeEstimator& make) -> std::string {
    try {
      check(Subject(make));
    } catch (const Violation& violation) {
      return violation.what;
    } catch (const std::exception& error) {
      return std::string("threw '") + error.what() + "'";
    }
    return "";
  };
  return {std::move(name), std::move(doc), violation};
}

}  // namespace

std::vector<ConformanceCheck> conformance_checks() {
  return {
      named("several_units",
            "layers of several units and several inputs are estimated; of an exempt estimator all other checks ask "
            "with one unit and one input",
            conformance::several_units),
      named("details", "the values are those that values() names, each with as many details as details() names",
            conformance::details),
      named("not_negative", "I(X;T) and I(T;Y) are finite and not below 0", conformance::not_negative),
      named("caps", "caps are finite, and neither information is above its own", conformance::caps),
      named("label_entropy", "I(T;Y) is not above H(Y)", conformance::label_entropy),
      named("constant_layer", "a layer that is the same for all samples holds 0 bits, to 1e-6",
            conformance::constant_layer),
      named("label_layer", "a layer that is the label, its values far apart, has I(T;Y) = H(Y), to 5 %",
            conformance::label_layer),
      named("one_sample", "a single sample holds 0 bits", conformance::one_sample),
      named("few_samples", "fewer samples than labels, bins, neighbors or clusters are borne",
            conformance::few_samples),
      named("empty_class", "labels that never occur are borne, and a label that all samples bear",
            conformance::empty_class),
      named("repeated_samples", "samples that repeat are borne", conformance::repeated_samples),
      named("sample_order", "the order of samples does not matter, to 1e-9 in float64, 1e-5 in float32",
            conformance::sample_order),
      named("unit_order", "the order of units does not matter, likewise", conformance::unit_order),
      named("strided_view", "nor does where the tensors lie in memory, likewise", conformance::strided_view),
      named("prepared", "an estimate with what prepare() returns for the inputs and labels alone is that without",
            conformance::prepared),
      named("next_epoch", "an estimate that starts from the state of another is sound, and leaves that as it is",
            conformance::next_epoch),
      named("repeatability", "equal seeds and samples give equal bytes", conformance::repeatability),
      named("threads", "several threads may ask one estimator at once", conformance::threads),
      named("untouched_samples", "inputs, labels and activations stay as they are", conformance::untouched_samples),
      named("global_generator", "LibTorch's global generator, which training draws from, stays as it is",
            conformance::global_generator),
      named("finite_activations", "nan, inf and -inf are refused as validate() does", conformance::finite_activations),
      named("label_range", "labels outside their range are refused as validate() does", conformance::label_range),
  };
}

std::vector<ConformanceFailure> check_conformance(const MakeEstimator& make) {
  const std::vector<ConformanceCheck> checks = conformance_checks();
  std::vector<std::string> names;
  for (const ConformanceCheck& check : checks) names.push_back(check.name);

  std::vector<ConformanceFailure> failures;
  std::vector<std::string> exempt;
  for (const Exemption& exemption : make(1)->exemptions()) {
    if (std::count(names.begin(), names.end(), exemption.check) == 0) {
      failures.push_back({exemption.check, "is no check" + suggestion(exemption.check, names)});
    }
    if (exemption.reason.empty()) failures.push_back({exemption.check, "is exempt without a reason"});
    exempt.push_back(exemption.check);
  }
  for (const ConformanceCheck& check : checks) {
    if (std::count(exempt.begin(), exempt.end(), check.name) > 0) continue;
    const std::string what = check.violation(make);
    if (!what.empty()) failures.push_back({check.name, what});
  }
  return failures;
}

}  // namespace infoplane::estimators
