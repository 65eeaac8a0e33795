#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "base/wrapped.hpp"
#include "commands/commands.hpp"
#include "config/sweep.hpp"
#include "runs/read_configs.hpp"
#include "text/markdown.hpp"

namespace infoplane::experiments {
namespace {

using Layout = std::function<std::string(const Fields&)>;

// One registry as text.
struct Section {
  std::string kind;
  std::string key;
  bool in_list;  // a config has a list of them, each with a name
  std::vector<std::string> names;
  std::function<std::string(const std::string&)> doc;
  std::function<std::string(const std::string&, const Layout&)> options;
  std::function<std::vector<Exemption>(const std::string&)> exemptions;  // only of estimators
};

template <class Signature>
std::vector<Exemption> exemptions_of(const Choice<Signature>&) {
  return {};
}

std::vector<Exemption> exemptions_of(const Choice<EstimatorFactory>& choice) { return choice(0)->exemptions(); }

template <class Signature>
Section section(const Registry<Signature>& registry, bool in_list = false) {
  return {registry.kind(),
          registry.key(),
          in_list,
          registry.names(),
          [&](const std::string& name) { return registry.doc(name); },
          [&](const std::string& name, const Layout& layout) { return layout(registry.choose(name).fields()); },
          [&](const std::string& name) { return exemptions_of(registry.choose(name)); }};
}

std::vector<Section> sections(const Catalogue& c) {
  return {section(c.datasets),         section(c.models),        section(c.optimizers),  section(c.schedules),
          section(c.estimators, true), section(c.figures, true), section(c.claims, true)};
}

// How a config chooses one.
std::string usage(const Section& section, const std::string& quote) {
  const std::string name = section.in_list ? "name: TEXT, " : "";
  const std::string meaning = section.in_list ? "; results use its name, by default its " + section.key : "";
  return fmt::format("{0}{{{1}: NAME, {2}option: value, ...}}{0}, or just {0}NAME{0}{3}", quote, section.key, name,
                     meaning);
}

std::string entry_text(const Section& section, const std::string& name) {
  std::string text = wrapped(name + ": ", section.doc(name));
  text += section.options(name, [](const Fields& fields) { return describe_fields(fields, 2); });
  for (const Exemption& exemption : section.exemptions(name)) {
    text += wrapped("  exempt from conformance check " + exemption.check + ": ", exemption.reason);
  }
  return text;
}

std::string overview(const Catalogue& catalogue) {
  Experiment experiment = default_experiment(catalogue);
  std::string text = "experiment: the keys of a config\n" + describe_fields(fields(experiment, catalogue), 2);
  SweepOptions sweep;
  text +=
      "\nsweep: an extra key, which makes one config many experiments; one of\n" + describe_fields(fields(sweep), 2);
  for (const Section& section : sections(catalogue)) {
    text += "\n" + wrapped(section.kind + ": ", usage(section, ""));
    for (const std::string& name : section.names) text += wrapped("  " + name + ": ", section.doc(name));
  }
  return text + "\n`infoplane describe KIND [NAME]` lists the options.\n";
}

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

// A row for each key below `path`; keys of nested maps have dotted paths.
void add_rows(const Fields& fields, const std::string& path, std::vector<std::vector<std::string>>& rows) {
  for (const Field& field : fields) {
    const Fields nested = field.binding->nested();
    const std::string key = join_path(path, field.name);
    const std::string standard = field.required   ? "required"
                                 : nested.empty() ? to_inline_yaml(field.binding->write())
                                                  : "";
    rows.push_back({key, field.binding->type(), standard, field.doc});
    add_rows(nested, key, rows);
  }
}

std::string markdown_fields(const Fields& fields) {
  if (fields.empty()) return "No options.\n";
  std::vector<std::vector<std::string>> rows{{"key", "value", "default", "meaning"}};
  add_rows(fields, "", rows);
  return markdown_table(rows);
}

std::string markdown_reference(const Catalogue& catalogue) {
  Experiment experiment = default_experiment(catalogue);
  SweepOptions sweep;
  std::string text =
      "# Reference\n\nAll config keys and registered types, generated by `infoplane describe --format markdown`; "
      "`infoplane "
      "describe KIND NAME` prints the same in a terminal.\n\n## experiment\n\n" +
      markdown_fields(fields(experiment, catalogue)) +
      "\n### sweep\n\nAn extra key, which makes one config many experiments ([sweeps](sweeps.md)); one of\n\n" +
      markdown_fields(fields(sweep));
  for (const Section& section : sections(catalogue)) {
    text += "\n## " + section.kind + "\n\n" + usage(section, "`") + ".\n";
    for (const std::string& name : section.names) {
      text += "\n### " + escape_markdown(name) + "\n\n" + escape_markdown(section.doc(name)) + "\n\n";
      text += section.options(name, markdown_fields);
      for (const Exemption& exemption : section.exemptions(name)) {
        text += "\nExempt from conformance check " + escape_markdown(exemption.check + ": " + exemption.reason) + ".\n";
      }
    }
  }
  return text;
}

struct DescribeArguments {
  std::string kind;
  std::string name;
  std::string format = "text";
};

}  // namespace

void add_describe(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("describe", "List config keys and registered types");
  const auto arguments = std::make_shared<DescribeArguments>();
  command.add_option("KIND", arguments->kind, "dataset, model, optimizer, schedule, estimator, figure or claim");
  command.add_option("NAME", arguments->name, "an entry of that kind");
  command.add_option("--format", arguments->format, "text, or markdown: everything, as in docs/reference.md")
      ->check(CLI::IsMember({"text", "markdown"}))
      ->capture_default_str();
  command.footer("Example: infoplane describe estimator binning");
  command.callback([arguments, &catalogue] {
    const bool everything = arguments->format == "markdown";
    if (everything && !arguments->kind.empty()) throw UsageError("--format markdown describes everything, omit KIND");
    std::cout << (everything ? markdown_reference(catalogue) : describe(catalogue, arguments->kind, arguments->name));
  });
}

}  // namespace infoplane::experiments
