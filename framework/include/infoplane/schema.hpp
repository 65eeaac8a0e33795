#pragma once

#include <string>
#include <utility>
#include <vector>

#include <infoplane/config.hpp>

/// JSON Schema (draft-07) of configs, as trees whose quoted scalars are JSON strings.
namespace infoplane {

/// A map.
Node keywords(std::vector<std::pair<std::string, Node>> entries);

/// A list of texts.
Node text_list(const std::vector<std::string>& texts);

/// The keywords of both maps; for one in both, that of `more`, except that maps are merged.
Node joined(Node schema, const Node& more);

}  // namespace infoplane
