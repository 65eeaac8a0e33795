#include <infoplane/estimators/gaussian_mixture.hpp>

#include <algorithm>
#include <cmath>

#include <infoplane/estimators/clustering.hpp>
#include <infoplane/estimators/entropy.hpp>

#include "samples/labels.hpp"
#include "samples/scale.hpp"

namespace infoplane::estimators {
namespace {

// H of each row of probabilities [..., K], in bits.
torch::Tensor row_entropy(const torch::Tensor& p) { return -torch::xlogy(p, p).sum(-1) / std::log(2.0); }

double entropy(const torch::Tensor& p) { return row_entropy(p).item<double>(); }

struct LabelEntropies {
  double h_y, h_t_given_y;
};

// Of T with probabilities p [N, K] of each sample.
LabelEntropies label_entropies(const torch::Tensor& p, const LayerSamples& samples) {
  const auto n = static_cast<double>(p.size(0));
  LabelEntropies entropies{};
  if (const torch::Tensor of_label = uncertain_labels(samples); of_label.defined()) {
    entropies.h_y = entropy(of_label.mean(0));
    for (const torch::Tensor& weights : of_label.unbind(1)) {
      const double share = weights.sum().item<double>();
      if (share > 0) entropies.h_t_given_y += entropy(weights.matmul(p) / share) * share / n;
    }
    return entropies;
  }
  entropies.h_y = entropy_bits(label_symbols(samples.labels));
  for (const auto& own : samples_by_label(samples.labels)) {
    const torch::Tensor mean = p.index_select(0, torch::tensor(own, torch::kInt64)).mean(0);
    entropies.h_t_given_y += entropy(mean) * static_cast<double>(own.size()) / n;
  }
  return entropies;
}

class Mixture : public Estimator {
 public:
  Mixture(const GaussianMixtureOptions& options, std::uint64_t seed) : options_(options), seed_(seed) {}

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const torch::Tensor t = standardized(samples.activations);  // k-means starts in the units' common scale
    const GaussianMixture mixture = fitted(t);
    const auto components = static_cast<double>(mixture.weights.size(0));
    torch::Tensor p = responsibilities(mixture, t);
    if (options_.assignment == Assignment::hard) {
      p = torch::one_hot(p.argmax(1), mixture.weights.size(0)).to(torch::kFloat64);
    }

    const double h_t = entropy(p.mean(0)), h_t_given_x = row_entropy(p).mean().item<double>();
    const auto [h_y, h_t_given_y] = label_entropies(p, samples);

    Information information;
    information.i_xt_cap_bits = std::log2(components);
    information.i_ty_cap_bits = h_y;
    // The entropy of a single component is -0; adding 0 makes it 0.
    information.i_xt_bits = std::clamp(h_t - h_t_given_x + 0.0, 0.0, information.i_xt_cap_bits);
    information.i_ty_bits = std::clamp(h_t - h_t_given_y + 0.0, 0.0, information.i_ty_cap_bits);
    information.details = {components};
    return {{information}, {}};
  }

  bool uses_label_probabilities() const override { return true; }

  Cost cost(const EstimateSize& size) const override {
    constexpr double kIterations = 30;
    const bool is_fixed = options_.components > 0;
    const std::int64_t first = is_fixed ? options_.components : 1;
    const std::int64_t last = std::min(is_fixed ? first : options_.max_components, size.samples);
    const Cost start = k_means_cost(size, first, last, options_.restarts);
    const auto n = static_cast<double>(size.samples), units = static_cast<double>(size.units);
    const auto k = static_cast<double>(last), all_k = is_fixed ? k : k * (k + 1) / 2;
    return {start.seconds + kIterations * (1e-4 * (is_fixed ? 1 : k) + n * all_k * (1e-8 + 1e-9 * units)),
            start.bytes + 8 * n * (3 * units + 6 * k)};
  }

  std::vector<std::string> details() const override { return {"components"}; }

 private:
  GaussianMixture fitted(const torch::Tensor& t) const {
    GaussianMixtureFit fit;
    fit.restarts = options_.restarts;
    fit.components = options_.components;
    if (fit.components > 0) return fit_gaussian_mixture(t, fit, seed_);
    KMeansFit search;
    search.last = std::min(options_.max_components, t.size(0));
    search.restarts = options_.restarts;
    GaussianMixture best;
    std::int64_t components = 0;
    for (const Clustering& start : k_means(t, search, seed_)) {
      if (start.centers.size(0) <= components) break;  // no more distinct samples
      components = start.centers.size(0);
      const GaussianMixture other = fit_gaussian_mixture(t, fit, start.symbols);
      if (components == 1 || bayes_criterion(other, t.size(0)) < bayes_criterion(best, t.size(0))) best = other;
    }
    return best;
  }

  GaussianMixtureOptions options_;
  std::uint64_t seed_;
};

}  // namespace

EnumNames<Assignment> names(Assignment) { return {{Assignment::soft, "soft"}, {Assignment::hard, "hard"}}; }

Fields fields(GaussianMixtureOptions& o) {
  return {field("components", o.components,
                "number of components; 0: chosen by the Bayesian information criterion (BIC)", whole_between(0, 65536)),
          field("max_components", o.max_components, "largest number tried if components is 0", whole_between(1, 65536)),
          field("assignment", o.assignment,
                "T: a component drawn with the sample's responsibilities, or the most likely one"),
          field("restarts", o.restarts, "number of k-means++ seedings of the start; the best result is kept",
                whole_between(1, 10000))};
}

std::unique_ptr<Estimator> make_gaussian_mixture(const GaussianMixtureOptions& options, std::uint64_t seed) {
  return std::make_unique<Mixture>(options, seed);
}

}  // namespace infoplane::estimators
