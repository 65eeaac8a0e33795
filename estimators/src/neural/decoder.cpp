#include <infoplane/estimators/decoder.hpp>

#include <algorithm>
#include <cmath>

#include <ATen/CPUGeneratorImpl.h>

#include <infoplane/estimators/entropy.hpp>

#include "neural/small_network.hpp"
#include "samples/labels.hpp"

namespace infoplane::estimators {
namespace {

constexpr std::int64_t kMostLogits = std::int64_t{1} << 24;  // that are held at once

class Decoder : public Estimator {
 public:
  Decoder(const DecoderOptions& options, std::uint64_t seed) : options_(options), seed_(seed) {}

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const double bits = decoder_information_bits(samples.activations, samples.labels, samples.classes, options_, seed_);
    const double h_y = entropy_bits(label_words(samples.labels));
    return {{{"", 0, std::clamp(bits, 0.0, h_y), 0, h_y, {bits}}}, {}};
  }

  std::vector<std::string> details() const override { return {"i_ty_raw_bits"}; }

  std::vector<Exemption> exemptions() const override {
    return {{"sample_order", "the samples that it is trained on are drawn by their place"},
            {"unit_order", "its first weights are drawn unit by unit"}};
  }

 private:
  DecoderOptions options_;
  std::uint64_t seed_;
};

}  // namespace

double decoder_information_bits(const torch::Tensor& t, const torch::Tensor& labels, std::int64_t classes,
                                const DecoderOptions& options, std::uint64_t seed) {
  const std::int64_t n = t.size(0);
  if (n == 1) return 0;
  const torch::NoGradGuard no_gradients;  // but where it descends
  const at::Generator generator = at::detail::createCPUGenerator(seed);
  const torch::Tensor units = standardized(t), targets = labels.cpu();
  const auto half = halves(n, generator);
  double nats = 0;
  for (const int trained : {0, 1}) {
    Mlp network(std::vector<std::int64_t>{t.size(1), options.width, options.width, classes}, generator);
    const auto mean_loss = [&](const torch::Tensor& samples) {
      return torch::cross_entropy_loss(network->forward(units.index_select(0, samples)),
                                       targets.index_select(0, samples));
    };
    Descent descent;
    descent.steps = options.steps;
    descend(network->parameters(), descent, half[trained], generator, mean_loss);
    for (const torch::Tensor& held_out : half[1 - trained].split(std::max<std::int64_t>(1, kMostLogits / classes))) {
      nats += mean_loss(held_out).item<double>() * static_cast<double>(held_out.size(0));
    }
  }
  return entropy_bits(label_words(labels)) - nats / static_cast<double>(n) / std::log(2.0);
}

Fields fields(DecoderOptions& o) {
  return {field("width", o.width, "units of each of the decoder's two hidden layers", whole_between(1, 4096)),
          field("steps", o.steps, "steps of its training", whole_between(1, 1000000))};
}

std::unique_ptr<Estimator> make_decoder(const DecoderOptions& options, std::uint64_t seed) {
  return std::make_unique<Decoder>(options, seed);
}

}  // namespace infoplane::estimators
