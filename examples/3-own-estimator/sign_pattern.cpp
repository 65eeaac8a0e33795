#include "sign_pattern.hpp"

#include <algorithm>
#include <cmath>

#include <infoplane/estimators/entropy.hpp>

using namespace infoplane;

namespace {

// The rows of a tensor as samples of a discrete variable.
estimators::Symbols symbols_of(const torch::Tensor& rows, std::int64_t alphabet) {
  const torch::Tensor symbols = rows.to(at::kInt).contiguous();
  const auto* const first = symbols.data_ptr<std::int32_t>();
  return estimators::distinct_rows({{first, first + symbols.numel()}, symbols.size(1), alphabet});
}

class SignPattern : public Estimator {
 public:
  explicit SignPattern(const SignPatternOptions& options) : options_(options) {}

  std::vector<std::string> details() const override { return {"words"}; }

  // Conformance checks that cannot hold for this estimator, and the reasons.
  std::vector<Exemption> exemptions() const override {
    return {{"label_layer", "a unit is above the threshold or not, which cannot distinguish three labels"},
            {"shift", "the threshold is in the unit of the activations"},
            {"sign", "a value at the threshold, such as the 0 of a ReLU, is not above it"}};
  }

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const estimators::Symbols symbols = symbols_of(samples.activations > options_.threshold, 2);
    const estimators::Symbols labels = symbols_of(samples.labels.unsqueeze(1), samples.classes);

    Information information;
    information.i_xt_bits = estimators::entropy_bits(symbols);
    information.i_xt_cap_bits = std::min<double>(std::log2(samples.activations.size(0)), samples.activations.size(1));
    information.i_ty_bits = std::max(0.0, estimators::mutual_information_bits(symbols, labels));
    information.i_ty_cap_bits = estimators::entropy_bits(labels);
    information.details = {static_cast<double>(symbols.count)};
    return {{information}, {}};
  }

 private:
  SignPatternOptions options_;
};

}  // namespace

Fields fields(SignPatternOptions& o) { return {field("threshold", o.threshold, "threshold above which a unit is on")}; }

std::unique_ptr<Estimator> make_sign_pattern(const SignPatternOptions& options, std::uint64_t /*seed*/) {
  return std::make_unique<SignPattern>(options);
}
