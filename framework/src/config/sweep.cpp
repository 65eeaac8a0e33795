#include "config/sweep.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/config_parse.hpp"

namespace infoplane {
namespace {

constexpr const char* kSweep = "sweep";
constexpr std::size_t kMostCombinations = 10000;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kCutName = 58;  // with a dash and a number of five digits it is of the longest

std::string last_step(const std::string& path) { return path_steps(path).back(); }

bool is_index(const std::string& step) { return step.find_first_not_of("0123456789") == std::string::npos; }

// The text of each path in a name.
std::vector<std::string> labels_of(const std::vector<Axis>& axes) {
  std::vector<std::string> labels;
  for (const Axis& axis : axes) {
    const std::string step = last_step(axis.path);
    const auto same = std::count_if(axes.begin(), axes.end(), [&](const Axis& a) { return last_step(a.path) == step; });
    labels.push_back(same > 1 || is_index(step) ? dotted(axis.path) : step);
  }
  return labels;
}

// The text of a value in a name; `number` is its index among the values.
std::string label_of(const Node& value, std::size_t number) {
  std::vector<std::string> items;
  switch (value.kind) {
    case Node::Kind::null:
      return "none";
    case Node::Kind::scalar:
      return value.scalar;
    case Node::Kind::list:
      for (std::size_t i = 0; i < value.items.size(); ++i) items.push_back(label_of(value.items[i], i + 1));
      return fmt::format("{}", fmt::join(items, "_"));
    default:
      const Node* const type = value.find("type");
      return type != nullptr ? label_of(*type, number) : std::to_string(number);
  }
}

// The text as a file name that is starting with a letter or digit.
std::string as_file_name(std::string text) {
  const std::string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  for (char& c : text) {
    if (letters.find(c) == std::string::npos && c != '.' && c != '-') c = '_';
  }
  return letters.find(text[0]) == std::string::npos ? "x" + text : text;
}

void name_by_what_varies(std::vector<Combination>& combinations) {
  std::set<std::string> names;
  bool fit = true;
  for (const Combination& c : combinations) fit = names.insert(c.name).second && c.name.size() <= kLongestName && fit;
  for (std::size_t i = 0; !fit && i < combinations.size(); ++i) {
    combinations[i].name = fmt::format("{}-{}", combinations[i].name.substr(0, kCutName), i + 1);
  }
}

// The path of what `--set` has put at this path or below it.
std::optional<std::string> set_within(const Node& node, const std::string& path) {
  if (node.place.line == 0) return path;
  std::optional<std::string> found;
  for (std::size_t i = 0; !found && i < node.items.size(); ++i)
    found = set_within(node.items[i], fmt::format("{}.{}", path, i));
  for (std::size_t i = 0; !found && i < node.entries.size(); ++i) {
    found = set_within(node.entries[i].value, join_path(path, node.entries[i].key));
  }
  return found;
}

void vary(Node& config, const Axis& axis, const Node& value) {
  const std::string where = axis.place.text() + ": ";
  const Node* const before = value_at(config, axis.path);
  if (const auto set = before != nullptr ? set_within(*before, axis.path) : std::nullopt) {
    throw UsageError(
        fmt::format("{}{} varies, so that --set cannot set {}", where, axis.path, *set == axis.path ? "it" : *set));
  }
  try {
    put(config, axis.path, value, axis.place);
  } catch (const UsageError& error) {
    throw UsageError(where + error.what() + " in " + in_quotes(axis.path));
  }
}

// The path with "00" as "0", and with a dot at its end, so that what is within it begins alike.
std::string canonical(const std::string& path) {
  std::string text;
  for (std::string step : path_steps(path)) {
    if (is_index(step)) step.erase(0, std::min(step.find_first_not_of('0'), step.size() - 1));
    text += step + ".";
  }
  return text;
}

// Of two values at one place the later would silently be the only one.
void require_apart(const std::vector<Axis>& axes) {
  for (const Axis& axis : axes) {
    for (const Axis& other : axes) {
      if (&axis == &other || canonical(axis.path).rfind(canonical(other.path), 0) != 0) continue;
      throw UsageError(fmt::format("{}: sweep: {} varies with {} already", axis.place.text(), axis.path, other.path));
    }
  }
}

// How many combinations there are. Throws UsageError for too many and for lists of several lengths in zip.
std::size_t count_of(const std::vector<Axis>& axes, bool zip, const Place& place) {
  std::size_t count = zip ? axes[0].values.size() : 1;
  for (const Axis& axis : axes) {
    const std::size_t values = axis.values.size();
    if (!zip) count = std::min(count * values, kMostCombinations + 1);
    if (zip && values != count) {
      throw UsageError(fmt::format("{}: sweep.zip: {} has {} values, {} has {}", axis.place.text(), axis.path, values,
                                   axes[0].path, count));
    }
  }
  if (count > kMostCombinations) {
    throw UsageError(fmt::format("{}: sweep has more than {} combinations", place.text(), kMostCombinations));
  }
  return count;
}

// Which value each axis has in the n-th combination.
std::vector<std::size_t> choice_of(std::size_t n, const std::vector<Axis>& axes, bool zip) {
  std::vector<std::size_t> choice(axes.size(), n);
  for (std::size_t a = axes.size(); !zip && a-- > 0; n /= axes[a].values.size()) choice[a] = n % axes[a].values.size();
  return choice;
}

Combination combine(const Node& base, const std::vector<Axis>& axes, const std::vector<std::size_t>& choice) {
  const std::vector<std::string> labels = labels_of(axes);
  Combination combination{"", {}, base};
  for (std::size_t a = 0; a < axes.size(); ++a) {
    const Node& value = axes[a].values[choice[a]];
    vary(combination.config, axes[a], value);
    combination.values.push_back(value.kind == Node::Kind::scalar ? value.scalar : to_inline_yaml(value));
    combination.name += (a > 0 ? "-" : "") + labels[a] + "_" + label_of(value, choice[a] + 1);
  }
  combination.name = as_file_name(combination.name);
  return combination;
}

}  // namespace

std::vector<Axis> Codec<std::vector<Axis>>::read(const Node& node, const std::string& path) {
  if (node.kind != Node::Kind::map) throw Misfit{"a " + type()};
  if (node.entries.empty()) throw UsageError(fmt::format("{}: {} has no paths", node.place.text(), path));
  std::vector<Axis> axes;
  for (const auto& [key, place, value] : node.entries) {
    const std::string where = fmt::format("{}: {}: ", place.text(), path);
    if (key == "name") throw UsageError(where + "name cannot vary, what varies names the runs");
    if (value.kind != Node::Kind::list)
      throw misfit_error(value, fmt::format("{}: {}", path, key), {"a list of values"});
    if (value.items.empty()) throw UsageError(where + key + " has no values");
    axes.push_back({key, place, value.items});
  }
  return axes;
}

Node Codec<std::vector<Axis>>::write(const std::vector<Axis>& axes) {
  std::vector<Node::Entry> entries;
  for (const Axis& axis : axes) entries.push_back({axis.path, axis.place, Node::of_list(axis.values)});
  return Node::of_map(std::move(entries));
}

Node Codec<std::vector<Axis>>::schema() {
  const auto text = [](const std::string& words) { return Node::of_scalar(words, true); };
  return keywords({{"type", text("object")},
                   {"minProperties", Node::of_scalar("1")},
                   {"propertyNames", keywords({{"not", keywords({{"const", text("name")}})}})},
                   {"additionalProperties", keywords({{"type", text("array")}, {"minItems", Node::of_scalar("1")}})}});
}

Fields fields(SweepOptions& o) {
  return {
      field("grid", o.grid, "every combination of the values"),
      field("zip", o.zip, "the first values together, the second, ..."),
  };
}

bool is_sweep(const Node& config) { return config.find(kSweep) != nullptr; }

Sweep read_sweep(const Node& config) {
  SweepOptions options;
  const Node& node = *config.find(kSweep);
  read_fields(node, kSweep, fields(options));
  if (options.grid.empty() == options.zip.empty()) {
    throw UsageError(node.place.text() + ": sweep must have one of grid and zip");
  }
  const bool zip = options.grid.empty();
  const std::vector<Axis>& axes = zip ? options.zip : options.grid;
  require_apart(axes);
  Node base = config;
  base.entries.erase(
      std::find_if(base.entries.begin(), base.entries.end(), [](const auto& e) { return e.key == kSweep; }));
  Sweep sweep;
  for (const Axis& axis : axes) sweep.paths.push_back(axis.path);
  const std::size_t count = count_of(axes, zip, node.place);
  for (std::size_t n = 0; n < count; ++n) sweep.combinations.push_back(combine(base, axes, choice_of(n, axes, zip)));
  name_by_what_varies(sweep.combinations);
  return sweep;
}

}  // namespace infoplane
