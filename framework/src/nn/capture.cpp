#include <infoplane/capture.hpp>

#include <algorithm>

#include <c10/util/Exception.h>
#include <torch/nn/module.h>

#include <infoplane/error.hpp>

#include "base/reason_of.hpp"
#include "base/tensor_arguments.hpp"
#include "nn/eval_mode.hpp"
#include "nn/named_points.hpp"
#include "nn/recorded_tensor.hpp"

namespace infoplane {
namespace {

// What fired in one pass, in order.
struct Firing {
  std::size_t point;
  RecordedTensor tensor;
};

class Pass {
 public:
  explicit Pass(const std::vector<NamedPoint>& points) : points_(points), has_fired_(points.size()) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      handles_.push_back(points[i].point->register_forward_hook([this, i](const torch::Tensor& x) { record(i, x); }));
    }
  }

  std::vector<Firing> take(std::int64_t replicas, std::int64_t batch) {
    for (const Firing& firing : fired_) check(firing, replicas, batch);
    has_fired_.assign(points_.size(), false);
    return std::exchange(fired_, {});
  }

 private:
  void record(std::size_t i, const torch::Tensor& x) {
    if (has_fired_[i]) {
      throw Error("hook point '" + points_[i].name +
                  "' fired twice in one pass: use a HookPoint of its own for each place");
    }
    has_fired_[i] = true;
    fired_.push_back({i, RecordedTensor(x.detach())});
  }

  void check(const Firing& firing, std::int64_t replicas, std::int64_t batch) const {
    const std::string& name = points_[firing.point].name;
    firing.tensor.require_unchanged(name);
    const auto shape = firing.tensor.values.sizes();
    if (shape.size() < 2 || shape[0] != replicas || shape[1] != batch) {
      throw Error("hook point '" + name + "' recorded a tensor of " + c10::str(shape) + ", it must be [" +
                  std::to_string(replicas) + ", " + std::to_string(batch) + ", units]: replicas, samples, units");
    }
  }

  const std::vector<NamedPoint>& points_;
  std::vector<bool> has_fired_;
  std::vector<Firing> fired_;
  std::vector<HookHandle> handles_;
};

void require_same_order(const std::vector<Firing>& first, const std::vector<Firing>& now,
                        const std::vector<NamedPoint>& points) {
  const std::size_t count = std::max(first.size(), now.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (i < first.size() && i < now.size() && first[i].point == now[i].point) continue;
    const std::string& name = points[i < now.size() ? now[i].point : first[i].point].name;
    throw Error("hook point '" + name + "' did not fire in the same place in every batch: forward must pass its " +
                "hook points in one order for all inputs");
  }
}

// A module may also write a later batch over the tensor of an earlier one.
torch::Tensor joined(const std::string& name, const std::vector<RecordedTensor>& batches) {
  std::vector<torch::Tensor> values;
  for (const RecordedTensor& batch : batches) {
    batch.require_unchanged(name);
    values.push_back(batch.values.flatten(2));
  }
  return torch::cat(values, 1);
}

torch::Tensor forward(torch::nn::AnyModule& model, const torch::Tensor& inputs) {
  try {
    return model.forward<torch::Tensor>(inputs);
  } catch (const c10::Error& error) {
    throw Error("the model's forward() failed for inputs of " + c10::str(inputs.sizes()) + ": " + reason_of(error));
  }
}

}  // namespace

Activations capture(torch::nn::AnyModule& model, const torch::Tensor& inputs, std::int64_t batch_size) {
  require_argument(!model.is_empty(), "capture", "model must hold a module, got an empty AnyModule");
  require_tensor(inputs.defined() && inputs.dim() >= 3 && inputs.numel() > 0, "capture", "inputs",
                 "[R, N, D], not empty", inputs);
  require_at_least("capture", "batch_size", batch_size, 1);
  const auto module = model.ptr();
  const std::vector<NamedPoint> points = hook_points(*module);
  if (points.empty()) {
    throw Error("model '" + module->name() +
                "' has no hook point: register a HookPoint for each layer to observe and pass its output through it");
  }
  const torch::NoGradGuard no_grad;
  const EvalMode eval(module);
  Pass pass(points);
  std::vector<Firing> first;
  std::vector<std::vector<RecordedTensor>> recorded;  // by hook point and batch
  std::vector<torch::Tensor> outputs;
  for (std::int64_t start = 0; start < inputs.size(1); start += batch_size) {
    const torch::Tensor batch = inputs.narrow(1, start, std::min(batch_size, inputs.size(1) - start));
    outputs.push_back(forward(model, batch));
    std::vector<Firing> fired = pass.take(inputs.size(0), batch.size(1));
    if (start == 0) {
      first = fired;
      recorded.resize(fired.size());
    }
    require_same_order(first, fired, points);
    for (std::size_t i = 0; i < fired.size(); ++i) recorded[i].push_back(fired[i].tensor);
  }
  Activations activations;
  activations.outputs = torch::cat(outputs, 1);
  for (std::size_t i = 0; i < first.size(); ++i) {
    const NamedPoint& point = points[first[i].point];
    activations.layers.push_back({point.name, point.point->kind(), joined(point.name, recorded[i])});
  }
  return activations;
}

}  // namespace infoplane
