#pragma once

#include <string>
#include <utility>
#include <vector>

#include <infoplane/config.hpp>

/// JSON Schema (draft-07) of configs, as trees whose scalars in quotes are JSON's texts.
namespace infoplane {

/// A map.
Node keywords(std::vector<std::pair<std::string, Node>> entries);

/// A list of texts.
Node text_list(const std::vector<std::string>& texts);

/// The keywords of both maps; where both have one, that of `more`, but maps are joined.
Node joined(Node schema, const Node& more);

}  // namespace infoplane
