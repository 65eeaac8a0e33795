#pragma once

#include <string>
#include <vector>

#include <infoplane/config.hpp>

namespace infoplane {

constexpr int max_config_depth = 32;
constexpr std::size_t max_config_bytes = std::size_t{1} << 20;

/// "estimators[0].bins" as "estimators.0.bins".
std::string dotted(const std::string& path);

/// "estimators.0.bins" or "estimators[0].bins" as its parts between dots, some of which may be empty.
std::vector<std::string> path_steps(const std::string& path);

/// The value at the dotted path, nullptr if there is none.
const Node* value_at(const Node& root, const std::string& path);

/// The tree of a YAML document of any kind, itself at depth `depth`; null for an empty document. An `origin` without a
/// line is the place of every node; otherwise lines are counted from it.
Node parse_tree(const std::string& text, const Place& origin, int depth = 0);

}  // namespace infoplane
