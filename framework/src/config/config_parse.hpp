#pragma once

#include <infoplane/config.hpp>

namespace infoplane {

constexpr int max_config_depth = 32;
constexpr std::size_t max_config_bytes = std::size_t{1} << 20;

/// The tree of a YAML document of any kind, which itself lies `depth` steps deep; null for an empty document.
/// An `origin` without a line is the place of all that the text holds; else its lines are counted.
Node parse_tree(const std::string& text, const Place& origin, int depth = 0);

}  // namespace infoplane
