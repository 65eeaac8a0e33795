#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <infoplane/config.hpp>
#include <infoplane/error_list.hpp>
#include <infoplane/schema.hpp>

/// An options struct lists its fields once, in a function `Fields fields(Options&)` next to it:
///
///   struct StepOptions { double learning_rate = 0.01; };
///   Fields fields(StepOptions& o) {
///     return {field("learning_rate", o.learning_rate, "step size of gradient descent", positive())};
///   }
///
/// Four visitors walk that list: read_fields (YAML -> struct), write_fields (struct -> YAML), describe_fields (struct
/// -> reference page) and schema_fields (struct -> JSON schema, for editors).
namespace infoplane {

struct Field;
using Fields = std::vector<Field>;

/// A type-erased reference to a member of an options struct.
class Binding {
 public:
  virtual ~Binding() = default;
  /// Converts, checks and assigns. Throws UsageError "PLACE: PATH must be ..., got ...".
  virtual void read(const Node& node, const std::string& path) = 0;
  virtual Node write() const = 0;
  /// The allowed values, for people: "number, positive"; "one of tanh, relu".
  virtual std::string type() const = 0;
  /// The allowed values as keywords of JSON Schema (draft-07): {type: number, exclusiveMinimum: 0}; {enum: [tanh,
  /// relu]}.
  virtual Node schema() const = 0;
  /// The fields of a nested options struct; empty for a plain value.
  virtual Fields nested() const { return {}; }
};

/// One entry of an options struct: its key in YAML, one line of documentation, and the member.
struct Field {
  std::string name;
  std::string doc;
  std::shared_ptr<Binding> binding;
  bool required = false;
  std::vector<std::string> aliases = {};  ///< former keys, still read; describe_fields and schema_fields omit them
  std::string same_as = {};               ///< the field that it is another form of; write_fields omits it
};

/// A condition on a value; `text` completes "must be ...". `schema` is the part of it that JSON Schema can express, as
/// keywords to add to those of the type: {minimum: 0}, {minItems: 1, items: {minimum: 1}}.
template <class T>
struct Check {
  std::string text;
  std::function<bool(const T&)> holds;
  Node schema = {};
};

/// These throw std::invalid_argument if no value satisfies them: low > high, low >= high for an open end, NaN.
Check<double> positive();
Check<double> between(double low, double high);        ///< low <= x <= high
Check<double> above_below(double low, double high);    ///< low < x < high
Check<double> above_at_most(double low, double high);  ///< low < x <= high
Check<std::int64_t> at_least(std::int64_t low);
Check<std::int64_t> whole_between(std::int64_t low, std::int64_t high);  ///< low <= x <= high

/// A check of each value of a list, which must have at least `at_least` values.
template <class T>
Check<std::vector<T>> each(const std::string& text, const Check<T>& check, std::size_t at_least = 0);

/// 1 to 64 letters, digits, '_', '-' and '.', starting with a letter or digit: a text that can name a file or folder.
Check<std::string> file_name();

/// Thrown by a codec for a value that does not fit.
struct Misfit {
  std::string expected;   ///< completes "must be ...", with its article: "a whole number"
  std::string hint = {};  ///< follows the value: ", did you mean 'tanh'?"
};

/// How a type is written in YAML: static `T read(const Node&, const std::string& path)` (throws Misfit),
/// `Node write(const T&)`, `std::string type()` (without an article: "whole number") and, optionally, `Node schema()`,
/// without which editors accept any value. Provided: bool, std::int64_t, std::uint64_t, double, std::string,
/// std::vector<T>, and enums E that declare `EnumNames<E> names(E)`; specialize it for others. A quoted
/// value is text, never a number or a bool.
template <class T, class = void>
struct Codec;

/// The names of an enum's values in YAML, the default first.
template <class E>
using EnumNames = std::vector<std::pair<E, std::string>>;

/// Reader: assigns every field that the map names. Throws UsageError for a node that is not a map, an unknown key
/// (with a suggestion), a missing required key, two keys of one field (see alias), and whatever a field's binding
/// refuses; UsageErrors in the order of the file if there are several. `path` is the dotted path of the map itself, ""
/// at the top.
void read_fields(const Node& map, const std::string& path, const Fields& fields);

/// Writer: a map of all fields with their current values, in order.
Node write_fields(const Fields& fields);

/// Documenter: a line "name  (type, default X)  doc" per field in aligned columns, the fields of a nested options
/// struct below it, indented by two more. The default is the current value. A doc that would pass column 120 is on
/// lines of its own below. Throws std::invalid_argument for a negative indent.
std::string describe_fields(const Fields& fields, int indent = 0);

/// Schema: an object that may have these fields and no others, with docs and defaults (the current values).
Node schema_fields(const Fields& fields);

/// "training" + "learning_rate" = "training.learning_rate"; an empty parent adds no dot.
std::string join_path(const std::string& parent, const std::string& key);

/// The value for an error: a number, a bool or a short list of scalars as it is, a text in quotes, else "a list", "a
/// map" or "nothing".
std::string shown(const Node& node);

/// "PLACE: PATH must be EXPECTED, got VALUE", followed by the hint.
UsageError misfit_error(const Node& node, const std::string& path, const Misfit& misfit);

/// `true` or `false`, nothing else.
template <>
struct Codec<bool> {
  static bool read(const Node& node, const std::string& path);
  static Node write(bool value);
  static std::string type() { return "true or false"; }
  static Node schema();
};

/// Decimal digits, with a leading '-' if negative: 010 is ten.
template <>
struct Codec<std::int64_t> {
  static std::int64_t read(const Node& node, const std::string& path);
  static Node write(std::int64_t value);
  static std::string type() { return "whole number"; }
  static Node schema();
};

template <>
struct Codec<std::uint64_t> {
  static std::uint64_t read(const Node& node, const std::string& path);
  static Node write(std::uint64_t value);
  static std::string type() { return "whole number from 0"; }
  static Node schema();
};

/// A finite decimal number: 0.01, -3, 1e-5. Written with the fewest digits that read back to the same double.
template <>
struct Codec<double> {
  static double read(const Node& node, const std::string& path);
  static Node write(double value);
  static std::string type() { return "number"; }
  static Node schema();
};

/// Any scalar, unchanged. Written in quotes if it could be read as a number, a bool, a date or null.
template <>
struct Codec<std::string> {
  static std::string read(const Node& node, const std::string& path);
  static Node write(const std::string& value);
  static std::string type() { return "text"; }
  static Node schema();
};

template <class E>
struct Codec<E, std::enable_if_t<std::is_enum_v<E>>> {
  static E read(const Node& node, const std::string& path);
  static Node write(E value);
  static std::string type();
  static Node schema();
};

template <class T>
struct Codec<std::vector<T>> {
  static std::vector<T> read(const Node& node, const std::string& path);
  static Node write(const std::vector<T>& values);
  static std::string type() { return "list of (" + Codec<T>::type() + ")"; }
  static Node schema();
};

/// A field of any type that has a Codec.
template <class T>
Field field(std::string name, T& member, std::string doc, Check<T> check = {});

/// A nested options struct, itself with `fields(Options&)`.
template <class Options>
Field group(std::string name, Options& member, std::string doc);

/// The same if the list of fields needs more than the struct, such as a registry.
template <class Options, class List>
Field group(std::string name, Options& member, std::string doc, List list);

/// The same field, but the config must name it.
Field required(Field field);

/// The same field, which a config may also give under a former name: `alias(field("neighbors", ...), "neighbours")`.
/// A map with both names is an error: "PLACE: 'neighbours' and 'neighbors' are the same key; give only one".
Field alias(Field field, std::string former);

/// A field whose binding sets the member of the field `same_as` in another form; only that one is written. A map with
/// both is an error: "PLACE: 'model.dropout' and 'model.keep_probability' set the same option; give only one".
Field other_form(Field field, std::string same_as);

/// The tree that write_fields wrote, with the first names of renamed keys and values: for digests, which a new name
/// must not change.
Node with_former_names(Node node);

}  // namespace infoplane

#include <infoplane/fields_impl.hpp>
