#include "chain_descent.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cross_entropy.hpp"
#include "replica_kernels.hpp"

namespace infoplane {
namespace {

std::int64_t inputs_of(const ReplicaLink& link) { return link.linear->weight.size(2); }
std::int64_t units_of(const ReplicaLink& link) { return link.linear->weight.size(1); }

float* of_replica(const torch::Tensor& parameter, std::int64_t r) {
  return parameter.data_ptr<float>() + r * parameter.stride(0);
}

}  // namespace

ChainDescent::ChainDescent(std::vector<ReplicaLink> links, double learning_rate)
    : links_(std::move(links)), rate_(static_cast<float>(learning_rate)), layers_(links_.size()) {
  for (const ReplicaLink& link : links_) {
    const auto weights = static_cast<std::size_t>(inputs_of(link) * units_of(link));
    grad_weight_.resize(std::max(grad_weight_.size(), weights));
    grad_bias_.resize(std::max(grad_bias_.size(), static_cast<std::size_t>(units_of(link))));
  }
}

bool ChainDescent::is_observed() const {
  return std::any_of(links_.begin(), links_.end(), [](const ReplicaLink& link) { return link.point->is_observed(); });
}

void ChainDescent::reserve(std::int64_t batch) {
  if (batch <= reserved_) return;
  reserved_ = batch;
  x_.resize(inputs_of(links_[0]) * batch);
  labels_.resize(batch);
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

void ChainDescent::step(std::int64_t r, const Batch& batch, std::int64_t ahead) {
  reserve(batch.size);
  batch_ = batch.size;
  kernels::gather(batch.inputs, batch.index, x_.data(), inputs_of(links_[0]), batch.size);
  for (std::int64_t b = 0; b < batch.size; ++b) labels_[b] = batch.labels[batch.index[b]];
  forward(r, batch.size, ahead);
  cross_entropy_gradient(layers_.back().y.data(), labels_.data(), grad_y_.data(),
                         {units_of(links_.back()), batch.size});
  backward(r, batch.size);
}

bool ChainDescent::is_finite() const {
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
    if (!link.dropout.is_empty()) kernels::multiply(grad_y_.data(), layers_[l].mask.data(), grad_y_.data(), units * batch);
    float* const weight = of_replica(link.linear->weight, r);
    kernels::backward({input_of(l).data(), batch, weight, layers_[l].y.data(), grad_y_.data(), batch, dz_.data(),
                       l == 0 ? nullptr : grad_x_.data(), grad_weight_.data(), grad_bias_.data(), inputs, units, batch,
                       link.linear->options().activation, static_cast<float>(link.linear->options().slope)});
    kernels::add_scaled(weight, grad_weight_.data(), -rate_, units * inputs);
    kernels::add_scaled(of_replica(link.linear->bias, r), grad_bias_.data(), -rate_, units);
    std::swap(grad_y_, grad_x_);
  }
}

void ChainDescent::advance(std::int64_t steps) {
  for (ReplicaLink& link : links_) {
    if (!link.dropout.is_empty()) link.dropout->advance(steps);
  }
}

}  // namespace infoplane
