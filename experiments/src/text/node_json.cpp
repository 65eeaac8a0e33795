#include "text/node_json.hpp"

#include "base/foreign_json.hpp"

namespace infoplane::experiments {
namespace {

using Json = nlohmann::ordered_json;

Json scalar_of(const Node& node) {
  if (node.quoted) return node.scalar;
  const Json value = parse_foreign<Json>(node.scalar);
  return value.is_number() || value.is_boolean() ? value : Json(node.scalar);
}

}  // namespace

Json json_of(const Node& node) {
  if (node.kind == Node::Kind::scalar) return scalar_of(node);
  if (node.kind == Node::Kind::list) {
    Json list = Json::array();
    for (const Node& item : node.items) list.push_back(json_of(item));
    return list;
  }
  if (node.kind == Node::Kind::null) return nullptr;
  Json object = Json::object();
  for (const auto& entry : node.entries) object[entry.key] = json_of(entry.value);
  return object;
}

}  // namespace infoplane::experiments
