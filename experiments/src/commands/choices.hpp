#pragma once

#include <string>
#include <vector>

#include <infoplane/registry.hpp>

namespace infoplane::experiments {

/// A YAML value given on the command line to `option`. Throws UsageError "command line: WHAT in OPTION 'TEXT'".
Node parse_value(const std::string& text, const std::string& option);

/// Choices given on the command line, one YAML value each, read as a config's list of them.
template <class Signature>
std::vector<Choice<Signature>> read_choices(const std::vector<std::string>& texts, const std::string& option,
                                            const Registry<Signature>& registry) {
  Node list = Node::of_list({});
  list.place = {"command line", 0, 0};
  for (const std::string& text : texts) list.items.push_back(parse_value(text, option));
  std::vector<Choice<Signature>> read;
  choices(option, read, registry, "").binding->read(list, option);
  return read;
}

}  // namespace infoplane::experiments
