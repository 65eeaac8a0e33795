#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/error.hpp>

namespace infoplane {

/// Where a value of a config was written. Lines and columns count from 1; line 0 means that the
/// source has no lines, as the command line.
struct Place {
  std::string source;
  int line = 0;
  int column = 0;

  /// "iris.yaml:3:18", or only the source where there is no line.
  std::string text() const;
};

/// A config as a tree of values that remember their places. Scalars stay text until a field reads them.
struct Node {
  enum class Kind { null, scalar, list, map };
  struct Entry;

  Kind kind = Kind::null;
  std::string scalar;          ///< of a scalar: its text, unquoted
  bool quoted = false;         ///< of a scalar: written in quotes, so never a number or a bool
  std::vector<Node> items;     ///< of a list
  std::vector<Entry> entries;  ///< of a map, in the order of the file
  Place place;

  static Node of_scalar(std::string text, bool quoted = false);
  static Node of_list(std::vector<Node> items);
  static Node of_map(std::vector<Entry> entries);

  /// The value of `key` in a map; nullptr where the key is absent or this is no map.
  const Node* find(const std::string& key) const;
  Node* find(const std::string& key);
};

struct Node::Entry {
  std::string key;
  Place place;
  Node value;
};

/// Parses one YAML document of at most 1 MiB of UTF-8. `source` stands in the places and errors; columns count bytes.
/// A value left out after its key is null, at the key's place.
/// Throws UsageError, with source:line:column, for: a syntax error, an empty document, a top level
/// that is no map, a duplicate key, a key that is no scalar or longer than 1024 bytes, an anchor, alias, tag or merge
/// key (a config is readable alone and from top to bottom), nesting deeper than 32, a second document, a NUL byte
/// (escaped in quotes or not) or other control character.
Node parse_yaml(const std::string& text, const std::string& source);

/// Reads and parses the file. Throws UsageError also where it is missing, a folder, unreadable or above 1 MiB.
Node load_yaml(const std::filesystem::path& file);

/// Puts the value at the dotted path, "estimators.0.bins"; missing or null maps on the way are made, at `place`, and a
/// whole number is an index into a list. Throws UsageError, without a place, for an empty step, more than 32 of them,
/// an index outside the list and a step into a scalar.
void put(Node& root, const std::string& path, Node value, const Place& place);

/// Applies `--set`: "training.learning_rate=0.01" puts the value, itself YAML, at the dotted path, as put() does.
/// The place of what it puts is "command line". Throws UsageError for what put() refuses, a text without '=' and a
/// value that parse_yaml would refuse.
void set_value(Node& root, const std::string& assignment);

/// The tree as YAML text: two-space indentation, one key a line, lists of scalars in brackets.
/// parse_yaml(to_yaml(n)) equals n but for its places, and for quotes where a text can only be written in quotes.
std::string to_yaml(const Node& node);

/// The same on one line, lists in brackets and maps in braces, without a newline.
std::string to_inline_yaml(const Node& node);

}  // namespace infoplane
