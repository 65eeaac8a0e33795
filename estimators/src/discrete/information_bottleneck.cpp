#include <infoplane/estimators/information_bottleneck.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/tensor_arguments.hpp"

namespace infoplane::estimators {
namespace {

torch::Tensor plogp(const torch::Tensor& p) { return torch::xlogy(p, p) / std::log(2.0); }

double entropy_bits(const torch::Tensor& p) { return -plogp(p).sum().item<double>(); }

// p(x) of the inputs with distinct p(y|x), and their p(y|x) as rows.
struct Source {
  torch::Tensor p_x;
  torch::Tensor p_y_given_x;
};

Source merged(const torch::Tensor& joint) {
  const torch::Tensor p = joint / joint.sum();
  const torch::Tensor occurring = p.sum(1) > 0;
  const torch::Tensor rows = p.index({occurring}), p_x = rows.sum(1), given = rows / p_x.unsqueeze(1);
  // Rounded, since equal quotients may differ in the last digit.
  const auto [unique, inverse, counts] = at::unique_dim((given * 1e12).round(), 0, true, true);
  const torch::Tensor weights = torch::zeros({unique.size(0)}, torch::kFloat64).index_add_(0, inverse, p_x);
  const torch::Tensor sums = torch::zeros({unique.size(0), p.size(1)}, torch::kFloat64).index_add_(0, inverse, rows);
  return {weights, sums / weights.unsqueeze(1)};
}

// T of a source: p(t|x), [X, T], with p(t) and p(y|t).
class Bottleneck {
 public:
  explicit Bottleneck(const Source& source)
      : source_(source),
        h_y_given_x_(plogp(source.p_y_given_x).sum(1)),
        p_t_given_x_(torch::eye(source.p_x.size(0), torch::kFloat64)) {
    update();
  }

  // One pass of the equations; the largest change of a p(t|x).
  double iterate(double beta) {
    const torch::Tensor log_y_given_t = p_y_given_t_.clamp_min(std::numeric_limits<double>::min()).log2();
    const torch::Tensor divergence = h_y_given_x_.unsqueeze(1) - source_.p_y_given_x.matmul(log_y_given_t.t());
    const torch::Tensor next =
        torch::softmax(p_t_.log() - beta * std::log(2.0) * divergence, 1);  // divergence is in bits
    const double change = (next - p_t_given_x_).abs().max().item<double>();
    p_t_given_x_ = next;
    update();
    return change;
  }

  double i_xt_bits() const {
    return std::max(0.0, entropy_bits(p_t_) + (source_.p_x * plogp(p_t_given_x_).sum(1)).sum().item<double>());
  }

  double i_ty_bits() const {
    const double h_y = entropy_bits(source_.p_x.unsqueeze(0).matmul(source_.p_y_given_x));
    return std::max(0.0, h_y + (p_t_ * plogp(p_y_given_t_).sum(1)).sum().item<double>());
  }

 private:
  // Computes p(t) and p(y|t); drops each t with probability 0.
  void update() {
    p_t_ = source_.p_x.unsqueeze(0).matmul(p_t_given_x_).squeeze(0);
    const torch::Tensor alive = (p_t_ > 1e-14).nonzero().squeeze(1);
    p_t_ = p_t_.index_select(0, alive);
    p_t_given_x_ = p_t_given_x_.index_select(1, alive);
    const torch::Tensor joint = (p_t_given_x_ * source_.p_x.unsqueeze(1)).t().matmul(source_.p_y_given_x);
    p_y_given_t_ = joint / p_t_.unsqueeze(1);
  }

  Source source_;
  torch::Tensor h_y_given_x_;  // sum_y p log2 p of each x
  torch::Tensor p_t_given_x_, p_t_, p_y_given_t_;
};

}  // namespace

std::vector<BottleneckPoint> information_bottleneck(const torch::Tensor& joint, const BottleneckOptions& options) {
  constexpr const char* kName = "information_bottleneck";
  require_tensor(joint.defined() && joint.dim() == 2, kName, "joint", "[X, Y]", joint);
  const torch::Tensor table = joint.to(torch::kCPU, torch::kFloat64);
  require_argument(
      table.isfinite().all().item<bool>() && table.ge(0).all().item<bool>() && table.sum().item<double>() > 0, kName,
      "every entry of joint must be finite and not negative, and one must be above 0");
  require_at_least(kName, "points", options.points, 2);
  require_at_least(kName, "iterations", options.iterations, 0);
  require_argument(options.largest_beta >= 1 && std::isfinite(options.largest_beta), kName,
                   "largest_beta must be at least 1 and finite");
  require_argument(options.tolerance >= 0, kName, "tolerance must be at least 0");
  const Source source = merged(table);
  const double h_x = entropy_bits(source.p_x);
  const double h_y = entropy_bits(source.p_x.unsqueeze(0).matmul(source.p_y_given_x));
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  if (source.p_y_given_x.amax(1).min().item<double>() == 1) {
    const double h_all = entropy_bits(table.sum(1) / table.sum());
    return {{0, 0, 0}, {1, h_y, h_y}, {kInfinite, h_all, h_y}};
  }
  Bottleneck bottleneck(source);
  std::vector<BottleneckPoint> curve = {{kInfinite, h_x, bottleneck.i_ty_bits()}};
  for (std::int64_t i = options.points - 1; i >= 0; --i) {
    const double beta =
        std::pow(options.largest_beta, static_cast<double>(i) / static_cast<double>(options.points - 1));
    for (std::int64_t n = 0; n < options.iterations && bottleneck.iterate(beta) > options.tolerance; ++n) {
    }
    curve.push_back({beta, bottleneck.i_xt_bits(), bottleneck.i_ty_bits()});
  }
  curve.push_back({0, 0, 0});
  std::reverse(curve.begin(), curve.end());
  return curve;
}

}  // namespace infoplane::estimators
