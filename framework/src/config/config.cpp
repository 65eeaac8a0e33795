#include <infoplane/config.hpp>

#include <algorithm>
#include <charconv>
#include <regex>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include "config/config_parse.hpp"

namespace infoplane {
namespace {

// The steps of a path that can be put.
std::vector<std::string> require_steps(const std::string& path) {
  std::vector<std::string> steps = path_steps(path);
  if (std::find(steps.begin(), steps.end(), "") != steps.end()) throw UsageError("an empty step");
  if (steps.size() > max_config_depth) throw UsageError(fmt::format("more than {} steps", max_config_depth));
  return steps;
}

// Whether the scalar may name a registered type: `mlp` for {type: mlp}.
bool can_be_short_form(const Node& scalar) {
  const std::string& text = scalar.scalar;
  if (scalar.quoted || text.empty() || text == "true" || text == "false") return false;
  return (text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z');
}

Node& list_item(Node& list, const std::string& step) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (error == std::errc() && end == step.data() + step.size() && index < list.items.size()) return list.items[index];
  throw UsageError(fmt::format("{} is not an index into a list of {}", in_quotes(step), list.items.size()));
}

/// The value at `step` below `node`, created if missing.
Node& descend(Node& node, const std::string& step, const Place& place) {
  if (node.kind == Node::Kind::list) return list_item(node, step);
  if (node.kind == Node::Kind::scalar) {
    if (!can_be_short_form(node)) {
      throw UsageError("no " + in_quotes(step) + " inside the value " + in_quotes(node.scalar));
    }
    Node map = Node::of_map({});
    map.short_form = node.scalar;
    map.place = node.place;
    node = std::move(map);
  }
  if (node.kind == Node::Kind::null) {
    node.kind = Node::Kind::map;
    node.place = place;
  }
  if (Node* value = node.find(step)) return *value;
  node.entries.push_back({step, place, {}});
  return node.entries.back().value;
}

Node& reach(Node& root, const std::string& path, const Place& place) {
  Node* target = &root;
  for (const std::string& step : require_steps(path)) target = &descend(*target, step, place);
  return *target;
}

// Appends the value, or the items of a list. Returns the path of what was appended, of several that of the list.
std::string append(Node& root, const std::string& path, Node value, const Place& place) {
  Node& list = reach(root, path, place);
  if (list.kind == Node::Kind::null) {
    list = Node::of_list({});
    list.place = place;
  }
  if (list.kind != Node::Kind::list) throw UsageError("'+=' appends to a list, " + in_quotes(path) + " is not one");
  if (value.kind == Node::Kind::list) {
    for (Node& item : value.items) list.items.push_back(std::move(item));
    return dotted(path);
  }
  list.items.push_back(std::move(value));
  return fmt::format("{}.{}", dotted(path), list.items.size() - 1);
}

bool holds_scalars_only(const Node& list) {
  return std::all_of(list.items.begin(), list.items.end(),
                     [](const Node& item) { return item.kind == Node::Kind::scalar || item.kind == Node::Kind::null; });
}

void emit_text(YAML::Emitter& out, const std::string& text, bool quoted) {
  // yaml-cpp would write these without quotes, which is wrong; it quotes all others correctly.
  const bool misread = text.rfind("---", 0) == 0 || text.rfind("...", 0) == 0 || text.find('\r') != std::string::npos;
  if (quoted || misread) out << YAML::DoubleQuoted;
  out << text;
}

void emit(YAML::Emitter& out, const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      out << YAML::Null;
      break;
    case Node::Kind::scalar:
      emit_text(out, node.scalar, node.quoted);
      break;
    case Node::Kind::list:
      if (holds_scalars_only(node)) out << YAML::Flow;
      out << YAML::BeginSeq;
      for (const Node& item : node.items) emit(out, item);
      out << YAML::EndSeq;
      break;
    case Node::Kind::map:
      if (node.entries.empty()) out << YAML::Flow;
      out << YAML::BeginMap;
      for (const auto& [key, place, value] : node.entries) {
        out << YAML::Key;
        emit_text(out, key, false);
        out << YAML::Value;
        emit(out, value);
      }
      out << YAML::EndMap;
  }
}

}  // namespace

std::vector<std::string> path_steps(const std::string& path) {
  std::vector<std::string> steps;
  const std::string plain = dotted(path);
  for (std::size_t start = 0; start <= plain.size();) {
    const std::size_t end = std::min(plain.find('.', start), plain.size());
    steps.push_back(plain.substr(start, end - start));
    start = end + 1;
  }
  return steps;
}

const Node* value_at(const Node& root, const std::string& path) {
  const Node* node = &root;
  for (const std::string& step : path_steps(path)) {
    if (node == nullptr) break;
    const bool is_index = step.find_first_not_of("0123456789") == std::string::npos;
    const std::size_t index = is_index ? std::strtoull(step.c_str(), nullptr, 10) : 0;
    const bool is_item = node->kind == Node::Kind::list && is_index && index < node->items.size();
    node = is_item ? &node->items[index] : node->find(step);
  }
  return node;
}

std::string dotted(const std::string& path) {
  static const std::regex index("\\[(-?[0-9]+)\\]");
  return std::regex_replace(path, index, ".$1");
}

std::string Place::text() const { return line == 0 ? source : fmt::format("{}:{}:{}", source, line, column); }

Node Node::of_scalar(std::string text, bool quoted) {
  Node node;
  node.kind = Kind::scalar;
  node.scalar = std::move(text);
  node.quoted = quoted;
  return node;
}

Node Node::of_list(std::vector<Node> items) {
  Node node;
  node.kind = Kind::list;
  node.items = std::move(items);
  return node;
}

Node Node::of_map(std::vector<Entry> entries) {
  Node node;
  node.kind = Kind::map;
  node.entries = std::move(entries);
  return node;
}

const Node* Node::find(const std::string& key) const {
  const auto entry = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return entry == entries.end() ? nullptr : &entry->value;
}

Node* Node::find(const std::string& key) { return const_cast<Node*>(std::as_const(*this).find(key)); }

void put(Node& root, const std::string& path, Node value, const Place& place) {
  reach(root, path, place) = std::move(value);
}

std::string set_value(Node& root, const std::string& assignment) {
  const Place place{"command line"};
  const auto refuse = [&](const std::string& what) { throw UsageError(what + " in --set " + in_quotes(assignment)); };
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos) refuse(place.source + ": no '=' between path and value");
  const bool appends = equals > 0 && assignment[equals - 1] == '+';
  const std::string path = assignment.substr(0, appends ? equals - 1 : equals);
  Node value;
  try {
    const auto steps = 1 + std::count(path.begin(), path.end(), '.');
    value = parse_tree(assignment.substr(equals + 1), place, static_cast<int>(steps));
  } catch (const UsageError& error) {
    refuse(error.what());
  }
  try {
    if (appends) return append(root, path, std::move(value), place);
    put(root, path, std::move(value), place);
  } catch (const UsageError& error) {
    refuse(place.source + ": " + error.what());
  }
  return dotted(path);
}

std::string to_yaml(const Node& node) {
  YAML::Emitter out;
  emit(out, node);
  return std::string(out.c_str()) + "\n";
}

std::string to_inline_yaml(const Node& node) {
  YAML::Emitter out;
  out.SetSeqFormat(YAML::Flow);
  out.SetMapFormat(YAML::Flow);
  emit(out, node);
  return out.c_str();
}

}  // namespace infoplane
