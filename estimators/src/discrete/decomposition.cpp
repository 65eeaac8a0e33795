#include <infoplane/estimators/decomposition.hpp>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <infoplane/estimators/entropy.hpp>

#include "discrete/discrete.hpp"
#include "samples/arguments.hpp"
#include "samples/labels.hpp"

namespace infoplane::estimators {
namespace {

// The joint variable.
Symbols joined(const Symbols& a, const Symbols& b) {
  std::unordered_map<std::uint64_t, std::int32_t> numbers;
  numbers.reserve(a.ids.size());
  Symbols symbols;
  symbols.ids.reserve(a.ids.size());
  for (std::size_t i = 0; i < a.ids.size(); ++i) {
    const std::uint64_t pair =
        std::uint64_t{static_cast<std::uint32_t>(a.ids[i])} << 32 | static_cast<std::uint32_t>(b.ids[i]);
    symbols.ids.push_back(numbers.emplace(pair, static_cast<std::int32_t>(numbers.size())).first->second);
  }
  symbols.count = static_cast<std::int32_t>(numbers.size());
  return symbols;
}

// I(A;B|C) = H(A|C) - H(A|B,C), clipped at 0 because of rounding.
double information(const Symbols& a, const Symbols& b, const Symbols& given) {
  return std::max(0.0, conditional_entropy_bits(a, given) - conditional_entropy_bits(a, joined(b, given)));
}

void require_function(const Symbols& estimate, const Symbols& of) {
  require_argument(estimate.ids.size() == of.ids.size(), "decompose",
                   "all variables must have the same number of samples");
  std::vector<std::int32_t> value(std::max(of.count, 0), -1);
  for (std::size_t i = 0; i < of.ids.size(); ++i) {
    require_argument(of.ids[i] >= 0 && of.ids[i] < of.count, "decompose", "every id must be from 0 to count - 1");
    std::int32_t& known = value[of.ids[i]];
    if (known < 0) known = estimate.ids[i];
    require_argument(known == estimate.ids[i], "decompose", "an estimate must be a function of its variable");
  }
}

// Equal numbers are one symbol, including 0 and -0.
Symbols distinct_values(const torch::Tensor& rows) {
  const torch::Tensor inverse =
      std::get<1>(at::unique_dim(rows.cpu() + 0, 0, /*sorted=*/true, /*return_inverse=*/true));
  const std::int64_t* number = inverse.data_ptr<std::int64_t>();
  Symbols symbols{{number, number + inverse.numel()}, 0};
  symbols.count = *std::max_element(symbols.ids.begin(), symbols.ids.end()) + 1;
  return symbols;
}

Symbols binned(const torch::Tensor& values, Range range, std::int64_t bins) {
  SymbolRows rows{{}, values.size(1), bins};
  BinEdges(range, bins).indices(values, rows.symbols);
  return distinct_rows(rows);
}

struct DecomposedInputs : Prepared {
  Symbols x;
  Symbols x_hat;
};

class DecompositionEstimator : public Estimator {
 public:
  explicit DecompositionEstimator(const DecompositionOptions& options) : options_(options) {}

  bool compares_inputs() const override { return true; }

  Cost cost(const EstimateSize& size) const override {
    const auto n = static_cast<double>(size.samples), width = static_cast<double>(size.inputs + size.units);
    return {1.6e-7 * n * width, n * (100 + 16 * width)};
  }

  std::vector<std::string> details() const override {
    return {"i_x_l_bits", "i_x_lhat_given_xhat_bits", "i_xhat_l_given_lhat_bits", "i_x_l_given_both_bits"};
  }

  std::vector<Exemption> exemptions() const override { return exemptions_of(options_.range); }

  std::shared_ptr<const Prepared> prepare(const LayerSamples& samples) const override {
    require_finite_inputs(samples);
    auto prepared = std::make_shared<DecomposedInputs>();
    prepared->x = distinct_values(samples.inputs);
    prepared->x_hat = binned(samples.inputs, extent(samples.inputs), options_.bins);
    return prepared;
  }

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const auto prepared = samples.prepared ? samples.prepared : prepare(samples);
    const auto& inputs = prepared_as<DecomposedInputs>("decomposition", *prepared);
    const Symbols l_hat = binned(samples.activations, bin_range(options_.range, samples), options_.bins);
    const Decomposition d = decompose(inputs.x, inputs.x_hat, distinct_values(samples.activations), l_hat);
    const Symbols labels = label_symbols(samples.labels);
    Information information;
    information.i_xt_cap_bits = std::min(entropy_bits(inputs.x_hat), static_cast<double>(samples.activations.size(1)) *
                                                                         std::log2(static_cast<double>(options_.bins)));
    information.i_ty_cap_bits = entropy_bits(labels);
    information.i_xt_bits = std::min(d.i_xhat_lhat_bits, information.i_xt_cap_bits);
    information.i_ty_bits = std::clamp(mutual_information_bits(l_hat, labels), 0.0, information.i_ty_cap_bits);
    information.details = {d.i_x_l_bits, d.i_x_lhat_given_xhat_bits, d.i_xhat_l_given_lhat_bits,
                           d.i_x_l_given_both_bits};
    return {{information}, {}};
  }

 private:
  DecompositionOptions options_;
};

}  // namespace

Decomposition decompose(const Symbols& x, const Symbols& x_hat, const Symbols& l, const Symbols& l_hat) {
  require_function(x_hat, x);
  require_function(l_hat, l);
  require_argument(x.ids.size() == l.ids.size(), "decompose", "all variables must have the same number of samples");
  const Symbols nothing{std::vector<std::int32_t>(x.ids.size()), 1};
  return {information(l_hat, x_hat, nothing), information(l_hat, x, x_hat), information(l, x_hat, l_hat),
          information(l, x, joined(x_hat, l_hat)), information(l, x, nothing)};
}

Fields fields(DecompositionOptions& o) {
  return {field("bins", o.bins, "number of bins of the layer and of the input", bin_number()),
          field("range", o.range, "range of the layer's bins; values out of range go to the first or last bin")};
}

std::unique_ptr<Estimator> make_decomposition(const DecompositionOptions& options, std::uint64_t /*seed*/) {
  return std::make_unique<DecompositionEstimator>(options);
}

}  // namespace infoplane::estimators
