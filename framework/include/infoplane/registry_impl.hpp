#pragma once

// The templates of registry.hpp; include that header, not this one.

#include <algorithm>
#include <stdexcept>

namespace infoplane {

template <class Options, class Factory, class Signature>
class TypedEntry;

template <class Options, class Factory, class Product, class... Args>
class TypedEntry<Options, Factory, Product(Args...)> : public Entry<Product(Args...)> {
 public:
  explicit TypedEntry(Factory factory) : factory_(std::move(factory)) {}

  std::unique_ptr<Entry<Product(Args...)>> clone() const override { return std::make_unique<TypedEntry>(*this); }
  Fields fields() override {
    using infoplane::fields;
    return fields(options_);
  }
  Product make(Args... args) const override { return factory_(options_, std::forward<Args>(args)...); }

 private:
  Factory factory_;
  Options options_;
};

template <class Function>
bool is_null(const Function&) {
  return false;
}
template <class Result, class... Args>
bool is_null(Result (*function)(Args...)) {
  return function == nullptr;
}
template <class Signature>
bool is_null(const std::function<Signature>& function) {
  return function == nullptr;
}

template <class Product, class... Args>
template <class Options, class Factory>
void Registry<Product(Args...)>::add(const std::string& name, Factory factory, std::string doc) {
  const auto refuse = [](const std::string& what) { throw std::invalid_argument("Registry::add: " + what); };
  if (name.empty()) refuse("the name of a " + kind_ + " must not be empty");
  if (contains(name)) refuse(kind_ + " '" + name + "' was already added");
  if (is_null(factory)) refuse("the factory of " + kind_ + " '" + name + "' must not be null");
  items_.push_back(
      {name, std::move(doc), std::make_shared<TypedEntry<Options, Factory, Signature>>(std::move(factory))});
}

template <class Product, class... Args>
std::vector<std::string> Registry<Product(Args...)>::names() const {
  std::vector<std::string> names;
  for (const Item& item : items_) names.push_back(item.name);
  return names;
}

template <class Product, class... Args>
bool Registry<Product(Args...)>::contains(const std::string& name) const {
  const auto known = names();
  return std::find(known.begin(), known.end(), name) != known.end();
}

template <class Product, class... Args>
std::string Registry<Product(Args...)>::unknown(const std::string& name) const {
  return "unknown " + kind_ + " " + in_quotes(name) + suggestion(name, names());
}

template <class Product, class... Args>
auto Registry<Product(Args...)>::find(const std::string& name) const -> const Item& {
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const Item& item) { return item.name == name; });
  if (found != items_.end()) return *found;
  throw UsageError(unknown(name));
}

template <class Product, class... Args>
auto Registry<Product(Args...)>::choose(const std::string& name) const -> Choice<Signature> {
  return Choice<Signature>(name, find(name).entry->clone());
}

/// The name chosen by the node: the scalar itself, or the value of `key` in a map, else its short form. Throws
/// UsageError without one.
Node chosen_name(const Node& node, const std::string& key, const std::string& path);

/// The map without the `taken` keys, to be read as the options; an empty map for a scalar.
Node without_keys(const Node& node, const std::vector<std::string>& taken);

/// `{KEY: type, name: ..., options}`, or the type alone if there is nothing else.
Node choice_node(const std::string& key, const std::string& type, const std::string& name, Node options);

/// One of a registry's entries, for its JSON Schema.
struct EntrySchema {
  std::string name;
  std::string doc;
  Fields options;
};

/// One of the entries: a map with its name under `key`, its options, and `name: NAME` where it may be renamed; or the
/// name alone of an entry without required options.
Node choice_schema(const std::string& key, const std::vector<EntrySchema>& entries, bool renamed);

template <class Signature>
Node choice_schema(const Registry<Signature>& registry, bool renamed) {
  std::vector<EntrySchema> entries;
  std::vector<Choice<Signature>> choices;  // hold what the fields refer to
  for (const std::string& name : registry.names()) {
    choices.push_back(registry.choose(name));
    entries.push_back({name, registry.doc(name), choices.back().fields()});
  }
  return choice_schema(registry.key(), entries, renamed);
}

template <class Signature>
Choice<Signature> read_choice(const Node& node, const std::string& path, const Registry<Signature>& registry,
                              std::vector<std::string> taken = {}) {
  const Node type = chosen_name(node, registry.key(), path);
  if (!registry.contains(type.scalar)) {
    throw UsageError(type.place.text() + ": " + path + ": " + registry.unknown(type.scalar));
  }
  Choice<Signature> choice = registry.choose(type.scalar);
  taken.push_back(registry.key());
  read_fields(without_keys(node, taken), path, choice.fields());
  return choice;
}

template <class Signature>
class ChoiceBinding : public Binding {
 public:
  ChoiceBinding(Choice<Signature>& member, const Registry<Signature>& registry)
      : member_(member), registry_(registry) {}

  void read(const Node& node, const std::string& path) override { member_ = read_choice(node, path, registry_); }
  Node write() const override {
    return member_ ? choice_node(registry_.key(), member_.type(), "", write_fields(member_.fields())) : Node{};
  }
  std::string type() const override { return one_of(registry_.names()); }
  Node schema() const override { return choice_schema(registry_, false); }

 private:
  Choice<Signature>& member_;
  const Registry<Signature>& registry_;
};

template <class Signature>
class ChoicesBinding : public Binding {
 public:
  ChoicesBinding(std::vector<Choice<Signature>>& member, const Registry<Signature>& registry)
      : member_(member), registry_(registry) {}

  void read(const Node& node, const std::string& path) override {
    if (node.kind != Node::Kind::list) throw misfit_error(node, path, {"a list"});
    std::vector<Choice<Signature>> read;
    ErrorList errors;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const std::string item_path = path + "[" + std::to_string(i) + "]";
      errors.collect([&] { read.push_back(read_item(node.items[i], item_path, read)); });
    }
    errors.raise();
    member_ = std::move(read);
  }
  Node write() const override {
    std::vector<Node> items;
    for (const auto& choice : member_) {
      const std::string name = choice.name() == choice.type() ? "" : choice.name();
      items.push_back(choice_node(registry_.key(), choice.type(), name, write_fields(choice.fields())));
    }
    return Node::of_list(std::move(items));
  }
  std::string type() const override { return "list of (" + one_of(registry_.names()) + ")"; }
  Node schema() const override {
    return keywords({{"type", Node::of_scalar("array", true)}, {"items", choice_schema(registry_, true)}});
  }

 private:
  Choice<Signature> read_item(const Node& node, const std::string& path,
                              const std::vector<Choice<Signature>>& before) const {
    Choice<Signature> choice = read_choice(node, path, registry_, {"name"});
    const Node* name = node.find("name");
    if (name != nullptr) {
      std::string chosen;
      field("name", chosen, "", file_name()).binding->read(*name, path + ".name");
      choice.rename(chosen);
    }
    for (const auto& other : before) {
      if (other.name() != choice.name()) continue;
      throw UsageError((name != nullptr ? name->place : node.place).text() + ": " + path + ": a second " +
                       registry_.kind() + " named '" + choice.name() + "', give one of them another `name:`");
    }
    return choice;
  }

  std::vector<Choice<Signature>>& member_;
  const Registry<Signature>& registry_;
};

template <class Signature>
Field choice(std::string name, Choice<Signature>& member, const Registry<Signature>& registry, std::string doc) {
  return {std::move(name), std::move(doc), std::make_shared<ChoiceBinding<Signature>>(member, registry)};
}

template <class Signature>
Field choices(std::string name, std::vector<Choice<Signature>>& member, const Registry<Signature>& registry,
              std::string doc) {
  return {std::move(name), std::move(doc), std::make_shared<ChoicesBinding<Signature>>(member, registry)};
}

}  // namespace infoplane
