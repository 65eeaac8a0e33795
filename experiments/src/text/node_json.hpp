#pragma once

#include <nlohmann/json.hpp>

#include <infoplane/config.hpp>

namespace infoplane::experiments {

/// The tree as JSON: an unquoted scalar is a number or a bool if JSON reads it as one, any other a string.
nlohmann::ordered_json json_of(const Node& node);

}  // namespace infoplane::experiments
