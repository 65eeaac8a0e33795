#include <infoplane/estimators/decomposition.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <unordered_map>

#include <infoplane/estimators/entropy.hpp>

#include "discrete/discrete.hpp"

namespace infoplane::estimators {
namespace {

// Both as one variable.
Words joined(const Words& a, const Words& b) {
  std::unordered_map<std::uint64_t, std::int32_t> numbers;
  numbers.reserve(a.ids.size());
  Words words;
  words.ids.reserve(a.ids.size());
  for (std::size_t i = 0; i < a.ids.size(); ++i) {
    const std::uint64_t pair =
        std::uint64_t{static_cast<std::uint32_t>(a.ids[i])} << 32 | static_cast<std::uint32_t>(b.ids[i]);
    words.ids.push_back(numbers.emplace(pair, static_cast<std::int32_t>(numbers.size())).first->second);
  }
  words.count = static_cast<std::int32_t>(numbers.size());
  return words;
}

// I(A;B|C) = H(A|C) - H(A|B,C), not below 0 for rounding.
double information(const Words& a, const Words& b, const Words& given) {
  return std::max(0.0, conditional_entropy_bits(a, given) - conditional_entropy_bits(a, joined(b, given)));
}

void require_function(const Words& estimate, const Words& of) {
  if (estimate.ids.size() != of.ids.size()) {
    throw std::invalid_argument("the variables must have the same number of samples");
  }
  std::vector<std::int32_t> value(of.count, -1);
  for (std::size_t i = 0; i < of.ids.size(); ++i) {
    std::int32_t& known = value[of.ids[i]];
    if (known < 0) known = estimate.ids[i];
    if (known != estimate.ids[i]) throw std::invalid_argument("an estimate must be a function of its variable");
  }
}

// Numbers that are equal are one word, so 0 and -0 are.
Words distinct_values(const torch::Tensor& rows) {
  const torch::Tensor inverse =
      std::get<1>(at::unique_dim(rows.cpu() + 0, 0, /*sorted=*/true, /*return_inverse=*/true));
  const std::int64_t* number = inverse.data_ptr<std::int64_t>();
  Words words{{number, number + inverse.numel()}, 0};
  words.count = *std::max_element(words.ids.begin(), words.ids.end()) + 1;
  return words;
}

Words binned(const torch::Tensor& values, Range range, std::int64_t bins) {
  SymbolRows rows{{}, values.size(1), bins};
  BinEdges(range, bins).indices(values, rows.symbols);
  return distinct_rows(rows);
}

struct DecomposedInputs : Prepared {
  Words x;
  Words x_hat;
};

class DecompositionEstimator : public Estimator {
 public:
  explicit DecompositionEstimator(const DecompositionOptions& options) : options_(options) {}

  bool compares_inputs() const override { return true; }

  std::vector<std::string> details() const override {
    return {"i_x_l_bits", "i_x_lhat_given_xhat_bits", "i_xhat_l_given_lhat_bits", "i_x_l_given_both_bits"};
  }

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
    const auto& inputs = static_cast<const DecomposedInputs&>(*prepared);
    const Words l_hat = binned(samples.activations, range_of(options_.range, samples), options_.bins);
    const Decomposition d = decompose(inputs.x, inputs.x_hat, distinct_values(samples.activations), l_hat);
    const Words labels = label_words(samples);
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

Decomposition decompose(const Words& x, const Words& x_hat, const Words& l, const Words& l_hat) {
  require_function(x_hat, x);
  require_function(l_hat, l);
  if (x.ids.size() != l.ids.size()) {
    throw std::invalid_argument("the variables must have the same number of samples");
  }
  const Words nothing{std::vector<std::int32_t>(x.ids.size()), 1};
  return {information(l_hat, x_hat, nothing), information(l_hat, x, x_hat), information(l, x_hat, l_hat),
          information(l, x, joined(x_hat, l_hat)), information(l, x, nothing)};
}

Fields fields(DecompositionOptions& o) {
  return {field("bins", o.bins, "number of bins, of the layer and of the input", bin_number()),
          field("range", o.range, "what the layer's bins span; values outside go to the first or last bin")};
}

std::unique_ptr<Estimator> make_decomposition(const DecompositionOptions& options, std::uint64_t /*seed*/) {
  return std::make_unique<DecompositionEstimator>(options);
}

}  // namespace infoplane::estimators
