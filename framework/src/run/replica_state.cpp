#include "run/replica_state.hpp"

#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

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

// "0, 2 to 4".
std::string ranges_text(const std::set<std::int64_t>& numbers) {
  std::string text;
  for (auto first = numbers.begin(); first != numbers.end();) {
    auto last = first;
    while (std::next(last) != numbers.end() && *std::next(last) == *last + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", *first);
    if (last != first) text += fmt::format(" to {}", *last);
    first = std::next(last);
  }
  return text;
}

// Refuses the weights of ordinary modules if one of the replicas 0 .. count - 1, or a tensor of it, is missing; checked
// before the replicas are renumbered.
void require_numbered(const NamedTensors& all, std::int64_t count) {
  std::map<std::string, std::pair<NumberedName, std::set<std::int64_t>>> tensors;  // by the name of replica 0
  std::set<std::int64_t> replicas;
  for (const auto& [name, tensor] : all) {
    const auto own = numbered(name);
    if (!own || (own->head != "replicas." && own->head != "model.replicas.")) continue;
    auto& [number_name, numbers] = tensors[with_number(*own, 0)];
    number_name = *own;
    numbers.insert(own->replica);
    replicas.insert(own->replica);
  }
  for (std::int64_t r = 0; r < count && !replicas.empty(); ++r) {
    if (replicas.count(r) == 0) {
      throw UsageError(fmt::format("replica {} is missing, replicas 0 to {} are needed and {} are there", r, count - 1,
                                   ranges_text(replicas)));
    }
    for (const auto& [first, tensor] : tensors) {
      if (tensor.second.count(r) > 0) continue;
      throw UsageError("the tensor " + in_quotes(with_number(tensor.first, r)) + " is missing");
    }
  }
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
  require_numbered(all, replicas.first + replicas.count);
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
