#include "commands/completion_words.hpp"

#include <algorithm>

#include <infoplane/estimators/calibration.hpp>

namespace infoplane::experiments {
namespace {

using Words = CompletionWords;

void add_word(std::vector<std::string>& words, const std::string& word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

// Adds the values to those of the path, which several entries of a registry may share.
void add_setting(const std::string& path, const std::vector<std::string>& values,
                 std::vector<Words::Setting>& settings) {
  const auto has_path = [&](const Words::Setting& setting) { return setting.path == path; };
  auto found = std::find_if(settings.begin(), settings.end(), has_path);
  if (found == settings.end()) found = settings.insert(settings.end(), {path, {}});
  for (const std::string& value : values) add_word(found->values, value);
}

void add_settings(const Node& schema, const std::string& path, std::vector<Words::Setting>& settings);

void add_properties(const Node& schema, const std::string& path, std::vector<Words::Setting>& settings) {
  for (const auto& [key, place, property] : schema.find("properties")->entries) {
    add_settings(property, join_path(path, key), settings);
  }
}

// The values of the alternatives of a `oneOf`, and the settings below those that are maps.
void add_forms(const Node& forms, const std::string& path, std::vector<Words::Setting>& settings) {
  add_setting(path, {}, settings);
  for (const Node& form : forms.items) {
    if (form.find("properties") != nullptr)
      add_properties(form, path, settings);
    else if (form.find("items") == nullptr)
      add_settings(form, path, settings);
  }
}

void add_settings(const Node& schema, const std::string& path, std::vector<Words::Setting>& settings) {
  if (const Node* forms = schema.find("oneOf")) return add_forms(*forms, path, settings);
  if (schema.find("properties") != nullptr) return add_properties(schema, path, settings);
  const Node* items = schema.find("items");
  if (items != nullptr && items->find("oneOf") != nullptr) {
    add_setting(path, {}, settings);
    return add_settings(*items, path + ".0", settings);
  }
  std::vector<std::string> values;
  if (const Node* names = schema.find("enum")) {
    for (const Node& name : names->items) values.push_back(name.scalar);
  }
  if (const Node* name = schema.find("const")) values = {name->scalar};
  const Node* type = schema.find("type");
  if (type != nullptr && type->scalar == "boolean") values = {"true", "false"};
  add_setting(path, values, settings);
}

// The words of "TEXT:{table,csv,json}".
std::vector<std::string> members(const std::string& type) {
  std::vector<std::string> words;
  const std::size_t open = type.find('{'), close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return words;
  for (std::size_t at = open; at < close;) {
    const std::size_t end = std::min(type.find(',', at + 1), close);
    words.push_back(type.substr(at + 1, end - at - 1));
    at = end;
  }
  return words;
}

std::vector<std::string> calibration_cases() {
  std::vector<std::string> names;
  for (const auto& cases : {estimators::discrete_cases(), estimators::continuous_cases()}) {
    for (const estimators::CalibrationCase& known : cases) add_word(names, known.name);
  }
  return names;
}

std::vector<std::string> values_of(const CLI::Option& option, const Catalogue& catalogue) {
  const std::string name = option.get_name();
  if (name == "--estimator") return catalogue.estimators.names();
  if (name == "--figure") return catalogue.figures.names();
  if (name == "--device") return {"auto", "cpu", "cuda"};
  if (name == "--case") return calibration_cases();
  return members(option.get_type_name());
}

Words::Command command_of(const CLI::App& app, const Catalogue& catalogue) {
  Words::Command command{app.get_name(), app.get_description(), {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional() && option->get_group().empty()) continue;  // hidden in the help, too
    if (option->get_positional()) {
      if (command.words.empty()) command.words = members(option->get_type_name());
    } else {
      const bool takes_value = option->get_type_size_max() > 0;
      const std::string name = "--" + option->get_lnames().front();
      command.options.push_back({name, option->get_description(), takes_value, values_of(*option, catalogue)});
    }
  }
  return command;
}

}  // namespace

CompletionWords completion_words(const CLI::App& app, const Catalogue& catalogue) {
  CompletionWords words;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    words.commands.push_back(command_of(*command, catalogue));
  }
  Experiment experiment = default_experiment(catalogue);
  add_settings(schema_fields(fields(experiment, catalogue)), "", words.settings);
  const auto add_kind = [&](const auto& registry) { words.kinds[registry.kind()] = registry.names(); };
  add_kind(catalogue.datasets);
  add_kind(catalogue.models);
  add_kind(catalogue.optimizers);
  add_kind(catalogue.schedules);
  add_kind(catalogue.estimators);
  add_kind(catalogue.figures);
  add_kind(catalogue.claims);
  return words;
}

CompletionBranches branches_of(
    const CompletionWords& all,
    const std::function<std::string(const std::string&, const std::vector<std::string>&)>& branch) {
  CompletionBranches branches;
  for (const auto& command : all.commands) {
    for (const auto& option : command.options) {
      if (option.takes_value) branches.values += branch(command.name + " " + option.name, option.values);
    }
    if (!command.words.empty()) branches.arguments += branch(command.name + " ", command.words);
  }
  std::vector<std::string> kinds;
  for (const auto& [kind, names] : all.kinds) {
    kinds.push_back(kind);
    branches.arguments += branch("describe " + kind, names);
  }
  branches.arguments += branch("describe ", kinds);
  for (const auto& setting : all.settings) {
    if (!setting.values.empty()) branches.settings += branch(setting.path, setting.values);
  }
  return branches;
}

}  // namespace infoplane::experiments
