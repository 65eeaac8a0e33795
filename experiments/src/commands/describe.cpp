#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "base/wrapped.hpp"
#include "commands/commands.hpp"
#include "config/sweep.hpp"
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
  std::function<bool(const std::string&)> uses_drawn_labels;             // likewise
};

template <class Signature>
std::vector<Exemption> exemptions_of(const Choice<Signature>&) {
  return {};
}

std::vector<Exemption> exemptions_of(const Choice<EstimatorFactory>& choice) { return choice(0)->exemptions(); }

template <class Signature>
bool uses_drawn_labels(const Choice<Signature>&) {
  return false;
}

bool uses_drawn_labels(const Choice<EstimatorFactory>& choice) { return !choice(0)->uses_label_probabilities(); }

template <class Signature>
Section section(const Registry<Signature>& registry, bool in_list = false) {
  return {registry.kind(),
          registry.key(),
          in_list,
          registry.names(),
          [&](const std::string& name) { return registry.doc(name); },
          [&](const std::string& name, const Layout& layout) { return layout(registry.choose(name).fields()); },
          [&](const std::string& name) { return exemptions_of(registry.choose(name)); },
          [&](const std::string& name) { return uses_drawn_labels(registry.choose(name)); }};
}

std::vector<Section> sections(const Catalogue& c) {
  return {section(c.datasets),         section(c.models),        section(c.optimizers),  section(c.schedules),
          section(c.estimators, true), section(c.figures, true), section(c.claims, true)};
}

constexpr const char* kDrawnLabels = "I(T;Y) is that of the labels as drawn, even if their probabilities are known";

// How a config chooses one.
std::string usage(const Section& section, const std::string& quote) {
  const std::string name = section.in_list ? "name: TEXT, " : "";
  const std::string meaning = section.in_list ? "; results use its name, by default its " + section.key : "";
  return fmt::format("{0}{{{1}: NAME, {2}option: value, ...}}{0}, or just {0}NAME{0}{3}", quote, section.key, name,
                     meaning);
}

std::string entry_text(const Section& section, const std::string& name, const std::string& title) {
  std::string text = wrapped(title + ": ", section.doc(name));
  text += section.options(name, [](const Fields& fields) { return describe_fields(fields, 2); });
  if (section.uses_drawn_labels(name)) text += std::string("  ") + kDrawnLabels + "\n";
  for (const Exemption& exemption : section.exemptions(name)) {
    text += wrapped("  exempt from conformance check " + exemption.check + ": ", exemption.reason);
  }
  return text;
}

std::string experiment_text(const Fields& fields) {
  return "experiment: the keys of a config\n" + describe_fields(fields, 2);
}

std::string sweep_text(const Fields& fields) {
  return "sweep: an extra key, which makes one config many experiments; one of\n" + describe_fields(fields, 2);
}

std::string overview(const Catalogue& catalogue) {
  Experiment experiment = default_experiment(catalogue);
  SweepOptions sweep;
  std::string text = experiment_text(fields(experiment, catalogue)) + "\n" + sweep_text(fields(sweep));
  for (const Section& section : sections(catalogue)) {
    text += "\n" + wrapped(section.kind + ": ", usage(section, ""));
    for (const std::string& name : section.names) text += wrapped("  " + name + ": ", section.doc(name));
  }
  return text + "\n`infoplane describe KIND [NAME]` or `infoplane describe NAME` lists the options.\n";
}

// The keys below the path, "training" or "observe.histograms"; "" if it is not a map of keys.
std::string keys_text(const Fields& fields, const std::string& path, const std::string& wanted) {
  for (const Field& field : fields) {
    const std::string key = join_path(path, field.name);
    const Fields nested = field.binding->nested();
    if (nested.empty()) continue;
    if (key == wanted) return key + ": " + field.doc + "\n" + describe_fields(nested, 2);
    const std::string deeper = keys_text(nested, key, wanted);
    if (!deeper.empty()) return deeper;
  }
  return "";
}

// The keys of a part of a config; "" for another name.
std::string part_text(const Catalogue& catalogue, const std::string& part) {
  SweepOptions sweep;
  Experiment experiment = default_experiment(catalogue);
  if (part == "experiment") return experiment_text(fields(experiment, catalogue));
  if (part == "sweep") return sweep_text(fields(sweep));
  return keys_text(fields(experiment, catalogue), "", part);
}

// The entries of that name, of any kind; "" without one.
std::string named_text(const std::vector<Section>& all, const std::string& name) {
  std::string text;
  for (const Section& section : all) {
    if (std::find(section.names.begin(), section.names.end(), name) == section.names.end()) continue;
    text += (text.empty() ? "" : "\n") + entry_text(section, name, section.kind + " " + name);
  }
  return text;
}

[[noreturn]] void refuse_name(const std::vector<Section>& all, const std::string& name) {
  std::vector<std::string> kinds, names;
  for (const Section& section : all) {
    kinds.push_back(section.kind);
    names.insert(names.end(), section.names.begin(), section.names.end());
  }
  for (const char* part : {"experiment", "training", "observe", "sweep"}) kinds.emplace_back(part);
  names.insert(names.begin(), kinds.begin(), kinds.end());
  throw UsageError("unknown kind or type " + in_quotes(name) +
                   suggestion(name, nearest(name, names).empty() ? kinds : names));
}

std::string describe(const Catalogue& catalogue, const std::string& kind, const std::string& name) {
  if (kind.empty()) return overview(catalogue);
  const std::vector<Section> all = sections(catalogue);
  const auto section = std::find_if(all.begin(), all.end(), [&](const Section& s) { return s.kind == kind; });
  if (section == all.end()) {
    if (!name.empty()) refuse_name(all, kind);
    const std::string part = part_text(catalogue, kind);
    const std::string text = part.empty() ? named_text(all, kind) : part;
    if (text.empty()) refuse_name(all, kind);
    return text;
  }
  std::string text;
  for (const std::string& known : section->names) {
    if (name.empty() || name == known) text += (text.empty() ? "" : "\n") + entry_text(*section, known, known);
  }
  if (text.empty()) throw UsageError("unknown " + kind + " " + in_quotes(name) + suggestion(name, section->names));
  return text;
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
      if (section.uses_drawn_labels(name)) text += "\n" + escape_markdown(kDrawnLabels) + ".\n";
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
  command.add_option("KIND", arguments->kind, "kind (estimator, ...), type, or experiment, training, observe, sweep");
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
