#include "commands/experiment_schema.hpp"

#include <algorithm>

#include <infoplane/schema.hpp>

#include "config/sweep.hpp"

namespace infoplane::experiments {
namespace {

Node text(const std::string& words) { return Node::of_scalar(words, true); }

Node keys_schema(const Catalogue& catalogue) {
  Experiment experiment = default_experiment(catalogue);
  return schema_fields(fields(experiment, catalogue));
}

// One of the keys of `sweep`, without the defaults, which are empty.
Node sweep_schema() {
  SweepOptions options;
  std::vector<Node> forms;
  for (const Field& way : fields(options)) {
    const Node property = joined(keywords({{"description", text(way.doc)}}), way.binding->schema());
    forms.push_back(keywords({{"type", text("object")},
                              {"properties", keywords({{way.name, property}})},
                              {"additionalProperties", Node::of_scalar("false")},
                              {"required", text_list({way.name})}}));
  }
  return keywords({{"description", text("many experiments in one config, run by `infoplane sweep`")},
                   {"oneOf", Node::of_list(std::move(forms))}});
}

// The schema without required keys: a missing key may be one that varies, even the one that selects an alternative.
Node loosened(Node schema) {
  auto& entries = schema.entries;
  entries.erase(
      std::remove_if(entries.begin(), entries.end(), [](const Node::Entry& e) { return e.key == "required"; }),
      entries.end());
  for (Node::Entry& entry : entries) {
    if (entry.key == "oneOf") entry.key = "anyOf";
    entry.value = loosened(std::move(entry.value));
  }
  for (Node& item : schema.items) item = loosened(std::move(item));
  return schema;
}

}  // namespace

Node experiment_schema(const Catalogue& catalogue) {
  const Node one = keys_schema(catalogue);
  const Node many = joined(loosened(one), keywords({{"properties", keywords({{"sweep", sweep_schema()}})}}));
  return keywords({{"$schema", text("http://json-schema.org/draft-07/schema#")},
                   {"title", text("infoplane experiment")},
                   {"if", keywords({{"required", text_list({"sweep"})}})},
                   {"then", many},
                   {"else", one}});
}

}  // namespace infoplane::experiments
