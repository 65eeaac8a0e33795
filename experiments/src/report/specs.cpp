#include "report/specs.hpp"

namespace infoplane::experiments {
namespace {

using nlohmann::json;

json chart_config() {
  const json axis = {{"gridColor", "#e6e6e6"},  {"domainColor", "#888888"}, {"tickColor", "#888888"},
                     {"labelColor", "#333333"}, {"titleColor", "#222222"},  {"labelFontSize", 12},
                     {"titleFontSize", 13},     {"titleFontWeight", 500},   {"titlePadding", 8}};
  const json legend = {{"labelFontSize", 12}, {"titleFontSize", 12}, {"titleFontWeight", 500}, {"labelLimit", 120}};
  return {{"font", "system-ui, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif"},
          {"background", "#ffffff"},
          {"view", {{"stroke", "#bbbbbb"}}},
          {"axis", axis},
          {"aria", false},  // the chart is described as a whole; its numbers are in a table
          {"legend", legend},
          {"mark", {{"invalid", "filter"}}}};
}

std::string detail_title(const std::string& name) {
  return name == "bins" ? "number of bins" : name == "clusters" ? "number of clusters K" : name;
}

json tooltip(const char* field, const char* title) {
  return {{"field", field}, {"title", title}, {"type", "quantitative"}, {"format", ".3~g"}};
}

}  // namespace

json chart_of(const std::string& description, int height) {
  return {{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"},
          {"description", description},
          {"width", "container"},
          {"height", height},
          {"autosize", {{"type", "fit"}, {"contains", "padding"}, {"resize", true}}},
          {"config", chart_config()},
          {"datasets", {{"rows", json::array()}}},
          {"data", {{"name", "rows"}}}};
}

json parameter(const std::string& name, const json& value) { return {{"name", name}, {"value", value}}; }

json layer(const std::string& name, const json& mark, const json& encoding) {
  return {{"name", name}, {"mark", mark}, {"encoding", encoding}};
}

json only(const std::string& expression) { return json::array({json{{"filter", expression}}}); }

json scale_between(const std::string& low, const std::string& high) {
  return {{"domain", json::array({json{{"expr", low}}, json{{"expr", high}}})}, {"zero", false}, {"nice", false}};
}

json colors(std::size_t count) {
  json all = json::array();
  for (std::size_t i = 0; i < count; ++i) all.push_back(color(i).text().substr(1, 7));  // without gnuplot's quotes
  return all;
}

std::vector<double> labeled(const EpochAxis& epochs) {
  std::vector<double> values;
  for (const EpochAxis::Tick& tick : epochs.ticks) {
    if (!tick.label.empty()) values.push_back(tick.epoch);
  }
  return values;
}

json without_key(json channel) {
  channel["legend"] = nullptr;
  return channel;
}

json histogram_spec() {
  json spec = chart_of("histogram of activations by label", 150);
  spec["params"] = {parameter("from", 0), parameter("to", 1), parameter("most", 100),
                    parameter("labels", json::array())};
  spec["name"] = "bar";
  spec["mark"] = {{"type", "bar"}, {"binSpacing", 0}, {"clip", true}};
  spec["encoding"]["x"] = {{"field", "low"},
                           {"type", "quantitative"},
                           {"bin", "binned"},
                           {"title", "activation"},
                           {"scale", scale_between("from", "to")},
                           {"axis", {{"tickCount", 5}, {"grid", false}}}};
  spec["encoding"]["x2"] = {{"field", "high"}};
  spec["encoding"]["y"] = {{"field", "percent"},
                           {"type", "quantitative"},
                           {"stack", "zero"},
                           {"title", "% of samples"},
                           {"scale", scale_between("0", "most")},
                           {"axis", {{"tickCount", 4}}}};
  spec["encoding"]["color"] = {{"field", "label"},
                               {"type", "nominal"},
                               {"title", "label"},
                               {"scale", {{"domain", {{"expr", "labels"}}}, {"range", colors(7)}}}};
  spec["encoding"]["tooltip"] = {json{{"field", "label"}, {"title", "label"}}, tooltip("low", "from"),
                                 tooltip("high", "to"), tooltip("percent", "% of samples")};
  return spec;
}

json chart_specs(const ReportData& data) {
  const std::vector<std::string> splits{"train", "test"};
  const char* const loss = data.loss == Loss::quadratic ? "mean quadratic cost" : "mean cross-entropy in nats";
  json specs = {{"plane", plane_spec(data)},
                {"i_xt", curve_spec({"I(X;T) in bits", "layer", data.layers}, data.epochs)},
                {"i_ty", curve_spec({"I(T;Y) in bits", "layer", data.layers}, data.epochs)},
                {"loss", curve_spec({loss, "samples", splits}, data.epochs)},
                {"accuracy", curve_spec({"accuracy", "samples", splits}, data.epochs)},
                {"histogram", histogram_spec()},
                {"details", json::object()}};
  for (const std::string& name : data.details) {
    specs["details"][name] = curve_spec({detail_title(name), "layer", data.layers}, data.epochs);
  }
  return specs;
}

}  // namespace infoplane::experiments
