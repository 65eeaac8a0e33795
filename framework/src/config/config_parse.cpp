#include "config/config_parse.hpp"

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "base/file.hpp"
#include "base/utf8.hpp"

namespace infoplane {
namespace {

[[noreturn]] void refuse(const Place& place, const std::string& what) { throw UsageError(place.text() + ": " + what); }

constexpr auto anchor_refusal = "anchors and aliases ('&', '*') are not allowed in a config";

Place place_of(const Place& origin, const YAML::Mark& mark) {
  if (origin.line == 0) return origin;
  return {origin.source, mark.line + 1, mark.column + 1};
}

/// Builds the tree from the parser's events, so that nothing is expanded or dropped before it can be rejected.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const Place& origin, int depth) : origin_(origin), depth_(depth) { root_.place = origin; }

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0)
      refuse(place_of(origin_, mark), "a second document starts here; a config must be one document");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    begin(mark, plain_tag, anchor);
    Node node;
    // The mark of a missing value is that of the following token.
    node.place = open_.empty() || !awaits_value() ? place_of(origin_, mark) : open_.back().node.entries.back().place;
    put(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { begin(mark, plain_tag, anchor); }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const Place place = begin(mark, tag == quoted_tag ? plain_tag : tag, anchor);
    if (value.find('\0') != std::string::npos) refuse(place, "a NUL byte in a text");
    if (!open_.empty() && open_.back().node.kind == Node::Kind::map && !awaits_value()) return put_key(value, place);
    Node node = Node::of_scalar(value, tag == quoted_tag);
    node.place = place;
    put(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::of_list({}), begin(mark, tag, anchor));
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::of_map({}), begin(mark, tag, anchor));
  }
  void OnMapEnd() override { close(); }

 private:
  /// yaml-cpp's tags of untagged scalars.
  static constexpr auto plain_tag = "?";
  static constexpr auto quoted_tag = "!";

  struct Open {
    Node node;
    bool awaits_value = false;
    std::unordered_map<std::string, int> lines;
  };

  bool awaits_value() const { return open_.back().awaits_value; }

  Place begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    const Place place = place_of(origin_, mark);
    if (anchor != YAML::NullAnchor) refuse(place, anchor_refusal);
    if (tag != plain_tag) refuse(place, "tags ('!') are not allowed in a config");
    return place;
  }

  void open(Node node, const Place& place) {
    if (depth_ + static_cast<int>(open_.size()) >= max_config_depth) {
      refuse(place, fmt::format("nested deeper than {}", max_config_depth));
    }
    node.place = place;
    open_.push_back({std::move(node), false, {}});
  }

  void close() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    put(std::move(node));
  }

  void put_key(const std::string& key, const Place& place) {
    if (key.size() > 1024) refuse(place, "a key longer than 1024 bytes");
    if (key == "<<") refuse(place, "merge keys ('<<') are not allowed in a config");
    Open& map = open_.back();
    const auto [first, is_new] = map.lines.emplace(key, place.line);
    if (!is_new) {
      const int line = first->second;
      refuse(place, "duplicate key " + in_quotes(key) + (line > 0 ? fmt::format(", first on line {}", line) : ""));
    }
    map.node.entries.push_back({key, place, {}});
    map.awaits_value = true;
  }

  void put(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Node::Kind::list) {
      parent.node.items.push_back(std::move(node));
      return;
    }
    if (!parent.awaits_value) refuse(node.place, "a key must be a text");
    parent.node.entries.back().value = std::move(node);
    parent.awaits_value = false;
  }

  const Place origin_;
  const int depth_;
  int documents_ = 0;
  Node root_;
  std::vector<Open> open_;
};

/// The end of the document; without it yaml-cpp treats the end of the text as a closing quote.
std::string end_of(const std::string& text) { return text.empty() || text.back() == '\n' ? "...\n" : "\n...\n"; }

/// The start of a line up to its first character that is neither a space nor a tab.
std::string indentation(const std::string& text, int line) {
  std::istringstream lines(text);
  std::string found;
  for (int i = 0; i <= line; ++i) std::getline(lines, found);
  return found.substr(0, found.find_first_not_of(" \t"));
}

/// yaml-cpp's message for a syntax error, reworded if it refers to internals.
std::string in_plain_words(const YAML::Exception& error, const std::string& text) {
  namespace msg = YAML::ErrorMsg;
  static const std::vector<std::pair<std::string, std::string>> words = {
      {msg::END_OF_SEQ_FLOW, "missing ']' or ',' before here"},
      {msg::END_OF_MAP_FLOW, "missing '}' or ',' before here"},
      {msg::END_OF_MAP, "neither a key nor indented like the keys above"},
      {msg::END_OF_SEQ, "neither a '-' nor indented like those above"},
      {msg::MAP_VALUE, "a ':' that follows no key; a text that holds ': ' must be in quotes"},
      {msg::UNKNOWN_TOKEN, "nothing can begin with this character; a text that does must be in quotes"},
      {msg::FLOW_END, "a bracket that closes nothing"},
      {msg::DOC_IN_SCALAR, "a quote is not closed up to here"},
      {msg::EOF_IN_SCALAR, "a quote is not closed up to here"},
      {msg::UNKNOWN_ANCHOR, anchor_refusal}};
  if (indentation(text, error.mark.line).find('\t') != std::string::npos) return "a tab in the indentation, use spaces";
  for (const auto& [start, plain] : words) {
    if (error.msg.rfind(start, 0) == 0) return plain;  // version 0.8 names an unknown anchor
  }
  return error.msg;
}

/// Rejects bytes that yaml-cpp would treat as the end of the text or pass on unchanged.
void check_bytes(const std::string& text, const Place& origin) {
  if (text.size() > max_config_bytes) throw UsageError(origin.source + ": larger than 1 MiB, not a config");
  YAML::Mark mark;
  for (std::size_t i = 0, length = 0; i < text.size(); i += length) {
    const auto byte = static_cast<unsigned char>(text[i]);
    length = utf8_length(text, i);
    if (length == 0) refuse(place_of(origin, mark), fmt::format("byte 0x{:02x} is not UTF-8", byte));
    if (byte == 0) refuse(place_of(origin, mark), "a NUL byte in a text");
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') {
      refuse(place_of(origin, mark), fmt::format("control character 0x{:02x} in a text", byte));
    }
    mark.column = byte == '\n' ? 0 : mark.column + static_cast<int>(length);
    mark.line += byte == '\n';
  }
}

std::string read_config_file(const std::filesystem::path& file) {
  if (std::error_code error; std::filesystem::is_directory(file, error)) {
    throw UsageError(file.string() + ": a folder, not a config file");
  }
  const InputFile input(file);
  return input.read(0, std::min(input.size(), max_config_bytes + 1));
}

std::string kind_text(Node::Kind kind) {
  if (kind == Node::Kind::null) return "nothing";
  return kind == Node::Kind::list ? "a list" : "one value";
}

}  // namespace

Node parse_tree(const std::string& text, const Place& origin, int depth) {
  check_bytes(text, origin);
  TreeBuilder builder(origin, depth);
  try {
    std::istringstream stream(text + end_of(text));
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    refuse(place_of(origin, error.mark), in_plain_words(error, text));
  }
  return builder.take();
}

Node parse_yaml(const std::string& text, const std::string& source) {
  Node root = parse_tree(text, {source, 1, 1});
  if (root.kind == Node::Kind::map) return root;
  refuse(root.place, "a config must be a map of keys to values, got " + kind_text(root.kind));
}

Node load_yaml(const std::filesystem::path& file) { return parse_yaml(read_config_file(file), file.string()); }

}  // namespace infoplane
