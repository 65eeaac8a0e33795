#include "training/cross_entropy.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <infoplane/training.hpp>

#include "base/tensor_arguments.hpp"
#include "training/quadratic_cost.hpp"

// z logits, y labels, B samples of a batch.
namespace infoplane {
namespace {

bool is_binary(const torch::Tensor& logits) { return logits.size(2) == 1; }

// (s(z) - y) / B for rows of samples; y are labels, or probabilities of label 1.
template <class Target>
void sigmoid_gradient(const float* z, const Target* y, float* gradient, std::int64_t batch) {
  const float share = 1.0f / static_cast<float>(batch);
  for (std::int64_t b = 0; b < batch; ++b) {
    gradient[b] = (1.0f / (1.0f + std::exp(-z[b])) - static_cast<float>(y[b])) * share;
  }
}

// softmax(z) / B for logits [K, B].
void softmax_shares(const float* z, float* shares, std::int64_t classes, std::int64_t batch) {
  const float share = 1.0f / static_cast<float>(batch);
  for (std::int64_t b = 0; b < batch; ++b) {
    float largest = z[b];
    for (std::int64_t k = 1; k < classes; ++k) largest = std::max(largest, z[k * batch + b]);
    float total = 0;
    for (std::int64_t k = 0; k < classes; ++k) {
      const float weight = std::exp(z[k * batch + b] - largest);
      shares[k * batch + b] = weight;
      total += weight;
    }
    for (std::int64_t k = 0; k < classes; ++k) shares[k * batch + b] *= share / total;
  }
}

// -ln s(z) for y = 1, else -ln(1 - s(z)), without overflow.
double sigmoid_loss(double z, std::int64_t y) {
  const double wrong = y == 1 ? -z : z;
  return (wrong < 0 ? 0.0 : wrong) + std::log1p(std::exp(-std::abs(wrong)));
}

double softmax_loss(const double* z, std::int64_t y, std::int64_t classes) {
  const double largest = *std::max_element(z, z + classes);
  double total = 0;
  for (std::int64_t k = 0; k < classes; ++k) total += std::exp(z[k] - largest);
  return largest + std::log(total) - z[y];
}

double cross_entropy(const double* z, std::int64_t y, std::int64_t columns) {
  return columns == 1 ? sigmoid_loss(z[0], y) : softmax_loss(z, y, columns);
}

// sum_k p_k times the loss of label k.
double soft_loss(const double* z, const double* p, std::int64_t columns) {
  double loss = 0;
  for (std::int64_t k = 0; k < std::max<std::int64_t>(2, columns); ++k) {
    if (p[k] > 0) loss += p[k] * cross_entropy(z, k, columns);
  }
  return loss;
}

// Replica by replica; call(r, z, gradient, shape) for logits and gradients [K, B].
template <class Call>
torch::Tensor gradient_on_cpu(const torch::Tensor& logits, Call call) {
  const torch::Tensor z = logits.transpose(1, 2).contiguous();
  const torch::Tensor gradient = torch::empty_like(z);
  const LogitsShape shape{z.size(1), z.size(2)};
  for (std::int64_t r = 0; r < z.size(0); ++r) {
    const std::int64_t start = r * shape.rows * shape.batch;
    call(r, z.data_ptr<float>() + start, gradient.data_ptr<float>() + start, shape);
  }
  return gradient.transpose(1, 2);
}

bool has_kernel(const torch::Tensor& z) { return z.device().is_cpu() && z.scalar_type() == torch::kFloat32; }

void require_logits(const char* function, const torch::Tensor& logits) {
  require_tensor(logits.defined() && logits.dim() == 3 && logits.numel() > 0 && logits.is_floating_point(), function,
                 "logits", "floats [R, N, K], not empty", logits);
}

void require_classified(const char* function, const torch::Tensor& logits, const torch::Tensor& labels) {
  require_logits(function, logits);
  const bool fits = labels.defined() && labels.dim() == 2 && labels.scalar_type() == torch::kInt64 &&
                    labels.size(0) == logits.size(0) && labels.size(1) == logits.size(1);
  if (!fits) {
    refuse_argument(function, fmt::format("labels must be int64 [{}, {}], one for each of the logits {}, got {}",
                                          logits.size(0), logits.size(1), described(logits), described(labels)));
  }
  require_indices(function, "every label", labels, is_binary(logits) ? 2 : logits.size(2));
}

void require_probabilities(const torch::Tensor& probabilities, const torch::Tensor& logits) {
  const std::int64_t replicas = logits.size(0), samples = logits.size(1);
  const std::int64_t classes = std::max<std::int64_t>(2, logits.size(2));
  if (probabilities.sizes() == torch::IntArrayRef({replicas, samples, classes}) &&
      probabilities.scalar_type() == torch::kFloat64)
    return;
  refuse_argument("evaluate", fmt::format("probabilities must be Double [{}, {}, {}] for the logits {}, got {}",
                                          replicas, samples, classes, described(logits), described(probabilities)));
}

}  // namespace

void cross_entropy_gradient(const float* z, const std::int64_t* y, float* gradient, const LogitsShape& shape) {
  if (shape.rows == 1) return sigmoid_gradient(z, y, gradient, shape.batch);
  softmax_shares(z, gradient, shape.rows, shape.batch);
  const float share = 1.0f / static_cast<float>(shape.batch);
  for (std::int64_t b = 0; b < shape.batch; ++b) gradient[y[b] * shape.batch + b] -= share;
}

void soft_cross_entropy_gradient(const float* z, const float* p, float* gradient, const LogitsShape& shape) {
  if (shape.rows == 1) return sigmoid_gradient(z, p, gradient, shape.batch);
  softmax_shares(z, gradient, shape.rows, shape.batch);
  const float share = 1.0f / static_cast<float>(shape.batch);
  for (std::int64_t i = 0; i < shape.rows * shape.batch; ++i) gradient[i] -= p[i] * share;
}

torch::Tensor unchecked_cross_entropy_gradient(const torch::Tensor& logits, const torch::Tensor& labels) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor z = logits.detach();
  if (has_kernel(z)) {
    const torch::Tensor y = labels.contiguous();
    return gradient_on_cpu(z, [&](std::int64_t r, const float* from, float* to, const LogitsShape& shape) {
      cross_entropy_gradient(from, y.data_ptr<std::int64_t>() + r * shape.batch, to, shape);
    });
  }
  if (is_binary(z)) return (torch::sigmoid(z) - labels.unsqueeze(2)) / static_cast<double>(z.size(1));
  return (torch::softmax(z, 2) - torch::one_hot(labels, z.size(2))) / static_cast<double>(z.size(1));
}

torch::Tensor unchecked_soft_gradient(const torch::Tensor& logits, const torch::Tensor& targets) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor z = logits.detach();
  if (has_kernel(z)) {
    const torch::Tensor p = targets.transpose(1, 2).contiguous();
    return gradient_on_cpu(z, [&](std::int64_t r, const float* from, float* to, const LogitsShape& shape) {
      soft_cross_entropy_gradient(from, p.data_ptr<float>() + r * shape.rows * shape.batch, to, shape);
    });
  }
  const torch::Tensor likely = is_binary(z) ? torch::sigmoid(z) : torch::softmax(z, 2);
  return (likely - targets) / static_cast<double>(z.size(1));
}

torch::Tensor soft_cross_entropy_gradient(const torch::Tensor& logits, const torch::Tensor& targets) {
  require_logits("soft_cross_entropy_gradient", logits);
  if (!targets.defined() || targets.sizes() != logits.sizes() || targets.scalar_type() != logits.scalar_type()) {
    refuse_argument("soft_cross_entropy_gradient",
                    fmt::format("targets must be like the logits, {}, got {}", described(logits), described(targets)));
  }
  return unchecked_soft_gradient(logits, targets);
}

torch::Tensor cross_entropy_gradient(const torch::Tensor& logits, const torch::Tensor& labels) {
  require_classified("cross_entropy_gradient", logits, labels);
  return unchecked_cross_entropy_gradient(logits, labels);
}

Evaluation evaluate(const torch::Tensor& logits, const torch::Tensor& labels, Loss kind,
                    const torch::Tensor& probabilities) {
  require_classified("evaluate", logits, labels);
  if (probabilities.defined()) {
    require_argument(kind == Loss::cross_entropy, "evaluate", "probabilities are for the cross-entropy");
    require_probabilities(probabilities, logits);
  }
  const torch::Tensor z = logits.detach().to(torch::kCPU, torch::kFloat64).contiguous();
  const torch::Tensor y = labels.to(torch::kCPU).contiguous();
  const torch::Tensor p = probabilities.defined() ? probabilities.to(torch::kCPU).contiguous() : probabilities;
  const std::int64_t replicas = z.size(0), samples = z.size(1), columns = z.size(2);
  const std::int64_t classes = std::max<std::int64_t>(2, columns);
  Evaluation evaluation{torch::zeros({replicas}, torch::kFloat64), torch::zeros({replicas}, torch::kFloat64)};
  for (std::int64_t r = 0; r < replicas; ++r) {
    double loss = 0;
    std::int64_t correct = 0;
    for (std::int64_t n = 0; n < samples; ++n) {
      const double* row = z.data_ptr<double>() + (r * samples + n) * columns;
      const std::int64_t label = y.data_ptr<std::int64_t>()[r * samples + n];
      if (p.defined()) {
        loss += soft_loss(row, p.data_ptr<double>() + (r * samples + n) * classes, columns);
      } else {
        loss += kind == Loss::quadratic ? quadratic_cost(row, label, columns) : cross_entropy(row, label, columns);
      }
      correct += label == (columns == 1 ? row[0] > 0 : std::max_element(row, row + columns) - row);
    }
    evaluation.loss[r] = loss / static_cast<double>(samples);
    evaluation.accuracy[r] = static_cast<double>(correct) / static_cast<double>(samples);
  }
  return evaluation;
}

}  // namespace infoplane
