#include <infoplane/estimators/matrix_renyi.hpp>

#include <algorithm>
#include <cmath>

#include <ATen/CPUGeneratorImpl.h>

#include "discrete/discrete.hpp"
#include "samples/arguments.hpp"
#include "samples/scale.hpp"

namespace infoplane::estimators {
namespace {

struct PreparedInputs : Prepared {
  torch::Tensor chosen;  // the samples used
  torch::Tensor kernel;  // of the inputs
  double h_x = 0;
};

double entropy_of_eigenvalues_bits(const torch::Tensor& eigenvalues, double alpha) {
  const double entropy = alpha == 1 ? -torch::xlogy(eigenvalues, eigenvalues).sum().item<double>() / std::log(2.0)
                                    : std::log2(eigenvalues.pow(alpha).sum().item<double>()) / (1 - alpha);
  return std::max(entropy + 0.0, 0.0);  // 0, not -0
}

class MatrixRenyi : public Estimator {
 public:
  MatrixRenyi(const MatrixRenyiOptions& options, std::uint64_t seed) : options_(options), seed_(seed) {}

  std::shared_ptr<const Prepared> prepare(const LayerSamples& samples) const override {
    require_finite_inputs(samples);
    auto prepared = std::make_shared<PreparedInputs>();
    const std::int64_t n = samples.inputs.size(0);
    prepared->chosen = torch::arange(n);
    if (n > options_.max_samples) {
      const at::Generator generator = at::detail::createCPUGenerator(seed_);
      prepared->chosen = torch::randperm(n, generator, torch::kInt64).narrow(0, 0, options_.max_samples);
    }
    prepared->kernel = kernel_of(samples.inputs, prepared->chosen);
    prepared->h_x = renyi_entropy_bits(prepared->kernel, options_.alpha);
    return prepared;
  }

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const auto prepared = samples.prepared ? samples.prepared : prepare(samples);
    const auto& given = prepared_as<PreparedInputs>("matrix_renyi", *prepared);
    const torch::Tensor kernel = kernel_of(samples.activations, given.chosen);
    const double h_t = renyi_entropy_bits(kernel, options_.alpha);
    const auto shared = [&](double h, const torch::Tensor& other) {
      return std::clamp(h + h_t - renyi_entropy_bits(kernel * other, options_.alpha), 0.0, h);
    };
    const torch::Tensor labels = samples.labels.cpu().index_select(0, given.chosen);
    const torch::Tensor same_label = labels.unsqueeze(1).eq(labels).to(torch::kFloat64);
    const double h_y = std::min(label_entropy_bits(labels), label_entropy_bits(samples.labels.cpu()));
    const auto n = static_cast<double>(given.chosen.size(0));
    return {{{"", shared(given.h_x, given.kernel), shared(h_y, same_label), given.h_x, h_y, {n}}}, {}};
  }

  Cost cost(const EstimateSize& size) const override {
    const auto n = static_cast<double>(std::min(size.samples, options_.max_samples));
    return {1.8e-10 * n * n * n, 80 * n * n};
  }

  bool compares_inputs() const override { return true; }

  std::vector<std::string> details() const override { return {"samples"}; }

  std::vector<Exemption> exemptions() const override {
    std::vector<Exemption> exemptions = {{"sample_order", "more than max_samples samples are subsampled by position"}};
    if (options_.alpha < 1)
      exemptions.push_back({"label_entropy", "an entropy of order below 1 is larger than Shannon's"});
    return exemptions;
  }

 private:
  torch::Tensor kernel_of(const torch::Tensor& t, const torch::Tensor& chosen) const {
    return renyi_kernel(t.to(torch::kCPU, torch::kFloat64).index_select(0, chosen), options_.gamma);
  }

  // The eigenvalues of the labels' kernel are the label frequencies.
  double label_entropy_bits(const torch::Tensor& labels) const {
    const torch::Tensor shares = labels.bincount().to(torch::kFloat64) / static_cast<double>(labels.size(0));
    return entropy_of_eigenvalues_bits(shares, options_.alpha);
  }

  MatrixRenyiOptions options_;
  std::uint64_t seed_;
};

}  // namespace

torch::Tensor renyi_kernel(const torch::Tensor& t, double gamma) {
  require_samples("renyi_kernel", "t", t);
  require_positive("renyi_kernel", "gamma", gamma);
  constexpr std::int64_t kByDifferences =
      2;  // cdist's mode without the matrix product, which is imprecise for small distances
  const torch::Tensor values = normalized(t).values;
  const auto n = static_cast<double>(t.size(0)), units = static_cast<double>(t.size(1));
  const double variance = values.var(0, /*unbiased=*/false).mean().item<double>();
  if (variance == 0) return torch::ones({t.size(0), t.size(0)}, torch::kFloat64);
  const double width = gamma * std::sqrt(variance * units) * std::pow(n, -1 / (4 + units));
  return (torch::cdist(values, values, 2, kByDifferences).square() / (-2 * width * width)).exp();
}

double renyi_entropy_bits(const torch::Tensor& kernel, double alpha) {
  require_samples("renyi_entropy_bits", "kernel", kernel);
  require_argument(kernel.size(0) == kernel.size(1), "renyi_entropy_bits", "the kernel must be [N, N]");
  require_positive("renyi_entropy_bits", "alpha", alpha);
  torch::Tensor eigenvalues = torch::linalg_eigvalsh(kernel / kernel.trace());
  // Rounding makes eigenvalues of 0 slightly positive or negative.
  eigenvalues = eigenvalues * (eigenvalues > 1e-15 * static_cast<double>(kernel.size(0)));
  return entropy_of_eigenvalues_bits(eigenvalues, alpha);
}

Fields fields(MatrixRenyiOptions& o) {
  return {field("alpha", o.alpha, "order of the entropy; near 1 it has nearly Shannon's form", positive()),
          field("gamma", o.gamma, "scale factor of the kernel's width", positive()),
          field("max_samples", o.max_samples, "largest number of samples used, drawn at random; the cost is its cube",
                at_least(1))};
}

std::unique_ptr<Estimator> make_matrix_renyi(const MatrixRenyiOptions& options, std::uint64_t seed) {
  return std::make_unique<MatrixRenyi>(options, seed);
}

}  // namespace infoplane::estimators
