#include "run/replica_state.hpp"

#include <charconv>
#include <map>
#include <optional>
#include <string>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane {
namespace {

// "model.replicas.7.fc.weight" as "model.replicas.", 7 and ".fc.weight".
struct NumberedName {
  std::string head;
  std::int64_t replica = 0;
  std::string tail;
};

std::optional<NumberedName> numbered(const std::string& name) {
  const std::string word = "replicas.";
  const std::size_t start_of_word = name.rfind(word, 0) == 0 ? 0 : name.find('.') + 1;
  if (name.compare(start_of_word, word.size(), word) != 0) return {};
  NumberedName parts{name.substr(0, start_of_word + word.size()), 0, ""};
  const char* const start = name.data() + parts.head.size();
  const auto [end, error] = std::from_chars(start, name.data() + name.size(), parts.replica);
  if (error != std::errc() || *end != '.') return {};
  parts.tail = end;
  return parts;
}

std::string with_number(const NumberedName& name, std::int64_t replica) {
  return name.head + std::to_string(replica) + name.tail;
}

}  // namespace

NamedTensors join_replicas(const std::vector<GroupState>& groups) {
  NamedTensors all;
  std::map<std::string, std::vector<torch::Tensor>> parts;
  for (const GroupState& group : groups) {
    for (const auto& [name, tensor] : group.tensors) {
      if (const auto own = numbered(name)) {
        all[with_number(*own, group.replicas.first + own->replica)] = tensor;
      } else if (tensor.dim() == 0) {
        all[name] = tensor;
      } else if (tensor.size(0) == group.replicas.count) {
        parts[name].push_back(tensor);
      } else {
        throw Error(fmt::format("the model's tensor {} of {} must have the {} replicas as its first dimension",
                                in_quotes(name), c10::str(tensor.sizes()), group.replicas.count));
      }
    }
  }
  for (const auto& [name, tensors] : parts) all[name] = torch::cat(tensors);
  return all;
}

NamedTensors of_replicas(const NamedTensors& all, const ReplicaRange& replicas) {
  NamedTensors part;
  for (const auto& [name, tensor] : all) {
    if (const auto own = numbered(name)) {
      const std::int64_t i = own->replica - replicas.first;
      if (i >= 0 && i < replicas.count) part[with_number(*own, i)] = tensor;
    } else if (tensor.dim() == 0) {
      part[name] = tensor;
    } else if (tensor.size(0) >= replicas.first + replicas.count) {
      part[name] = tensor.narrow(0, replicas.first, replicas.count);
    } else {
      throw UsageError(fmt::format("the tensor {} of {} must have {} replicas or more", in_quotes(name),
                                   c10::str(tensor.sizes()), replicas.first + replicas.count));
    }
  }
  return part;
}

std::vector<NamedTensors> parameters_by_replica(const torch::nn::Module& model, std::int64_t replicas) {
  std::vector<NamedTensors> result(replicas);
  for (const auto& parameter : model.named_parameters()) {
    const std::string& name = parameter.key();
    const torch::Tensor& tensor = parameter.value();
    if (const auto own = numbered(name)) {
      result[own->replica][own->tail.substr(1)] = tensor;
    } else {
      for (std::int64_t r = 0; r < replicas; ++r) result[r][name] = tensor[r];
    }
  }
  return result;
}

}  // namespace infoplane
