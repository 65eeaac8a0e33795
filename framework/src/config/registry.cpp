#include <infoplane/registry.hpp>

#include <algorithm>

#include "base/arguments.hpp"

namespace infoplane {

void refuse_empty_choice() { refuse_argument("Choice::operator()", "nothing was chosen, the choice is empty"); }

Node chosen_name(const Node& node, const std::string& key, const std::string& path) {
  if (node.kind == Node::Kind::scalar) return node;
  if (node.kind != Node::Kind::map) throw misfit_error(node, path, {"a name or a map with its '" + key + "'"});
  const Node* name = node.find(key);
  if (name == nullptr && !node.short_form.empty()) {
    Node short_form = Node::of_scalar(node.short_form);
    short_form.place = node.place;
    return short_form;
  }
  if (name == nullptr) throw UsageError(node.place.text() + ": missing key '" + join_path(path, key) + "'");
  if (name->kind != Node::Kind::scalar) throw misfit_error(*name, join_path(path, key), {"a name"});
  return *name;
}

Node without_keys(const Node& node, const std::vector<std::string>& taken) {
  Node options = Node::of_map(node.entries);
  options.place = node.place;
  const auto is_taken = [&](const Node::Entry& entry) {
    return std::find(taken.begin(), taken.end(), entry.key) != taken.end();
  };
  options.entries.erase(std::remove_if(options.entries.begin(), options.entries.end(), is_taken),
                        options.entries.end());
  return options;
}

Node choice_node(const std::string& key, const std::string& type, const std::string& name, Node options) {
  if (name.empty() && options.entries.empty()) return Node::of_scalar(type);
  std::vector<Node::Entry> head{{key, {}, Node::of_scalar(type)}};
  if (!name.empty()) head.push_back({"name", {}, Codec<std::string>::write(name)});
  options.entries.insert(options.entries.begin(), head.begin(), head.end());
  return options;
}

}  // namespace infoplane
