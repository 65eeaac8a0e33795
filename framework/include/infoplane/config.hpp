#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/error.hpp>

namespace infoplane {

/// The place of a value in a config. Lines and columns count from 1; line 0 is for sources without lines, such as
/// the command line.
struct Place {
  std::string source;
  int line = 0;
  int column = 0;

  /// "iris.yaml:3:18", or only the source if there is no line.
  std::string text() const;
};

/// A config as a tree of values with their places. Scalars stay text until a field reads them.
struct Node {
  enum class Kind { null, scalar, list, map };
  struct Entry;

  Kind kind = Kind::null;
  std::string scalar;          ///< of a scalar: its text, unquoted
  bool quoted = false;         ///< of a scalar: written in quotes, so never a number or a bool
  std::vector<Node> items;     ///< of a list
  std::vector<Entry> entries;  ///< of a map, in the order of the file
  Place place;
  std::string short_form;  ///< of a map that put() made of a name: that name, as `mlp` of model.widths on `model: mlp`
  std::string former_key;  ///< of a value that write_fields wrote: its key's first name, if it was renamed
  std::string former_scalar;  ///< of a scalar that a codec wrote: its first spelling, if it was renamed

  static Node of_scalar(std::string text, bool quoted = false);
  static Node of_list(std::vector<Node> items);
  static Node of_map(std::vector<Entry> entries);

  /// The value of `key` in a map; nullptr if the key is absent or this is not a map.
  const Node* find(const std::string& key) const;
  Node* find(const std::string& key);
};

struct Node::Entry {
  std::string key;
  Place place;
  Node value;
};

/// Parses one YAML document of at most 1 MiB of UTF-8. Places and errors name `source`; columns count bytes. A value
/// missing after its key is null, at the key's place.
/// Throws UsageError, with source:line:column, for: a syntax error, an empty document, a top level
/// that is not a map, a duplicate key, a key that is not a scalar or longer than 1024 bytes, an anchor, alias, tag or
/// merge key (a config must be readable on its own and from top to bottom), nesting deeper than 32, a second document,
/// a NUL byte (escaped in quotes or not) or other control character.
Node parse_yaml(const std::string& text, const std::string& source);

/// Reads and parses the file. Also throws UsageError if it is missing, a folder, unreadable or larger than 1 MiB.
Node load_yaml(const std::filesystem::path& file);

/// Puts the value at the dotted path, "estimators.0.bins" or "estimators[0].bins"; creates missing or null maps on the
/// way, at `place`; a whole number is an index into a list. A path into a plain name, which may be the short form of a
/// map, makes it a map with that Node::short_form. Throws UsageError, without a place, for an empty step, more than 32
/// steps, an index outside the list and a step into another scalar.
void put(Node& root, const std::string& path, Node value, const Place& place);

/// Applies `--set`: "training.learning_rate=0.01" puts the value, itself YAML, at the dotted path, as put() does;
/// "estimators+=ksg" appends it to the list there, which is created if missing, and "model.widths+=[4, 1]" the items of
/// a list. The value's place is "command line". Returns the dotted path of what was put, "estimators.2" or, of several
/// appended items, that of the list. Throws UsageError as put() does, for a text without '=', for a value that
/// parse_yaml refuses and for an append to a value that is not a list.
std::string set_value(Node& root, const std::string& assignment);

/// The tree as YAML text: two-space indentation, one key per line, lists of scalars in brackets.
/// parse_yaml(to_yaml(n)) equals n except for its places, and for quotes around a text that requires them.
std::string to_yaml(const Node& node);

/// The same on one line, lists in brackets and maps in braces, without a newline.
std::string to_inline_yaml(const Node& node);

}  // namespace infoplane
