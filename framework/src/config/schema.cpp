#include <infoplane/schema.hpp>

#include <algorithm>
#include <limits>

#include <infoplane/registry.hpp>

namespace infoplane {
namespace {

Node text(const std::string& value) { return Node::of_scalar(value, true); }

Node of_type(const std::string& name) { return keywords({{"type", text(name)}}); }

// JSON has no infinity.
bool has_default(const Field& field, const Node& value) {
  if (field.required || value.kind == Node::Kind::null || !field.binding->nested().empty()) return false;
  return value.kind != Node::Kind::scalar || value.quoted ||
         (value.scalar != "inf" && value.scalar != "-inf" && value.scalar != "nan");
}

Node property(const Field& field) {
  Node schema = joined(keywords({{"description", text(field.doc)}}), field.binding->schema());
  const Node value = field.binding->write();
  if (has_default(field, value)) schema = joined(std::move(schema), keywords({{"default", value}}));
  return schema;
}

Node named_entry(const std::string& key, const EntrySchema& entry, bool renamed) {
  std::vector<std::pair<std::string, Node>> head{
      {key, keywords({{"const", text(entry.name)}, {"description", text(entry.doc)}})}};
  if (renamed) {
    head.emplace_back("name", joined(keywords({{"description", text("name in the results")}}),
                                     joined(Codec<std::string>::schema(), file_name().schema)));
  }
  Node schema = schema_fields(entry.options);
  Node* properties = schema.find("properties");
  *properties = joined(keywords(std::move(head)), *properties);
  Node* required = schema.find("required");
  if (required != nullptr) {
    required->items.insert(required->items.begin(), text(key));
  } else {
    schema = joined(std::move(schema), keywords({{"required", text_list({key})}}));
  }
  return joined(keywords({{"title", text(entry.name)}, {"description", text(entry.doc)}}), schema);
}

bool needs_options(const EntrySchema& entry) {
  return std::any_of(entry.options.begin(), entry.options.end(), [](const Field& field) { return field.required; });
}

}  // namespace

Node keywords(std::vector<std::pair<std::string, Node>> entries) {
  std::vector<Node::Entry> list;
  for (auto& [key, value] : entries) list.push_back({key, {}, std::move(value)});
  return Node::of_map(std::move(list));
}

Node text_list(const std::vector<std::string>& texts) {
  std::vector<Node> items;
  for (const std::string& item : texts) items.push_back(text(item));
  return Node::of_list(std::move(items));
}

Node joined(Node schema, const Node& more) {
  for (const Node::Entry& entry : more.entries) {
    Node* same = schema.find(entry.key);
    if (same == nullptr) {
      schema.entries.push_back(entry);
    } else if (same->kind == Node::Kind::map && entry.value.kind == Node::Kind::map) {
      *same = joined(*same, entry.value);
    } else {
      *same = entry.value;
    }
  }
  return schema;
}

Node schema_fields(const Fields& fields) {
  std::vector<std::pair<std::string, Node>> properties;
  std::vector<std::string> required;
  for (const Field& field : fields) {
    properties.emplace_back(field.name, property(field));
    if (field.required) required.push_back(field.name);
  }
  Node schema = joined(of_type("object"), keywords({{"properties", keywords(std::move(properties))},
                                                    {"additionalProperties", Node::of_scalar("false")}}));
  if (!required.empty()) schema = joined(std::move(schema), keywords({{"required", text_list(required)}}));
  return schema;
}

Node choice_schema(const std::string& key, const std::vector<EntrySchema>& entries, bool renamed) {
  std::vector<Node> forms;
  for (const EntrySchema& entry : entries) {
    if (needs_options(entry)) continue;
    forms.push_back(keywords({{"const", text(entry.name)}, {"description", text(entry.doc)}}));
  }
  for (const EntrySchema& entry : entries) forms.push_back(named_entry(key, entry, renamed));
  return keywords({{"oneOf", Node::of_list(std::move(forms))}});
}

Node Codec<bool>::schema() { return of_type("boolean"); }

Node Codec<std::int64_t>::schema() { return of_type("integer"); }

Node Codec<std::uint64_t>::schema() {
  return keywords({{"type", text("integer")},
                   {"minimum", Node::of_scalar("0")},
                   {"maximum", Node::of_scalar(std::to_string(std::numeric_limits<std::uint64_t>::max()))}});
}

Node Codec<double>::schema() { return of_type("number"); }

// Any scalar is a text, including `name: 2026`.
Node Codec<std::string>::schema() { return keywords({{"type", text_list({"string", "number", "boolean"})}}); }

}  // namespace infoplane
