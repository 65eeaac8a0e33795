#pragma once

// The templates of fields.hpp; include that header, not this one.

#include <algorithm>

namespace infoplane {

/// The index of the node's text among the known names. Throws Misfit "one of a, b, c", with the nearest name as its
/// hint.
std::size_t enum_index(const Node& node, const std::vector<std::string>& known);

/// "one of a, b, c".
std::string one_of(const std::vector<std::string>& known);

template <class T, class = void>
struct HasSchema : std::false_type {};
template <class T>
struct HasSchema<T, std::void_t<decltype(Codec<T>::schema())>> : std::true_type {};

/// The schema of the type's codec, no keywords if it has none.
template <class T>
Node codec_schema() {
  if constexpr (HasSchema<T>::value) return Codec<T>::schema();
  return keywords({});
}

template <class E>
std::vector<std::string> enum_texts() {
  std::vector<std::string> texts;
  for (const auto& [value, text] : names(E{})) texts.push_back(text);
  return texts;
}

template <class E>
E Codec<E, std::enable_if_t<std::is_enum_v<E>>>::read(const Node& node, const std::string&) {
  return names(E{})[enum_index(node, enum_texts<E>())].first;
}

template <class E>
Node Codec<E, std::enable_if_t<std::is_enum_v<E>>>::write(E wanted) {
  for (const auto& [value, text] : names(E{})) {
    if (value == wanted) return Node::of_scalar(text);
  }
  return {};
}

template <class E>
std::string Codec<E, std::enable_if_t<std::is_enum_v<E>>>::type() {
  return one_of(enum_texts<E>());
}

template <class E>
Node Codec<E, std::enable_if_t<std::is_enum_v<E>>>::schema() {
  return keywords({{"enum", text_list(enum_texts<E>())}});
}

template <class T>
Check<std::vector<T>> each(const std::string& text, const Check<T>& check, std::size_t at_least) {
  Node schema = keywords({{"items", check.schema}});
  if (at_least > 0) schema = joined(schema, keywords({{"minItems", Node::of_scalar(std::to_string(at_least))}}));
  const auto holds = [check, at_least](const std::vector<T>& values) {
    return values.size() >= at_least && std::all_of(values.begin(), values.end(), check.holds);
  };
  return {text, holds, schema};
}

template <class T>
std::vector<T> Codec<std::vector<T>>::read(const Node& node, const std::string& path) {
  if (node.kind != Node::Kind::list) throw Misfit{"a list"};
  std::vector<T> values;
  ErrorList errors;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const std::string item_path = path + "[" + std::to_string(i) + "]";
    try {
      errors.collect([&] { values.push_back(Codec<T>::read(node.items[i], item_path)); });
    } catch (const Misfit& misfit) {
      errors.add(misfit_error(node.items[i], item_path, misfit).what());
    }
  }
  errors.raise();
  return values;
}

template <class T>
Node Codec<std::vector<T>>::write(const std::vector<T>& values) {
  std::vector<Node> items;
  for (const T& value : values) items.push_back(Codec<T>::write(value));
  return Node::of_list(std::move(items));
}

template <class T>
Node Codec<std::vector<T>>::schema() {
  return keywords({{"type", Node::of_scalar("array", true)}, {"items", codec_schema<T>()}});
}

template <class T>
class ValueBinding : public Binding {
 public:
  ValueBinding(T& member, Check<T> check) : member_(member), check_(std::move(check)) {}

  void read(const Node& node, const std::string& path) override {
    try {
      T value = Codec<T>::read(node, path);
      if (check_.holds && !check_.holds(value)) throw Misfit{check_.text};
      member_ = std::move(value);
    } catch (const Misfit& misfit) {
      throw misfit_error(node, path, misfit);
    }
  }
  Node write() const override { return Codec<T>::write(member_); }
  std::string type() const override { return check_.holds ? Codec<T>::type() + ", " + check_.text : Codec<T>::type(); }
  Node schema() const override { return joined(codec_schema<T>(), check_.schema); }

 private:
  T& member_;
  Check<T> check_;
};

class GroupBinding : public Binding {
 public:
  explicit GroupBinding(Fields fields) : fields_(std::move(fields)) {}

  void read(const Node& node, const std::string& path) override { read_fields(node, path, fields_); }
  Node write() const override { return write_fields(fields_); }
  std::string type() const override { return "map"; }
  Node schema() const override { return schema_fields(fields_); }
  Fields nested() const override { return fields_; }

 private:
  Fields fields_;
};

template <class T>
Field field(std::string name, T& member, std::string doc, Check<T> check) {
  return {std::move(name), std::move(doc), std::make_shared<ValueBinding<T>>(member, std::move(check))};
}

template <class Options>
Field group(std::string name, Options& member, std::string doc) {
  return group(std::move(name), member, std::move(doc), [](Options& o) { return fields(o); });
}

template <class Options, class List>
Field group(std::string name, Options& member, std::string doc, List list) {
  return {std::move(name), std::move(doc), std::make_shared<GroupBinding>(list(member))};
}

}  // namespace infoplane
