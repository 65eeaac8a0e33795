#include "config_parse.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <unordered_map>

namespace infoplane {
namespace {

[[noreturn]] void refuse(const Place& place, const std::string& what) { throw UsageError(place.text() + ": " + what); }

Place place_of(const Place& origin, const YAML::Mark& mark) {
  if (origin.line == 0) return origin;
  return {origin.source, mark.line + 1, mark.column + 1};
}

/// Builds the tree from the parser's events, so that nothing is expanded or dropped before it can be refused.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const Place& origin, int depth) : origin_(origin), depth_(depth) { root_.place = origin; }

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) refuse(place_of(origin_, mark), "a second document begins here; a config is one document");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    begin(mark, plain_tag, anchor);
    Node node;
    // The mark of a value left out is that of whatever follows it.
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
  /// yaml-cpp's tags of scalars that bear none themselves.
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
    if (anchor != YAML::NullAnchor) refuse(place, "anchors and aliases ('&', '*') have no place in a config");
    if (tag != plain_tag) refuse(place, "tags ('!') have no place in a config");
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
    if (key == "<<") refuse(place, "merge keys ('<<') have no place in a config");
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

/// The length of the well-formed UTF-8 sequence at `start` (RFC 3629), 0 where there is none.
std::size_t utf8_length(const std::string& text, std::size_t start) {
  const auto lead = static_cast<unsigned char>(text[start]);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t code = lead & (0x7Fu >> length);
  for (std::size_t i = start + 1; i < start + length; ++i) {
    const unsigned char byte = i < text.size() ? text[i] : 0;
    if ((byte & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte & 0x3Fu);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return overlong || surrogate || code > 0x10FFFF ? 0 : length;
}

/// Refuses what yaml-cpp would take for the end of the text or pass on as it is.
void check_bytes(const std::string& text, const Place& origin) {
  if (text.size() > max_config_bytes) throw UsageError(origin.source + ": larger than 1 MiB, no config");
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
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (status.type() == std::filesystem::file_type::not_found) throw UsageError(file.string() + ": no such file");
  if (std::filesystem::is_directory(status)) throw UsageError(file.string() + ": a folder, not a config file");
  std::ifstream in(file, std::ios::binary);
  std::string text(max_config_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) throw UsageError(file.string() + ": cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
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
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    refuse(place_of(origin, error.mark), error.msg);
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
