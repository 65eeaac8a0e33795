#include "reproduce/quick.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace infoplane::experiments {
namespace {

constexpr std::int64_t kPart = 40;
constexpr std::int64_t kLeastEpochs = 20;
constexpr std::int64_t kMostReplicas = 3;
constexpr std::int64_t kMostPoints = 30;
constexpr std::int64_t kMostChannels = 200;

Node* at(Node* node, std::initializer_list<const char*> path) {
  for (const char* key : path) node = node == nullptr ? nullptr : node->find(key);
  return node;
}

std::optional<std::int64_t> number(const Node* node) {
  if (node == nullptr || node->kind != Node::Kind::scalar) return {};
  std::int64_t value = 0;
  const std::string& text = node->scalar;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

void limit(Node* node, std::int64_t most) {
  if (const auto value = number(node); value && *value > most) node->scalar = std::to_string(most);
}

std::string shrunk(std::int64_t epoch, std::int64_t quick, std::int64_t all) {
  return std::to_string(epoch < 1 ? epoch : std::clamp<std::int64_t>(epoch * quick / all, 1, quick));
}

// Every number of an ascending list times quick / all, and at least 1; each once.
void shrink(Node* list, std::int64_t quick, std::int64_t all) {
  if (list == nullptr) return;
  for (Node& item : list->items) {
    if (const auto epoch = number(&item)) item.scalar = shrunk(*epoch, quick, all);
  }
  const auto is_same = [](const Node& a, const Node& b) { return a.scalar == b.scalar; };
  list->items.erase(std::unique(list->items.begin(), list->items.end(), is_same), list->items.end());
}

// The epochs of measurements.
void shrink_claim(Node& claim, std::int64_t quick, std::int64_t all) {
  for (const char* key : {"of", "than", "over", "with"}) {
    Node* const epoch = at(&claim, {key, "epoch"});
    if (const auto value = number(epoch)) epoch->scalar = shrunk(*value, quick, all);
  }
}

}  // namespace

void make_quick(Node& config) {
  limit(at(&config, {"replicas"}), kMostReplicas);
  limit(at(&config, {"observe", "schedule", "points"}), kMostPoints);
  limit(at(&config, {"dataset", "truth", "channels"}), kMostChannels);
  Node* const epochs = at(&config, {"training", "epochs"});
  const auto all = number(epochs);
  if (!all) return;
  const std::int64_t quick = std::min(*all, std::max(kLeastEpochs, *all / kPart));
  epochs->scalar = std::to_string(quick);
  shrink(at(&config, {"observe", "schedule", "epochs"}), quick, *all);
  shrink(at(&config, {"observe", "histograms", "epochs"}), quick, *all);
  if (Node* const figures = at(&config, {"figures"})) {
    for (Node& figure : figures->items) shrink(at(&figure, {"epochs"}), quick, *all);
  }
  if (Node* const claims = at(&config, {"claims"})) {
    for (Node& claim : claims->items) shrink_claim(claim, quick, *all);
  }
}

}  // namespace infoplane::experiments
