#include <functional>
#include <string>

#include "commands/commands.hpp"

namespace infoplane::experiments {
namespace {

// One registry as text, whatever it makes.
struct Section {
  std::string kind;
  std::string key;
  std::vector<std::string> names;
  std::function<std::string(const std::string&)> doc;
  std::function<std::string(const std::string&)> options;
};

// What an entry of a kind says of itself beside its options.
template <class Signature>
std::string notes(const Choice<Signature>&) {
  return "";
}

std::string notes(const Choice<EstimatorFactory>& choice) {
  std::string text;
  for (const Exemption& exemption : choice(0)->exemptions()) {
    text += "  does not hold: " + exemption.check + ", because " + exemption.reason + "\n";
  }
  return text;
}

template <class Signature>
Section section(const Registry<Signature>& registry) {
  return {registry.kind(), registry.key(), registry.names(), [&](const std::string& name) { return registry.doc(name); },
          [&](const std::string& name) {
            const Choice<Signature> choice = registry.choose(name);
            return describe_fields(choice.fields(), 2) + notes(choice);
          }};
}

std::vector<Section> sections(const Catalogue& c) {
  return {section(c.datasets),  section(c.models),     section(c.optimizers),
          section(c.schedules), section(c.estimators), section(c.figures), section(c.claims)};
}

std::string entry_text(const Section& section, const std::string& name) {
  return name + ": " + section.doc(name) + "\n" + section.options(name);
}

std::string overview(const Catalogue& catalogue) {
  Experiment experiment = default_experiment(catalogue);
  std::string text = "experiment: the keys of a config\n" + describe_fields(fields(experiment, catalogue), 2);
  for (const Section& section : sections(catalogue)) {
    text += "\n" + section.kind + ": {" + section.key + ": NAME, option: value, ...}, or only NAME\n";
    for (const std::string& name : section.names) text += "  " + name + ": " + section.doc(name) + "\n";
  }
  return text + "\n`infoplane describe KIND [NAME]` lists the options.\n";
}

}  // namespace

std::string describe(const Catalogue& catalogue, const std::string& kind, const std::string& name) {
  if (kind.empty()) return overview(catalogue);
  std::vector<std::string> kinds;
  for (const Section& section : sections(catalogue)) {
    kinds.push_back(section.kind);
    if (section.kind != kind) continue;
    std::string text;
    for (const std::string& known : section.names) {
      if (name.empty() || name == known) text += (text.empty() ? "" : "\n") + entry_text(section, known);
    }
    if (text.empty()) throw UsageError("unknown " + kind + " " + in_quotes(name) + suggestion(name, section.names));
    return text;
  }
  throw UsageError("unknown kind " + in_quotes(kind) + suggestion(kind, kinds));
}

}  // namespace infoplane::experiments
