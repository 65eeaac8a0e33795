#include "runs/settings.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <infoplane/error.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::experiments {
namespace {

bool is_plain(const Node& node) { return node.kind == Node::Kind::scalar || node.kind == Node::Kind::null; }

void flatten(const Node& node, const std::string& path, Settings& settings) {
  const bool flat_list = node.kind == Node::Kind::list && std::all_of(node.items.begin(), node.items.end(), is_plain);
  if (is_plain(node) || flat_list) {
    settings.emplace_back(path, node);
    return;
  }
  for (const auto& entry : node.entries) flatten(entry.value, join_path(path, entry.key), settings);
  for (std::size_t i = 0; i < node.items.size(); ++i)
    flatten(node.items[i], join_path(path, std::to_string(i)), settings);
}

// An entry of a registry that has no options is written by its name alone: "model: net" is what "model.type: mlp" is
// elsewhere.
void name_choices_alike(std::vector<Settings>& experiments) {
  std::set<std::string> paths;
  for (const Settings& settings : experiments) {
    for (const auto& [path, value] : settings) paths.insert(path);
  }
  for (Settings& settings : experiments) {
    for (auto& [path, value] : settings) {
      if (paths.count(path + ".type") != 0) path += ".type";
    }
  }
}

// Whether it has a setting of the part that the path begins with: an estimate has no training.
bool has_part(const Settings& settings, const std::string& path) {
  const std::string part = path.substr(0, path.find('.'));
  return std::any_of(settings.begin(), settings.end(),
                     [&](const auto& setting) { return setting.first.substr(0, setting.first.find('.')) == part; });
}

// Equal for equal values; "" for none.
std::string text_of(const Node& node) { return node.kind == Node::Kind::null ? "" : to_inline_yaml(node); }

}  // namespace

Node with_current_keys(const Node& experiment, const Catalogue& catalogue) {
  try {
    return write_experiment(read_experiment(experiment, catalogue), catalogue);
  } catch (const Error&) {
    return experiment;
  }
}

Settings settings_of(const Node& experiment) {
  Settings settings;
  for (const auto& [key, place, value] : experiment.entries) {
    if (key != "name" && key != "figures" && key != "claims") flatten(value, key, settings);
  }
  return settings;
}

std::vector<Difference> differences(const std::vector<Settings>& experiments) {
  std::vector<Settings> alike = experiments;
  name_choices_alike(alike);
  std::vector<std::string> order;
  std::map<std::string, std::vector<Node>> values;
  for (std::size_t e = 0; e < alike.size(); ++e) {
    for (const auto& [path, value] : alike[e]) {
      const auto [found, is_new] = values.try_emplace(path, std::vector<Node>(alike.size()));
      if (is_new) order.push_back(path);
      found->second[e] = value;
    }
  }
  std::vector<Difference> found;
  for (const std::string& path : order) {
    const std::vector<Node>& of = values[path];
    std::set<std::string> different;
    for (std::size_t e = 0; e < of.size(); ++e) {
      if (has_part(alike[e], path)) different.insert(text_of(of[e]));
    }
    if (different.size() > 1) found.push_back({path, of});
  }
  return found;
}

}  // namespace infoplane::experiments
