#include <algorithm>
#include <cmath>
#include <typeinfo>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <torch/nn/module.h>
#include <torch/optim/sgd.h>

#include <infoplane/replica_chain.hpp>

#include "base/tensor_arguments.hpp"
#include "nn/replica_kernels.hpp"
#include "training/cross_entropy.hpp"
#include "training/descent.hpp"
#include "training/quadratic_cost.hpp"

namespace infoplane {
namespace {

using LossGradient = void(const float* z, const std::int64_t* y, float* gradient, const LogitsShape& shape);

std::int64_t inputs_of(const ReplicaLink& link) { return link.linear->weight.size(2); }
std::int64_t units_of(const ReplicaLink& link) { return link.linear->weight.size(1); }

float* of_replica(const torch::Tensor& parameter, std::int64_t r) {
  return parameter.data_ptr<float>() + r * parameter.stride(0);
}

// Whether the group contains each of the chain's weights, each with requires_grad.
bool holds(const torch::optim::OptimizerParamGroup& group, const std::vector<ReplicaLink>& links) {
  const auto is_trained = [&](const torch::Tensor& parameter) {
    const auto& all = group.params();
    return parameter.requires_grad() &&
           std::any_of(all.begin(), all.end(), [&](const torch::Tensor& p) { return p.is_same(parameter); });
  };
  return std::all_of(links.begin(), links.end(), [&](const ReplicaLink& link) {
    return is_trained(link.linear->weight) && is_trained(link.linear->bias);
  });
}

class ChainDescent : public Descent {
 public:
  ChainDescent(std::vector<ReplicaLink> links, torch::optim::Optimizer& optimizer, Loss loss);

  bool applies() const override;
  bool take(const Steps& steps) override;

 private:
  struct Layer {
    std::vector<float> y, mask, dropped;  // [O, B]; the last two where there is dropout
  };

  const torch::optim::SGDOptions& options() const {
    return static_cast<const torch::optim::SGDOptions&>(optimizer_.param_groups()[0].options());
  }
  void reserve(std::int64_t batch);
  // Step s of replica r, the `ahead`-th after those counted by its dropout.
  void step(std::int64_t r, const Steps& steps, std::int64_t s, std::int64_t ahead);
  void forward(std::int64_t r, std::int64_t batch, std::int64_t ahead);
  void begin_backward(std::int64_t r, const Steps& steps, const std::int64_t* index);
  void backward(std::int64_t r, std::int64_t batch);
  bool logits_are_finite() const;
  const std::vector<float>& input_of(std::size_t l) const;

  std::vector<ReplicaLink> links_;
  torch::optim::Optimizer& optimizer_;
  Loss loss_;
  float rate_ = 0;
  std::int64_t reserved_ = 0;
  std::int64_t batch_ = 0;  // samples of the last step
  std::vector<float> x_;    // [D, B]
  std::vector<Layer> layers_;
  std::vector<std::int64_t> labels_;
  std::vector<float> targets_;               // [1 or K, B]
  std::vector<float> grad_y_, grad_x_, dz_;  // [widest layer, B]
  std::vector<float> grad_weight_, grad_bias_;
};

ChainDescent::ChainDescent(std::vector<ReplicaLink> links, torch::optim::Optimizer& optimizer, Loss loss)
    : links_(std::move(links)), optimizer_(optimizer), loss_(loss), layers_(links_.size()) {
  for (const ReplicaLink& link : links_) {
    const auto weights = static_cast<std::size_t>(inputs_of(link) * units_of(link));
    grad_weight_.resize(std::max(grad_weight_.size(), weights));
    grad_bias_.resize(std::max(grad_bias_.size(), static_cast<std::size_t>(units_of(link))));
  }
}

bool ChainDescent::applies() const {
  const torch::optim::Optimizer& optimizer = optimizer_;
  if (typeid(optimizer) != typeid(torch::optim::SGD) || optimizer.param_groups().size() != 1) return false;
  if (options().momentum() != 0 || options().weight_decay() != 0) return false;
  const auto is_observed = [](const ReplicaLink& link) { return link.point->is_observed(); };
  return std::none_of(links_.begin(), links_.end(), is_observed) && holds(optimizer.param_groups()[0], links_);
}

// Replica by replica, so that its weights stay in the cache for all its steps.
bool ChainDescent::take(const Steps& steps) {
  rate_ = static_cast<float>(options().lr());
  bool finite = true;
  for (std::int64_t r = 0; r < steps.order.size(0); ++r) {
    for (std::int64_t s = steps.first; s < steps.end; ++s) step(r, steps, s, s - steps.first);
    finite = finite && logits_are_finite();
  }
  for (ReplicaLink& link : links_) {
    if (!link.dropout.is_empty()) link.dropout->advance(steps.end - steps.first);
  }
  return finite;
}

void ChainDescent::reserve(std::int64_t batch) {
  if (batch <= reserved_) return;
  reserved_ = batch;
  x_.resize(inputs_of(links_[0]) * batch);
  labels_.resize(batch);
  targets_.resize(units_of(links_.back()) * batch);
  std::int64_t widest = 0;
  for (std::size_t l = 0; l < links_.size(); ++l) {
    const std::int64_t units = units_of(links_[l]);
    widest = std::max({widest, units, l == 0 ? 0 : inputs_of(links_[l])});
    layers_[l].y.resize(units * batch);
    if (links_[l].dropout.is_empty()) continue;
    layers_[l].mask.resize(units * batch);
    layers_[l].dropped.resize(units * batch);
  }
  for (auto* buffer : {&grad_y_, &grad_x_, &dz_}) buffer->resize(widest * batch);
}

const std::vector<float>& ChainDescent::input_of(std::size_t l) const {
  if (l == 0) return x_;
  return links_[l - 1].dropout.is_empty() ? layers_[l - 1].y : layers_[l - 1].dropped;
}

void ChainDescent::step(std::int64_t r, const Steps& steps, std::int64_t s, std::int64_t ahead) {
  const std::int64_t samples = steps.order.size(1), start = s * steps.batch_size;
  const std::int64_t* index = steps.order.data_ptr<std::int64_t>() + r * samples + start;
  batch_ = std::min(steps.batch_size, samples - start);
  reserve(batch_);
  kernels::gather(steps.inputs.data_ptr<float>(), index, x_.data(), inputs_of(links_[0]), batch_);
  forward(r, batch_, ahead);
  begin_backward(r, steps, index);
  backward(r, batch_);
}

// The gradient with respect to the logits.
void ChainDescent::begin_backward(std::int64_t r, const Steps& steps, const std::int64_t* index) {
  const float* z = layers_.back().y.data();
  const LogitsShape shape{units_of(links_.back()), batch_};
  if (steps.targets.defined()) {
    kernels::gather(steps.targets.data_ptr<float>(), index, targets_.data(), shape.rows, batch_);
    return soft_cross_entropy_gradient(z, targets_.data(), grad_y_.data(), shape);
  }
  const std::int64_t* labels = steps.labels.data_ptr<std::int64_t>() + r * steps.labels.stride(0);
  for (std::int64_t b = 0; b < batch_; ++b) labels_[b] = labels[index[b]];
  const auto gradient =
      loss_ == Loss::quadratic ? static_cast<LossGradient*>(quadratic_gradient) : cross_entropy_gradient;
  gradient(z, labels_.data(), grad_y_.data(), shape);
}

bool ChainDescent::logits_are_finite() const {
  const float* z = layers_.back().y.data();
  return std::all_of(z, z + units_of(links_.back()) * batch_, [](float value) { return std::isfinite(value); });
}

void ChainDescent::forward(std::int64_t r, std::int64_t batch, std::int64_t ahead) {
  for (std::size_t l = 0; l < links_.size(); ++l) {
    ReplicaLink& link = links_[l];
    Layer& layer = layers_[l];
    kernels::forward({input_of(l).data(), batch, of_replica(link.linear->weight, r), of_replica(link.linear->bias, r),
                      layer.y.data(), inputs_of(link), units_of(link), batch, link.linear->options().activation,
                      static_cast<float>(link.linear->options().slope)});
    if (link.dropout.is_empty()) continue;
    link.dropout->mask(r, link.dropout->steps() + ahead, layer.mask.data(), units_of(link) * batch);
    kernels::multiply(layer.y.data(), layer.mask.data(), layer.dropped.data(), units_of(link) * batch);
  }
}

void ChainDescent::backward(std::int64_t r, std::int64_t batch) {
  for (std::size_t l = links_.size(); l-- > 0;) {
    ReplicaLink& link = links_[l];
    const std::int64_t inputs = inputs_of(link), units = units_of(link);
    if (!link.dropout.is_empty())
      kernels::multiply(grad_y_.data(), layers_[l].mask.data(), grad_y_.data(), units * batch);
    float* const weight = of_replica(link.linear->weight, r);
    kernels::backward({input_of(l).data(), batch, weight, layers_[l].y.data(), grad_y_.data(), batch, dz_.data(),
                       l == 0 ? nullptr : grad_x_.data(), grad_weight_.data(), grad_bias_.data(), inputs, units, batch,
                       link.linear->options().activation, static_cast<float>(link.linear->options().slope)});
    kernels::add_scaled(weight, grad_weight_.data(), -rate_, units * inputs);
    kernels::add_scaled(of_replica(link.linear->bias, r), grad_bias_.data(), -rate_, units);
    std::swap(grad_y_, grad_x_);
  }
}

// The steps take pointers to weights of these shapes.
void require_fitting(const std::vector<ReplicaLink>& links, const ModelShape& shape) {
  require_argument(!links.empty(), "ReplicaChain::chain", "there must be at least one layer");
  std::int64_t inputs = shape.inputs;
  for (std::size_t l = 0; l < links.size(); ++l) {
    require_argument(!links[l].linear.is_empty() && !links[l].point.is_empty(), "ReplicaChain::chain",
                     "every layer must have a ReplicaLinear and a HookPoint");
    const torch::Tensor &weight = links[l].linear->weight, &bias = links[l].linear->bias;
    const bool is_last = l + 1 == links.size();
    const std::int64_t units = is_last ? shape.outputs : weight.size(1);
    if (weight.size(0) != shape.replicas || weight.size(1) != units || weight.size(2) != inputs) {
      refuse_argument("ReplicaChain::chain", fmt::format("the weight of layer {} must be [{}, {}, {}], got {}", l,
                                                         shape.replicas, units, inputs, described(weight)));
    }
    if (bias.dim() != 2 || bias.size(0) != shape.replicas || bias.size(1) != units) {
      refuse_argument("ReplicaChain::chain", fmt::format("the bias of layer {} must be [{}, {}], got {}", l,
                                                         shape.replicas, units, described(bias)));
    }
    require_argument(!is_last || links[l].dropout.is_empty(), "ReplicaChain::chain",
                     "the last layer must not have dropout");
    inputs = units;
  }
}

}  // namespace

std::unique_ptr<Descent> chain_descent(const torch::nn::AnyModule& model, const ModelShape& shape,
                                       torch::optim::Optimizer& optimizer, Loss loss) {
  const auto chain = std::dynamic_pointer_cast<const ReplicaChain>(model.ptr());
  if (chain == nullptr) return nullptr;
  std::vector<ReplicaLink> links = chain->chain();
  require_fitting(links, shape);
  if (!links.front().linear->weight.is_cpu()) return nullptr;
  return std::make_unique<ChainDescent>(std::move(links), optimizer, loss);
}

}  // namespace infoplane
