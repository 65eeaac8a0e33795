#include <infoplane/estimators/infonce.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

#include <ATen/CPUGeneratorImpl.h>

#include <infoplane/estimators/entropy.hpp>

#include "discrete/discrete.hpp"
#include "neural/small_network.hpp"
#include "samples/arguments.hpp"
#include "samples/labels.hpp"
#include "samples/scale.hpp"

namespace infoplane::estimators {
namespace {

constexpr std::int64_t kLargestBatch = 1024;
constexpr std::int64_t kEmbedding = 16;

// The sizes of the smallest number of batches of at most kLargestBatch for n samples, as equal as possible.
std::vector<std::int64_t> batch_sizes(std::int64_t n) {
  const std::int64_t count = (n + kLargestBatch - 1) / kLargestBatch;
  std::vector<std::int64_t> sizes(count, n / count);
  for (std::int64_t b = 0; b < n % count; ++b) ++sizes[b];
  return sizes;
}

// The inputs of one of the two networks: [B, units] for indices [B].
struct Side {
  std::int64_t units;
  std::function<torch::Tensor(const torch::Tensor& batch)> rows;
};

Side side_of(const torch::Tensor& x) {
  return {x.size(1), [units = standardized(x).to(torch::kFloat32)](const torch::Tensor& batch) {
            return units.index_select(0, batch);
          }};
}

// Labels as unit vectors, standardized. All of them would be N K numbers, so each batch is made on demand.
Side side_of_labels(const torch::Tensor& labels, std::int64_t classes) {
  const torch::Tensor label = labels.cpu();
  const torch::Tensor share = label.bincount({}, classes).to(torch::kFloat64) / static_cast<double>(label.size(0));
  const torch::Tensor sd = (share * (1 - share)).sqrt(), deviation = sd.masked_fill(sd == 0, 1);
  const torch::Tensor zero = (-share / deviation).to(torch::kFloat32),
                      one = ((1 - share) / deviation).to(torch::kFloat32);
  return {classes, [label, zero, one](const torch::Tensor& batch) {
            const torch::Tensor own = label.index_select(0, batch);
            return zero.repeat({own.size(0), 1}).scatter_(1, own.unsqueeze(1), one.index_select(0, own).unsqueeze(1));
          }};
}

double information_bits(const Side& x, const torch::Tensor& t, const InfoNceOptions& options, std::uint64_t seed) {
  const std::int64_t n = t.size(0);
  if (n < 4) return 0;
  const torch::Tensor t_units = standardized(t).to(torch::kFloat32);
  const auto make = [&](const at::Generator& generator) -> Trainable {
    Mlp g(std::vector<std::int64_t>{x.units, options.width, kEmbedding}, generator);
    Mlp h(std::vector<std::int64_t>{t.size(1), options.width, kEmbedding}, generator);
    std::vector<torch::Tensor> parameters = g->parameters();
    for (const torch::Tensor& parameter : h->parameters()) parameters.push_back(parameter);
    return {parameters, [g, h, &x, &t_units](const torch::Tensor& batch) mutable {
              const torch::Tensor t_embedding = h->forward(t_units.index_select(0, batch));
              const torch::Tensor scores = g->forward(x.rows(batch)).matmul(t_embedding.t());
              return torch::cross_entropy_loss(scores, torch::arange(batch.size(0)));
            }};
  };
  double nats = 0;
  const auto evaluate = [&](const BatchLoss& loss, const torch::Tensor& held_out) {
    for (const torch::Tensor& batch : held_out.split_with_sizes(batch_sizes(held_out.size(0)))) {
      const auto size = static_cast<double>(batch.size(0));
      nats += (std::log(size) - loss(batch).item<double>()) * size;
    }
  };
  Descent descent;
  descent.steps = options.steps;
  descent.learning_rate = 0.003;
  cross_fit(n, descent, seed, make, evaluate);
  return nats / static_cast<double>(n) / std::log(2.0);
}

class InfoNce : public Estimator {
 public:
  InfoNce(const InfoNceOptions& options, std::uint64_t seed) : options_(options), seed_(seed) {}

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    require_finite_inputs(samples);
    const torch::Tensor t = samples.activations.cpu(), order = canonical_order(t, samples.labels);
    const Side labels = side_of_labels(samples.labels.cpu().index_select(0, order), samples.classes);
    const double i_xt = infonce_information_bits(samples.inputs, t, options_, seed_);
    const double i_ty = information_bits(labels, t.index_select(0, order), options_, seed_);
    const double cap = infonce_cap_bits(samples.activations.size(0));
    const double label_cap = std::min(cap, entropy_bits(label_symbols(samples.labels)));
    return {{{"", std::clamp(i_xt, 0.0, cap), std::clamp(i_ty, 0.0, label_cap), cap, label_cap, {i_xt, i_ty}}}, {}};
  }

  Cost cost(const EstimateSize& size) const override {
    const auto n = static_cast<double>(size.samples), width = static_cast<double>(options_.width);
    const auto columns = static_cast<double>(size.inputs + 2 * size.units + size.classes);
    const double weights = width * (columns + 4 * kEmbedding), batch = std::min(n / 2, 256.0);
    return {2 * static_cast<double>(options_.steps) * (4e-4 + 1e-10 * batch * (weights + 2 * batch * kEmbedding)),
            20 * n * columns + 40 * weights};
  }

  bool compares_inputs() const override { return true; }

  std::vector<std::string> details() const override { return {"i_xt_raw_bits", "i_ty_raw_bits"}; }

  std::vector<Exemption> exemptions() const override {
    return {{"unit_order", "its initial weights are drawn unit by unit"}, {"sign", "its initial weights have signs"}};
  }

 private:
  InfoNceOptions options_;
  std::uint64_t seed_;
};

}  // namespace

double infonce_cap_bits(std::int64_t samples) {
  require_at_least("infonce_cap_bits", "samples", samples, 1);
  return samples < 4 ? 0 : std::log2(static_cast<double>(batch_sizes((samples + 1) / 2).front()));
}

double infonce_information_bits(const torch::Tensor& x, const torch::Tensor& t, const InfoNceOptions& options,
                                std::uint64_t seed) {
  require_samples("infonce_information_bits", "x", x);
  require_samples("infonce_information_bits", "t", t);
  require_as_many("infonce_information_bits", "t", t, "x", x);
  require_at_least("infonce_information_bits", "width", options.width, 1);
  require_at_least("infonce_information_bits", "steps", options.steps, 1);
  const torch::Tensor order = canonical_order(t, x);
  return information_bits(side_of(x.cpu().index_select(0, order)), t.cpu().index_select(0, order), options, seed);
}

Fields fields(InfoNceOptions& o) {
  return {field("width", o.width, "hidden units of each of the two networks", whole_between(1, 4096)),
          field("steps", o.steps, "number of training steps", whole_between(1, 1000000))};
}

std::unique_ptr<Estimator> make_infonce(const InfoNceOptions& options, std::uint64_t seed) {
  return std::make_unique<InfoNce>(options, seed);
}

}  // namespace infoplane::estimators
