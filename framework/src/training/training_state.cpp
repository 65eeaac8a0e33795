#include "training/training_state.hpp"

#include <memory>
#include <set>
#include <type_traits>
#include <vector>

#include <c10/util/StringUtil.h>
#include <fmt/format.h>
#include <torch/optim/adam.h>
#include <torch/optim/sgd.h>

#include <infoplane/error.hpp>

#include "base/tensor_arguments.hpp"

namespace infoplane {
namespace {

using torch::optim::Optimizer;
using torch::optim::OptimizerParamState;
using States = std::decay_t<decltype(std::declval<Optimizer&>().state())>;

// LibTorch 1 keeps states under the address as text, LibTorch 2 under the address.
template <class Key = States::key_type>
Key key_of(const torch::Tensor& parameter) {
  if constexpr (std::is_same_v<Key, std::string>) {
    return c10::str(parameter.unsafeGetTensorImpl());
  } else {
    return parameter.unsafeGetTensorImpl();
  }
}

void require_like(const torch::Tensor& tensor, const torch::Tensor& like, const std::string& name) {
  if (tensor.defined() && tensor.sizes() == like.sizes() && tensor.scalar_type() == like.scalar_type()) return;
  throw UsageError(
      fmt::format("the tensor {} must be {}, got {}", in_quotes(name), described(like), described(tensor)));
}

// The tensors of one parameter's state, by field.
NamedTensors fields_of(const OptimizerParamState& state) {
  if (const auto* sgd = dynamic_cast<const torch::optim::SGDParamState*>(&state)) {
    return {{"momentum_buffer", sgd->momentum_buffer()}};
  }
  if (const auto* adam = dynamic_cast<const torch::optim::AdamParamState*>(&state)) {
    return {{"step", torch::scalar_tensor(adam->step(), torch::kInt64)},
            {"exp_avg", adam->exp_avg()},
            {"exp_avg_sq", adam->exp_avg_sq()}};
  }
  throw Error("a checkpoint can store the state of the optimizers SGD and Adam, this is another one");
}

// The fields that an optimizer of this kind keeps of every parameter.
std::vector<std::string> field_names(const Optimizer& optimizer) {
  if (dynamic_cast<const torch::optim::SGD*>(&optimizer) != nullptr) return {"momentum_buffer"};
  if (dynamic_cast<const torch::optim::Adam*>(&optimizer) != nullptr) return {"step", "exp_avg", "exp_avg_sq"};
  return {};
}

std::unique_ptr<OptimizerParamState> make_state(const Optimizer& optimizer, const NamedTensors& fields) {
  if (dynamic_cast<const torch::optim::SGD*>(&optimizer) != nullptr) {
    auto state = std::make_unique<torch::optim::SGDParamState>();
    state->momentum_buffer(fields.at("momentum_buffer"));
    return state;
  }
  auto state = std::make_unique<torch::optim::AdamParamState>();
  state->step(fields.at("step").item<std::int64_t>());
  state->exp_avg(fields.at("exp_avg"));
  state->exp_avg_sq(fields.at("exp_avg_sq"));
  return state;
}

// The parameter's fields out of `tensors`: all of them, or none where it had no step yet.
NamedTensors take_fields(const Optimizer& optimizer, const std::string& name, const torch::Tensor& parameter,
                         const NamedTensors& tensors) {
  NamedTensors fields;
  const torch::Tensor step = torch::scalar_tensor(0, torch::kInt64);
  for (const std::string& field : field_names(optimizer)) {
    const auto found = tensors.find(name + "." + field);
    if (found == tensors.end()) continue;
    require_like(found->second, field == "step" ? step : parameter, found->first);
    fields[field] = found->second.to(parameter.device()).clone();
  }
  if (fields.empty() || fields.size() == field_names(optimizer).size()) return fields;
  throw UsageError("the optimizer's tensors of " + in_quotes(name) + " are incomplete");
}

}  // namespace

NamedTensors model_tensors(const torch::nn::Module& model) {
  NamedTensors tensors;
  for (const auto& item : model.named_parameters()) tensors[item.key()] = item.value();
  for (const auto& item : model.named_buffers()) tensors[item.key()] = item.value();
  return tensors;
}

void require_model_tensors(const torch::nn::Module& model, const NamedTensors& tensors) {
  const NamedTensors own = model_tensors(model);
  for (const auto& [name, tensor] : own) {
    const auto found = tensors.find(name);
    if (found == tensors.end()) throw UsageError("the tensor " + in_quotes(name) + " is missing");
    require_like(found->second, tensor, name);
  }
  for (const auto& [name, tensor] : tensors) {
    if (own.count(name) == 0) throw UsageError("unknown tensor " + in_quotes(name));
  }
}

void copy_model_tensors(torch::nn::Module& model, const NamedTensors& tensors) {
  const torch::NoGradGuard no_grad;
  for (auto& [name, tensor] : model_tensors(model)) torch::Tensor(tensor).copy_(tensors.at(name));
}

NamedTensors optimizer_tensors(const Optimizer& optimizer, const torch::nn::Module& model) {
  NamedTensors tensors;
  for (const auto& item : model.named_parameters()) {
    const auto state = optimizer.state().find(key_of(item.value()));
    if (state == optimizer.state().end()) continue;
    for (const auto& [field, tensor] : fields_of(*state->second)) tensors[item.key() + "." + field] = tensor;
  }
  return tensors;
}

void restore_optimizer_tensors(Optimizer& optimizer, const torch::nn::Module& model, const NamedTensors& tensors) {
  std::map<std::string, NamedTensors> restored;
  std::set<std::string> used;
  for (const auto& item : model.named_parameters()) {
    const NamedTensors fields = take_fields(optimizer, item.key(), item.value(), tensors);
    for (const auto& field : fields) used.insert(item.key() + "." + field.first);
    if (!fields.empty()) restored[item.key()] = fields;
  }
  for (const auto& [name, tensor] : tensors) {
    if (used.count(name) == 0) throw UsageError("unknown tensor " + in_quotes("optimizer." + name));
  }
  for (const auto& item : model.named_parameters()) {
    const auto fields = restored.find(item.key());
    if (fields != restored.end()) optimizer.state()[key_of(item.value())] = make_state(optimizer, fields->second);
  }
}

}  // namespace infoplane
