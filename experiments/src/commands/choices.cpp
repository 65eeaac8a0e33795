#include "commands/choices.hpp"

#include "config/config_parse.hpp"

namespace infoplane::experiments {

Node parse_value(const std::string& text, const std::string& option) {
  try {
    return parse_tree(text, {"command line"}, 1);  // one deep, in the list of choices
  } catch (const UsageError& error) {
    throw UsageError(std::string(error.what()) + " in " + option + " " + in_quotes(text));
  }
}

}  // namespace infoplane::experiments
