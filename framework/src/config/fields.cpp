#include <infoplane/fields.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/arguments.hpp"
#include "base/wrapped.hpp"

namespace infoplane {
namespace {

/// The whole text as a number, as std::from_chars reads it: decimal, independent of the locale.
template <class T>
std::errc parse_number(const std::string& text, T& value) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return stop == end ? error : std::errc::invalid_argument;
}

bool is_plain(const Node& node) { return node.kind == Node::Kind::scalar && !node.quoted; }

bool is_number(const std::string& text) {
  double value = 0;
  return parse_number(text, value) == std::errc() && std::isfinite(value);
}

bool is_number_or_bool(const std::string& text) { return text == "true" || text == "false" || is_number(text); }

/// For an expected number or bool that is quoted.
std::string hint_of_quotes(const Node& node) {
  return node.quoted && is_number_or_bool(node.scalar) ? ", in quotes, which makes it text: remove the quotes" : "";
}

template <class T>
T read_whole_number(const Node& node, const std::string& expected) {
  T value = 0;
  const std::errc error = is_plain(node) ? parse_number(node.scalar, value) : std::errc::invalid_argument;
  if (error == std::errc()) return value;
  if (error == std::errc::invalid_argument) throw Misfit{expected, hint_of_quotes(node)};
  throw Misfit{
      fmt::format("a whole number from {} to {}", std::numeric_limits<T>::min(), std::numeric_limits<T>::max())};
}

/// Whether a YAML reader, ours or another, could read the plain text as something other than text.
bool needs_quotes(std::string text) {
  static const std::array words = {"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"};
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  const bool is_word = std::find(words.begin(), words.end(), text) != words.end();
  return is_word || std::string("0123456789+-.=<").find(text[0]) != std::string::npos;
}

std::string shown_list(const Node& list) {
  constexpr std::size_t longest = 60;
  const bool is_flat =
      list.items.size() < longest &&
      std::all_of(
          list.items.begin(), list.items.end(), [](const Node& item) { return item.kind == Node::Kind::scalar; });
  const std::string text = is_flat ? to_inline_yaml(list) : "";
  return is_flat && text.size() <= longest ? printable(text) : "a list";
}

bool is_named(const Field& field, const std::string& key) {
  return key == field.name || std::find(field.aliases.begin(), field.aliases.end(), key) != field.aliases.end();
}

/// The first entry of the map for this field; nullptr without one.
const Node::Entry* find_entry(const Node& map, const Field& field) {
  const auto found = std::find_if(map.entries.begin(), map.entries.end(),
                                  [&](const Node::Entry& entry) { return is_named(field, entry.key); });
  return found == map.entries.end() ? nullptr : &*found;
}

void require_first(const Node& map, const std::string& path, const Field& field, const Node::Entry& entry) {
  const Node::Entry* const first = find_entry(map, field);
  if (first == &entry) return;
  const std::string& former = entry.key == field.name ? first->key : entry.key;
  throw UsageError(fmt::format("{}: '{}' and '{}' are the same key; give only one", entry.place.text(),
                               join_path(path, former), join_path(path, field.name)));
}

/// The paths of the key in a JSON Schema of fields; of the entries of a registry the first that has it counts.
void find_paths(const std::string& key, const Node& schema, const std::string& path, std::vector<std::string>& found) {
  if (const Node* const items = schema.find("items")) find_paths(key, *items, path + ".0", found);
  if (const Node* const forms = schema.find("oneOf")) {
    const std::size_t before = found.size();
    for (std::size_t i = 0; i < forms->items.size() && found.size() == before; ++i) {
      find_paths(key, forms->items[i], path, found);
    }
  }
  const Node* const properties = schema.find("properties");
  if (properties == nullptr) return;
  for (const Node::Entry& property : properties->entries) {
    const std::string inner = join_path(path, property.key);
    if (property.key == key) found.push_back(inner);
    find_paths(key, property.value, inner, found);
  }
}

/// The shortest paths of the key, at most three: "training.epochs"; "estimators.0.bins".
std::vector<std::string> paths_to(const std::string& key, const Node& schema, const std::string& path) {
  std::vector<std::string> found;
  find_paths(key, schema, path, found);
  const auto steps = [](const std::string& text) { return std::count(text.begin(), text.end(), '.'); };
  std::stable_sort(found.begin(), found.end(), [&](const auto& a, const auto& b) { return steps(a) < steps(b); });
  const auto end = std::find_if(found.begin(), found.begin() + std::min<std::ptrdiff_t>(3, found.size()),
                                [&](const std::string& text) { return steps(text) > steps(found[0]); });
  found.erase(end, found.end());
  return found;
}

void require_one_form(const Node& map, const std::string& path, const Field& field, const Node::Entry& entry) {
  const Node* const other = field.same_as.empty() ? nullptr : map.find(field.same_as);
  if (other == nullptr || (other->kind == Node::Kind::list && other->items.empty()))
    return;  // a list as written by default
  throw UsageError(fmt::format("{}: '{}' and '{}' set the same option; give only one", entry.place.text(),
                               join_path(path, field.name), join_path(path, field.same_as)));
}

UsageError unknown_key(const Node::Entry& entry, const std::string& path, const Fields& fields) {
  std::vector<std::string> known;
  for (const Field& field : fields) known.push_back(field.name);
  const std::vector<std::string> deeper = paths_to(entry.key, schema_fields(fields), path);
  return UsageError(entry.place.text() + ": unknown key " + in_quotes(join_path(path, entry.key)) +
                    (deeper.empty() ? suggestion(entry.key, known)
                                    : fmt::format(", did you mean '{}'?", fmt::join(deeper, "' or '"))));
}

/// "number, positive, default 0.01".
std::string type_and_default(const Field& field) {
  const std::string type = field.binding->type();
  if (field.required) return type + ", required";
  if (!field.same_as.empty()) return type;
  const Node value = field.binding->write();
  if (value.kind == Node::Kind::null || !field.binding->nested().empty()) return type;
  return type + ", default " + to_inline_yaml(value);
}

}  // namespace

void read_fields(const Node& map, const std::string& path, const Fields& fields) {
  if (map.kind != Node::Kind::map) throw misfit_error(map, path, {"a map"});
  ErrorList errors;
  for (const Field& field : fields) {
    if (!field.required || find_entry(map, field) != nullptr) continue;
    errors.add(map.place.text() + ": missing key '" + join_path(path, field.name) + "'");
  }
  for (const Node::Entry& entry : map.entries) {
    errors.collect([&] {
      const auto field =
          std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return is_named(f, entry.key); });
      if (field == fields.end()) throw unknown_key(entry, path, fields);
      require_first(map, path, *field, entry);
      require_one_form(map, path, *field, entry);
      field->binding->read(entry.value, join_path(path, entry.key));
    });
  }
  errors.raise();
}

Node write_fields(const Fields& fields) {
  std::vector<Node::Entry> entries;
  for (const Field& field : fields) {
    if (!field.same_as.empty()) continue;
    entries.push_back({field.name, {}, field.binding->write()});
    if (!field.aliases.empty()) entries.back().value.former_key = field.aliases.front();
  }
  return Node::of_map(std::move(entries));
}

std::string describe_fields(const Fields& fields, int indent) {
  require_at_least("describe_fields", "indent", indent, 0);
  constexpr std::size_t widest_column = 46;  // a wider type pushes its own documentation to the right
  std::size_t name_width = 0;
  std::size_t type_width = 0;
  for (const Field& field : fields) {
    name_width = std::max(name_width, field.name.size());
    const std::size_t width = type_and_default(field).size() + 2;
    if (width <= widest_column) type_width = std::max(type_width, width);
  }
  std::string text;
  for (const Field& field : fields) {
    const std::string head = fmt::format("{:{}}{:{}}  ", "", indent, field.name, name_width);
    const std::string type = "(" + type_and_default(field) + ")";
    const std::string line = fmt::format("{}{:{}}  {}", head, type, type_width, field.doc);
    if (line.size() <= text_width) {
      text += line + "\n";
    } else {
      text += wrapped(head, type) + wrapped(std::string(indent + 4, ' '), field.doc);
    }
    text += describe_fields(field.binding->nested(), indent + 2);
  }
  return text;
}

std::string join_path(const std::string& parent, const std::string& key) {
  return parent.empty() ? key : parent + "." + key;
}

std::string shown(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::list:
      return shown_list(node);
    case Node::Kind::map:
      return "a map";
    case Node::Kind::scalar:
      break;
  }
  return is_plain(node) && is_number_or_bool(node.scalar) ? node.scalar : in_quotes(node.scalar);
}

UsageError misfit_error(const Node& node, const std::string& path, const Misfit& misfit) {
  return UsageError(node.place.text() + ": " + path + " must be " + misfit.expected + ", got " + shown(node) +
                    misfit.hint);
}

Field required(Field field) {
  field.required = true;
  return field;
}

Field alias(Field field, std::string former) {
  field.aliases.push_back(std::move(former));
  return field;
}

Field other_form(Field field, std::string same_as) {
  field.same_as = std::move(same_as);
  return field;
}

Node with_former_names(Node node) {
  if (!node.former_scalar.empty()) node.scalar = node.former_scalar;
  for (Node& item : node.items) item = with_former_names(std::move(item));
  for (Node::Entry& entry : node.entries) {
    if (!entry.value.former_key.empty()) entry.key = entry.value.former_key;
    entry.value = with_former_names(std::move(entry.value));
  }
  return node;
}

std::string one_of(const std::vector<std::string>& known) { return fmt::format("one of {}", fmt::join(known, ", ")); }

std::size_t enum_index(const Node& node, const std::vector<std::string>& known) {
  const bool is_scalar = node.kind == Node::Kind::scalar;
  const auto found = is_scalar ? std::find(known.begin(), known.end(), node.scalar) : known.end();
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  const std::string meant = is_scalar ? nearest(node.scalar, known) : "";
  throw Misfit{one_of(known), meant.empty() ? "" : ", did you mean '" + meant + "'?"};
}

bool Codec<bool>::read(const Node& node, const std::string&) {
  if (is_plain(node) && node.scalar == "true") return true;
  if (is_plain(node) && node.scalar == "false") return false;
  throw Misfit{type(), hint_of_quotes(node)};
}

Node Codec<bool>::write(bool value) { return Node::of_scalar(value ? "true" : "false"); }

std::int64_t Codec<std::int64_t>::read(const Node& node, const std::string&) {
  return read_whole_number<std::int64_t>(node, "a " + type());
}

Node Codec<std::int64_t>::write(std::int64_t value) { return Node::of_scalar(fmt::to_string(value)); }

std::uint64_t Codec<std::uint64_t>::read(const Node& node, const std::string&) {
  return read_whole_number<std::uint64_t>(node, "a " + type());
}

Node Codec<std::uint64_t>::write(std::uint64_t value) { return Node::of_scalar(fmt::to_string(value)); }

double Codec<double>::read(const Node& node, const std::string&) {
  double value = 0;
  if (is_plain(node) && is_number(node.scalar) && parse_number(node.scalar, value) == std::errc()) return value;
  throw Misfit{"a finite " + type(), hint_of_quotes(node)};
}

Node Codec<double>::write(double value) { return Node::of_scalar(fmt::to_string(value)); }

std::string Codec<std::string>::read(const Node& node, const std::string&) {
  if (node.kind == Node::Kind::scalar) return node.scalar;
  throw Misfit{type()};
}

Node Codec<std::string>::write(const std::string& value) { return Node::of_scalar(value, needs_quotes(value)); }

}  // namespace infoplane
