#include <array>

#include "report/specs.hpp"

namespace infoplane::experiments {
namespace {

using nlohmann::json;

constexpr std::size_t kColors = 7;  // of color()

// Further series are dashed.
json dashes(std::size_t count) {
  constexpr std::array<std::array<int, 2>, 3> patterns{{{1, 0}, {6, 3}, {2, 2}}};
  json all = json::array();
  for (std::size_t i = 0; i < count; ++i) all.push_back(patterns[i / kColors % patterns.size()]);
  return all;
}

json epoch_x(const EpochAxis& epochs) {
  return {{"field", "position"},
          {"type", "quantitative"},
          {"scale", {{"type", "log"}, {"domain", {epochs.low, epochs.high}}, {"nice", false}}},
          {"axis", {{"values", labeled(epochs)}, {"labelExpr", kEpochLabel}, {"title", "epoch"}}}};
}

// Distinguished by color or dash.
json series_channel(const CurveChart& chart, const json& range) {
  const json key = {
      {"title", chart.series}, {"values", {{"expr", "shown"}}}, {"symbolType", "stroke"}, {"symbolStrokeWidth", 2}};
  return {{"field", "series"},
          {"type", "nominal"},
          {"scale", {{"domain", chart.names}, {"range", range}}},
          {"legend", key}};
}

json value_y(const CurveChart& chart, const char* field) {
  return {{"field", field},
          {"type", "quantitative"},
          {"title", chart.title},
          {"axis", {{"tickCount", 6}}},
          {"scale", scale_between("low", "high")}};
}

json cap_layers(const CurveChart& chart, const json& x) {
  const json cap = value_y(chart, "cap"), data = {{"name", "caps"}};
  json line = layer("cap", {{"type", "line"}, {"strokeDash", {5, 4}}, {"strokeWidth", 1}, {"color", "#777777"}},
                    {{"x", x}, {"y", cap}, {"detail", {{"field", "series"}}}});
  const json text = {{"type", "text"}, {"align", "left"}, {"baseline", "bottom"}, {"dx", 4},
                     {"dy", -3},       {"fontSize", 11},  {"color", "#555555"}};
  json label = layer("cap_label", text, {{"x", {{"value", 0}}}, {"y", cap}, {"text", {{"field", "label"}}}});
  label["transform"] = only("datum.label != null");
  line["data"] = label["data"] = data;
  return {line, label};
}

json epoch_line(const json& x) {
  json line = layer("epoch", {{"type", "rule"}, {"strokeWidth", 1}, {"color", "#333333"}}, {{"x", x}});
  line["data"] = {{"values", json::array({json::object()})}};
  line["transform"] = json::array({json{{"calculate", "position"}, {"as", "position"}}});
  return line;
}

}  // namespace

json curve_spec(const CurveChart& chart, const EpochAxis& epochs) {
  json spec = chart_of(chart.title + " against the epoch", 250);
  spec["params"] = {parameter("zero", epochs.zero), parameter("position", epochs.high), parameter("shown", chart.names),
                    parameter("low", 0), parameter("high", 1)};
  spec["datasets"]["caps"] = json::array();
  spec["resolve"] = {
      {"scale", {{"color", "independent"}, {"strokeDash", "independent"}}}};  // otherwise the key shows the bands
  const json x = epoch_x(epochs), y = value_y(chart, "value");
  const json hue = series_channel(chart, colors(chart.names.size()));
  const json dash = series_channel(chart, dashes(chart.names.size()));
  const json band = {{"x", x}, {"y", value_y(chart, "low")}, {"y2", {{"field", "high"}}}, {"color", without_key(hue)}};
  json& layers = spec["layer"] = cap_layers(chart, x);
  layers.push_back(layer("band", {{"type", "area"}, {"opacity", 0.2}, {"clip", true}}, band));
  layers.push_back(layer("line", {{"type", "line"}, {"strokeWidth", 1.8}, {"clip", true}},
                         {{"x", x}, {"y", y}, {"color", hue}, {"strokeDash", dash}}));
  layers.push_back(epoch_line(x));
  return spec;
}

}  // namespace infoplane::experiments
