#pragma once

#include <string>
#include <vector>

#include <infoplane/registry.hpp>

namespace infoplane::experiments {

/// Choices written in YAML on the command line, a text each, as a config lists them.
template <class Signature>
std::vector<Choice<Signature>> read_choices(const std::vector<std::string>& texts, const std::string& option,
                                            const Registry<Signature>& registry) {
  Node list = Node::of_list({});
  list.place = {"command line", 0, 0};
  for (const std::string& text : texts) {
    Node holder = Node::of_map({});
    set_value(holder, "choice=" + text);
    list.items.push_back(*holder.find("choice"));
  }
  std::vector<Choice<Signature>> read;
  choices(option, read, registry, "").binding->read(list, option);
  return read;
}

}  // namespace infoplane::experiments
