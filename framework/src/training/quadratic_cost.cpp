#include "training/quadratic_cost.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace infoplane {
namespace {

template <class Real>
Real sigmoid(Real z) {
  return 1 / (1 + std::exp(-z));
}

// z [K], with a step between logits, becomes p.
template <class Real>
void softmax(const Real* z, std::int64_t step, std::vector<Real>& p) {
  const auto classes = static_cast<std::int64_t>(p.size());
  Real largest = z[0], total = 0;
  for (std::int64_t k = 1; k < classes; ++k) largest = std::max(largest, z[k * step]);
  for (std::int64_t k = 0; k < classes; ++k) total += p[k] = std::exp(z[k * step] - largest);
  for (Real& share : p) share /= total;
}

}  // namespace

double quadratic_cost(const double* z, std::int64_t y, std::int64_t outputs) {
  if (outputs == 1) {
    const double wrong = sigmoid(y == 1 ? -z[0] : z[0]);
    return wrong * wrong / 2;
  }
  std::vector<double> p(outputs);
  softmax(z, 1, p);
  p[y] -= 1;
  double sum = 0;
  for (const double error : p) sum += error * error;
  return sum / 2;
}

void quadratic_gradient(const float* z, const std::int64_t* y, float* gradient, const LogitsShape& shape) {
  const auto [outputs, batch] = shape;
  const float share = 1.0f / static_cast<float>(batch);
  std::vector<float> p(outputs);
  for (std::int64_t b = 0; b < batch; ++b) {
    if (outputs == 1) {
      const float s = sigmoid(z[b]);
      gradient[b] = (s - static_cast<float>(y[b])) * s * (1 - s) * share;
      continue;
    }
    softmax(z + b, batch, p);
    float mean = -p[y[b]];
    for (const float probability : p) mean += probability * probability;
    for (std::int64_t k = 0; k < outputs; ++k) {
      const float error = p[k] - (k == y[b] ? 1.0f : 0.0f);
      gradient[k * batch + b] = p[k] * (error - mean) * share;
    }
  }
}

torch::Tensor quadratic_gradient(const torch::Tensor& logits, const torch::Tensor& labels) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor z = logits.detach();
  const auto batch = static_cast<double>(z.size(1));
  if (z.size(2) == 1) {
    const torch::Tensor s = torch::sigmoid(z);
    return (s - labels.unsqueeze(2)) * s * (1 - s) / batch;
  }
  const torch::Tensor p = torch::softmax(z, 2), error = p - torch::one_hot(labels, z.size(2));
  return p * (error - (p * error).sum(2, /*keepdim=*/true)) / batch;
}

}  // namespace infoplane
