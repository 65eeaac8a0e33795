#pragma once

#include <string>
#include <vector>

#include <infoplane/registry.hpp>

namespace infoplane::experiments {

/// The value of `option` that is written in YAML on the command line. Throws UsageError "command line: WHAT in OPTION
/// 'TEXT'".
inline Node read_value(const std::string& text, const std::string& option) {
  const std::string assignment = "choice=" + text;
  Node holder = Node::of_map({});
  try {
    set_value(holder, assignment);
  } catch (const UsageError& error) {  // which names the assignment at its end, and nobody typed that
    const std::string what = error.what();
    const std::size_t end = what.size() - (" in --set " + in_quotes(assignment)).size();
    throw UsageError(what.substr(0, end) + " in " + option + " " + in_quotes(text));
  }
  return *holder.find("choice");
}

/// Choices written in YAML on the command line, a text each, as a config lists them.
template <class Signature>
std::vector<Choice<Signature>> read_choices(const std::vector<std::string>& texts, const std::string& option,
                                            const Registry<Signature>& registry) {
  Node list = Node::of_list({});
  list.place = {"command line", 0, 0};
  for (const std::string& text : texts) list.items.push_back(read_value(text, option));
  std::vector<Choice<Signature>> read;
  choices(option, read, registry, "").binding->read(list, option);
  return read;
}

}  // namespace infoplane::experiments
