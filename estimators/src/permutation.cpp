#include <infoplane/estimators/permutation.hpp>

#include <algorithm>
#include <utility>

#include <ATen/CPUGeneratorImpl.h>

#include <infoplane/random.hpp>

#include "base/arguments.hpp"
#include "base/statistics.hpp"

namespace infoplane::estimators {
namespace {

class Permuted : public Estimator {
 public:
  Permuted(std::unique_ptr<Estimator> estimator, std::int64_t permutations, std::uint64_t seed)
      : estimator_(std::move(estimator)), permutations_(permutations), seed_(seed) {}

  std::shared_ptr<const Prepared> prepare(const LayerSamples& samples) const override {
    return estimator_->prepare(samples);
  }

  Estimate estimate(const LayerSamples& samples) const override {
    Estimate estimate = estimator_->estimate(samples);
    std::vector<std::vector<double>> null_bits(estimate.values.size());  // of each value, by permutation
    LayerSamples shuffled = samples;
    if (!shuffled.prepared) shuffled.prepared = prepare(samples);
    for (std::int64_t p = 0; p < permutations_; ++p) {
      const auto generator = at::detail::createCPUGenerator(stream_seed(seed_, p, Purpose::estimation));
      const torch::Tensor order = torch::randperm(samples.labels.size(0), generator, torch::kInt64);
      shuffled.labels = samples.labels.index_select(0, order.to(samples.labels.device()));
      if (samples.label_probabilities.defined()) {
        const torch::Tensor& p = samples.label_probabilities;
        shuffled.label_probabilities = p.index_select(0, order.to(p.device()));
      }
      const Estimate again = estimator_->estimate(shuffled);
      for (std::size_t v = 0; v < null_bits.size(); ++v) null_bits[v].push_back(again.values[v].i_ty_bits);
    }
    for (std::size_t v = 0; v < null_bits.size(); ++v) {
      const Statistics shuffled_bits = statistics(null_bits[v]);
      std::vector<double>& details = estimate.values[v].details;
      details.insert(details.end(), {shuffled_bits.mean, shuffled_bits.standard_deviation});
    }
    return estimate;
  }

  std::vector<std::string> values() const override { return estimator_->values(); }

  Cost cost(const EstimateSize& size) const override {
    Cost cost = estimator_->cost(size);
    cost.seconds *= static_cast<double>(1 + permutations_);
    return cost;
  }

  void require_measurable(const LayerShape& shape) const override { estimator_->require_measurable(shape); }

  std::vector<std::string> details() const override {
    std::vector<std::string> names = estimator_->details();
    names.insert(names.end(), {"i_ty_shuffled_mean_bits", "i_ty_shuffled_sd_bits"});
    return names;
  }

  bool compares_inputs() const override { return estimator_->compares_inputs(); }

  bool uses_label_probabilities() const override { return estimator_->uses_label_probabilities(); }

  bool estimates_i_xt() const override { return estimator_->estimates_i_xt(); }

  std::vector<Exemption> exemptions() const override {
    std::vector<Exemption> exemptions = estimator_->exemptions();
    const auto of_order = [](const Exemption& exemption) { return exemption.check == "sample_order"; };
    if (std::none_of(exemptions.begin(), exemptions.end(), of_order)) {
      exemptions.push_back({"sample_order", "the labels are permuted by position"});
    }
    return exemptions;
  }

 private:
  std::unique_ptr<Estimator> estimator_;
  std::int64_t permutations_;
  std::uint64_t seed_;
};

}  // namespace

std::unique_ptr<Estimator> with_permutations(std::unique_ptr<Estimator> estimator, std::int64_t permutations,
                                             std::uint64_t seed) {
  require_argument(estimator != nullptr, "with_permutations", "estimator must not be null");
  require_at_least("with_permutations", "permutations", permutations, 0);
  return std::make_unique<Permuted>(std::move(estimator), permutations, seed);
}

}  // namespace infoplane::estimators
