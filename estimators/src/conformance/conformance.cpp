#include <infoplane/estimators/conformance.hpp>

#include <algorithm>

#include <infoplane/error.hpp>

#include "base/arguments.hpp"
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
            "layers with several units and several inputs can be estimated; for an exempt estimator all other checks "
            "use one unit and one input",
            conformance::several_units),
      named("details", "the values have the names of values(), each with the details of details()",
            conformance::details),
      named("not_estimated", "I(X;T) and its cap are NaN if estimates_i_xt() is false", conformance::not_estimated),
      named("not_negative", "I(X;T), unless not estimated, and I(T;Y) are finite and not negative",
            conformance::not_negative),
      named("caps", "caps are finite, and no estimate is above its cap", conformance::caps),
      named("label_entropy", "I(T;Y) is not above H(Y)", conformance::label_entropy),
      named("constant_layer", "a constant layer has 0 bits, to 1e-6", conformance::constant_layer),
      named("label_layer", "a layer equal to the label, with distant values, has I(T;Y) = H(Y), to 5 %",
            conformance::label_layer),
      named("one_sample", "a single sample has 0 bits", conformance::one_sample),
      named("few_samples", "estimates exist for fewer samples than labels, bins, neighbors or clusters",
            conformance::few_samples),
      named("empty_class", "estimates exist if some labels do not occur, and if all samples have the same label",
            conformance::empty_class),
      named("repeated_samples", "estimates exist for repeated samples", conformance::repeated_samples),
      named("sample_order", "the order of samples does not matter, to 1e-9 in float64, 1e-5 in float32",
            conformance::sample_order),
      named("unit_order", "the order of units does not matter, to the same tolerance", conformance::unit_order),
      named("scale",
            "the unit of the activations does not matter: 2^10, 2^-10, 2^100 and, in float64, 2^600 times them and as "
            "small have the same information, or are refused, to the same tolerance",
            conformance::scale),
      named("input_scale", "the unit of the inputs does not matter, likewise", conformance::input_scale),
      named("shift", "a number added to all activations does not matter, to 1e-3", conformance::shift),
      named("sign", "the sign of all activations does not matter, to the same tolerance as their order",
            conformance::sign),
      named("strided_view", "the memory layout of the tensors does not matter, to the same tolerance",
            conformance::strided_view),
      named("prepared", "an estimate with the result of prepare() for inputs and labels alone equals that without",
            conformance::prepared),
      named("certain_labels", "label probabilities of 0 and 1 give the estimate of the labels",
            conformance::certain_labels),
      named(
          "label_probabilities",
          "if uses_label_probabilities(), copies of a sample with different labels have the information of copies with "
          "the probabilities of these labels, to the same tolerance as their order; else these do not matter",
          conformance::label_probabilities),
      named("next_epoch", "an estimate that starts from the state of another is valid, and does not modify it",
            conformance::next_epoch),
      named("repeatability", "equal seeds and samples give equal bytes", conformance::repeatability),
      named("threads", "an estimator can be called from several threads at once", conformance::threads),
      named("untouched_samples", "inputs, labels and activations are not modified", conformance::untouched_samples),
      named("global_generator", "LibTorch's global generator, used by training, is not modified",
            conformance::global_generator),
      named("finite_activations", "nan, inf and -inf are rejected as by validate()", conformance::finite_activations),
      named("label_range", "labels out of range are rejected as by validate()", conformance::label_range),
  };
}

std::vector<ConformanceFailure> check_conformance(const MakeEstimator& make) {
  require_argument(static_cast<bool>(make), "check_conformance", "make must not be null");
  const std::vector<ConformanceCheck> checks = conformance_checks();
  std::vector<std::string> names;
  for (const ConformanceCheck& check : checks) names.push_back(check.name);

  std::vector<ConformanceFailure> failures;
  std::vector<std::string> exempt;
  for (const Exemption& exemption : make(1)->exemptions()) {
    if (std::count(names.begin(), names.end(), exemption.check) == 0) {
      failures.push_back({exemption.check, "is not a check" + suggestion(exemption.check, names)});
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
