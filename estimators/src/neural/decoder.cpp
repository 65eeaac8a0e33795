#include <infoplane/estimators/decoder.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <infoplane/estimators/entropy.hpp>

#include "neural/small_network.hpp"
#include "samples/arguments.hpp"
#include "samples/labels.hpp"
#include "samples/scale.hpp"

namespace infoplane::estimators {
namespace {

constexpr std::int64_t kMostLogits = std::int64_t{1} << 24;  // in memory at once

class Decoder : public Estimator {
 public:
  Decoder(const DecoderOptions& options, std::uint64_t seed) : options_(options), seed_(seed) {}

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const double bits = decoder_information_bits(samples.activations, samples.labels, samples.classes, options_, seed_);
    const double h_y = entropy_bits(label_symbols(samples.labels));
    const double few = samples.labels.size(0) < kLeastDecoderSamples ? 1 : 0;
    return {{{"", kNotEstimated, std::clamp(bits, 0.0, h_y), kNotEstimated, h_y, {bits, few}}}, {}};
  }

  Cost cost(const EstimateSize& size) const override {
    const auto n = static_cast<double>(size.samples), units = static_cast<double>(size.units),
               classes = static_cast<double>(size.classes), width = static_cast<double>(options_.width);
    const double weights = width * (units + width + classes), batch = std::min(n / 2, 256.0);
    return {2 * static_cast<double>(options_.steps) * (1.2e-4 + 1.2e-10 * batch * weights),
            n * (20 * units + 12 * width) + 40 * weights + 4 * std::min(n * classes, static_cast<double>(kMostLogits))};
  }

  bool estimates_i_xt() const override { return false; }

  std::vector<std::string> details() const override {
    return {"i_ty_raw_bits", fmt::format("fewer_than_{}_samples", kLeastDecoderSamples)};
  }

  std::vector<Exemption> exemptions() const override {
    return {{"unit_order", "its initial weights are drawn unit by unit"}, {"sign", "its initial weights have signs"}};
  }

 private:
  DecoderOptions options_;
  std::uint64_t seed_;
};

}  // namespace

double decoder_information_bits(const torch::Tensor& t, const torch::Tensor& labels, std::int64_t classes,
                                const DecoderOptions& options, std::uint64_t seed) {
  constexpr const char* kName = "decoder_information_bits";
  require_samples(kName, "t", t);
  require_labels(kName, labels, t);
  require_at_least(kName, "classes", classes, 1);
  require_indices(kName, "every label", labels, classes);
  require_at_least(kName, "width", options.width, 1);
  require_at_least(kName, "steps", options.steps, 1);
  const std::int64_t n = t.size(0);
  if (n == 1) return 0;
  const torch::Tensor order = canonical_order(t, labels), targets = labels.cpu().index_select(0, order);
  const torch::Tensor units = standardized(t.cpu().index_select(0, order)).to(torch::kFloat32);
  const auto make = [&](const at::Generator& generator) -> Trainable {
    Mlp network(std::vector<std::int64_t>{t.size(1), options.width, options.width, classes}, generator);
    return {network->parameters(), [network, &units, &targets](const torch::Tensor& samples) mutable {
              return torch::cross_entropy_loss(network->forward(units.index_select(0, samples)),
                                               targets.index_select(0, samples));
            }};
  };
  double nats = 0;
  const auto evaluate = [&](const BatchLoss& mean_loss, const torch::Tensor& held_out) {
    for (const torch::Tensor& batch : held_out.split(std::max<std::int64_t>(1, kMostLogits / classes))) {
      nats += mean_loss(batch).item<double>() * static_cast<double>(batch.size(0));
    }
  };
  Descent descent;
  descent.steps = options.steps;
  cross_fit(n, descent, seed, make, evaluate);
  return entropy_bits(label_symbols(labels)) - nats / static_cast<double>(n) / std::log(2.0);
}

Fields fields(DecoderOptions& o) {
  return {field("width", o.width, "units in each of the two hidden layers", whole_between(1, 4096)),
          field("steps", o.steps, "number of training steps", whole_between(1, 1000000))};
}

std::unique_ptr<Estimator> make_decoder(const DecoderOptions& options, std::uint64_t seed) {
  return std::make_unique<Decoder>(options, seed);
}

}  // namespace infoplane::estimators
