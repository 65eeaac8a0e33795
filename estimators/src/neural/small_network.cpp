#include "neural/small_network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <ATen/CPUGeneratorImpl.h>
#include <torch/optim/adam.h>

namespace infoplane::estimators {

MlpImpl::MlpImpl(const std::vector<std::int64_t>& widths, const at::Generator& generator) {
  for (std::size_t layer = 0; layer + 1 < widths.size(); ++layer) {
    const double deviation = std::sqrt(2.0 / static_cast<double>(widths[layer]));
    const torch::Tensor weight = torch::empty({widths[layer], widths[layer + 1]}).normal_(0, deviation, generator);
    weights_.push_back(register_parameter("weight" + std::to_string(layer), weight));
    biases_.push_back(register_parameter("bias" + std::to_string(layer), torch::zeros({widths[layer + 1]})));
  }
}

torch::Tensor MlpImpl::forward(torch::Tensor x) {
  for (std::size_t layer = 0; layer < weights_.size(); ++layer) {
    if (layer > 0) x = torch::relu(x);
    x = torch::addmm(biases_[layer], x, weights_[layer]);
  }
  return x;
}

torch::Tensor canonical_order(const torch::Tensor& samples, const torch::Tensor& others) {
  const std::int64_t n = samples.size(0);
  const auto in_double = [n](const torch::Tensor& t) { return t.to(torch::kCPU, torch::kFloat64).reshape({n, -1}); };
  const torch::Tensor rows = torch::cat({in_double(samples), in_double(others)}, 1).contiguous();
  const double* values = rows.data_ptr<double>();
  const std::int64_t width = rows.size(1);
  torch::Tensor order = torch::arange(n);
  std::int64_t* first = order.data_ptr<std::int64_t>();
  std::sort(first, first + n, [&](std::int64_t a, std::int64_t b) {
    const double *x = values + a * width, *y = values + b * width;
    return std::lexicographical_compare(x, x + width, y, y + width);
  });
  return order;
}

void descend(const Trainable& network, const Descent& descent, const torch::Tensor& samples,
             const at::Generator& generator) {
  const auto& [parameters, loss] = network;
  const std::int64_t n = samples.size(0), fitted = n < 8 ? n : n - n / 4;
  const torch::Tensor fit = samples.slice(0, 0, fitted);
  const torch::Tensor judge = n < 8 ? samples : samples.slice(0, fitted, std::min(n, fitted + 1024));
  torch::optim::Adam optimizer(parameters, torch::optim::AdamOptions(descent.learning_rate));
  std::vector<torch::Tensor> best;
  double best_loss = std::numeric_limits<double>::infinity();
  const auto keep_best = [&, &parameters = parameters, &loss = loss] {
    const torch::NoGradGuard no_gradients;
    const double now = loss(judge).item<double>();
    if (now >= best_loss) return;
    best_loss = now;
    best.clear();
    for (const torch::Tensor& parameter : parameters) best.push_back(parameter.clone());
  };
  for (std::int64_t step = 1; step <= descent.steps; ++step) {
    const torch::AutoGradMode gradients(true);
    const torch::Tensor order = torch::randperm(fitted, generator, torch::kInt64).slice(0, 0, descent.batch);
    optimizer.zero_grad();
    loss(fit.index_select(0, order)).backward();
    optimizer.step();
    if (step % 10 == 0 || step == descent.steps) keep_best();
  }
  const torch::NoGradGuard no_gradients;
  for (std::size_t i = 0; i < best.size(); ++i) parameters[i].copy_(best[i]);
}

void cross_fit(std::int64_t n, const Descent& descent, std::uint64_t seed,
               const std::function<Trainable(const at::Generator& generator)>& make,
               const std::function<void(const BatchLoss& loss, const torch::Tensor& held_out)>& evaluate) {
  const torch::NoGradGuard no_gradients;  // except in descend
  const at::Generator generator = at::detail::createCPUGenerator(seed);
  const torch::Tensor order = torch::randperm(n, generator, torch::kInt64);
  const torch::Tensor halves[] = {order.slice(0, 0, n / 2), order.slice(0, n / 2)};
  for (const int trained : {0, 1}) {
    const Trainable network = make(generator);
    descend(network, descent, halves[trained], generator);
    evaluate(network.loss, halves[1 - trained]);
  }
}

}  // namespace infoplane::estimators
