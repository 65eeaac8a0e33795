#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <infoplane/fields.hpp>

/// The names that YAML may use for one kind of thing, each with its options and its factory. A registry is a
/// value: the code that builds it lists its entries, one per line; nothing registers itself.
///
///   Registry<Dataset(std::uint64_t seed)> datasets("dataset");
///   datasets.add<TwelveBitOptions>("twelve_bit", make_twelve_bit, "all 4096 patterns of 12 bits");
namespace infoplane {

/// Throws std::invalid_argument.
[[noreturn]] void refuse_empty_choice();

/// Options without fields, for an entry without choices.
struct NoOptions {};
inline Fields fields(NoOptions&) { return {}; }

/// The options of one entry, type-erased: they can be listed, copied and, with arguments, turned into a product.
template <class Signature>
class Entry;

template <class Product, class... Args>
class Entry<Product(Args...)> {
 public:
  virtual ~Entry() = default;
  virtual std::unique_ptr<Entry> clone() const = 0;
  virtual Fields fields() = 0;
  virtual Product make(Args... args) const = 0;
};

/// An entry of a registry as chosen by a config: `{type: NAME, option: value, ...}`, or only NAME; `type` is the
/// registry's key(). Empty if default-constructed.
template <class Signature>
class Choice;

template <class Product, class... Args>
class Choice<Product(Args...)> {
 public:
  Choice() = default;
  Choice(std::string type, std::unique_ptr<Entry<Product(Args...)>> entry)
      : type_(std::move(type)), entry_(std::move(entry)) {}
  Choice(const Choice& other)
      : type_(other.type_), name_(other.name_), entry_(other.entry_ ? other.entry_->clone() : nullptr) {}
  Choice(Choice&&) noexcept = default;
  Choice& operator=(Choice other) {
    std::swap(type_, other.type_);
    std::swap(name_, other.name_);
    std::swap(entry_, other.entry_);
    return *this;
  }

  const std::string& type() const { return type_; }

  /// Its name in the results: the type unless a list of choices renamed it.
  const std::string& name() const { return name_.empty() ? type_ : name_; }
  void rename(std::string name) { name_ = std::move(name); }

  explicit operator bool() const { return entry_ != nullptr; }

  /// The fields of the chosen entry's options, bound to this choice.
  Fields fields() const { return entry_ ? entry_->fields() : Fields{}; }

  /// The factory's product for the options and the arguments. Throws std::invalid_argument if the choice is empty.
  Product operator()(Args... args) const {
    if (!entry_) refuse_empty_choice();
    return entry_->make(std::forward<Args>(args)...);
  }

 private:
  std::string type_;
  std::string name_;
  std::unique_ptr<Entry<Product(Args...)>> entry_;
};

template <class Signature>
class Registry;

template <class Product, class... Args>
class Registry<Product(Args...)> {
 public:
  using Signature = Product(Args...);

  /// `kind` names the things in errors and in `describe`: "dataset", "estimator". `key` is the key of the entry's name
  /// in a config: `{type: NAME, ...}`.
  explicit Registry(std::string kind, std::string key = "type") : kind_(std::move(kind)), key_(std::move(key)) {}

  /// Adds an entry with its options struct and its factory, `Product factory(const Options&, Args...)`.
  /// Throws std::invalid_argument for a name added twice, an empty name and a null factory.
  template <class Options, class Factory>
  void add(const std::string& name, Factory factory, std::string doc);

  const std::string& kind() const { return kind_; }
  const std::string& key() const { return key_; }
  std::vector<std::string> names() const;
  bool contains(const std::string& name) const;
  /// Throws UsageError(unknown(name)).
  const std::string& doc(const std::string& name) const { return find(name).doc; }

  /// "unknown dataset 'x', did you mean 'y'?".
  std::string unknown(const std::string& name) const;

  /// The named entry with its default options. Throws UsageError(unknown(name)).
  Choice<Signature> choose(const std::string& name) const;

 private:
  struct Item {
    std::string name;
    std::string doc;
    std::shared_ptr<const Entry<Signature>> entry;
  };
  const Item& find(const std::string& name) const;

  std::string kind_;
  std::string key_;
  std::vector<Item> items_;
};

/// A field that holds a choice from the registry, which must outlive the field. Throws UsageError
/// "PLACE: PATH: unknown dataset 'x', did you mean 'y'?" and whatever reading the options refuses.
template <class Signature>
Field choice(std::string name, Choice<Signature>& member, const Registry<Signature>& registry, std::string doc);

/// A field that holds a list of choices. Each may have `name: NAME` next to its key, used in results and file names
/// (see file_name). No two may have the same name.
template <class Signature>
Field choices(std::string name, std::vector<Choice<Signature>>& member, const Registry<Signature>& registry,
              std::string doc);

}  // namespace infoplane

#include <infoplane/registry_impl.hpp>
