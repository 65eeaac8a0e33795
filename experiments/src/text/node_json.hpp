#pragma once

#include <nlohmann/json.hpp>

#include <infoplane/config.hpp>

namespace infoplane::experiments {

/// The tree as JSON: what is in quotes is a text, else a number or a bool where JSON reads one.
nlohmann::ordered_json json_of(const Node& node);

}  // namespace infoplane::experiments
