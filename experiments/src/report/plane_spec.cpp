#include <array>

#include "report/specs.hpp"

namespace infoplane::experiments {
namespace {

using nlohmann::json;

json position(const char* field, const char* title, const std::string& axis) {
  return {{"field", field},
          {"type", "quantitative"},
          {"title", title},
          {"axis", {{"tickCount", 7}}},
          {"scale", scale_between(axis + "_low", axis + "_high")}};
}

json x_of(const char* field) { return position(field, "I(X;T) in bits", "x"); }
json y_of(const char* field) { return position(field, "I(T;Y) in bits", "y"); }

// The color bar, logarithmic like the epoch axis; visible on white and on black.
json epoch_color(const EpochAxis& epochs) {
  const double last = epochs.high > epochs.zero * 1.5 ? epochs.high : epochs.zero * 2;
  const json scale = {{"type", "log"},
                      {"domain", {epochs.zero, last}},
                      {"nice", false},
                      {"range", {"#4a3fd4", "#8f37cb", "#cf3d95", "#ee6a4c", "#f0b429"}},
                      {"interpolate", "rgb"}};
  const json bar = {{"title", "epoch"},        {"type", "gradient"},        {"gradientLength", 320},
                    {"gradientThickness", 14}, {"values", labeled(epochs)}, {"labelExpr", kEpochLabel}};
  return {{"field", "position"}, {"type", "quantitative"}, {"scale", scale}, {"legend", bar}};
}

json layer_shape(const std::vector<std::string>& layers) {
  constexpr std::array<const char*, 6> shapes{"circle", "square", "triangle-up", "diamond", "triangle-down", "cross"};
  json range = json::array();
  for (std::size_t i = 0; i < layers.size(); ++i) range.push_back(shapes[i % shapes.size()]);
  const json key = {{"title", "layer"},
                    {"values", {{"expr", "shown"}}},
                    {"orient", "top"},
                    {"direction", "horizontal"},
                    {"columns", 8},
                    {"symbolFillColor", "#777777"},
                    {"symbolStrokeColor", "#777777"}};
  return {{"field", "layer"}, {"type", "nominal"}, {"scale", {{"domain", layers}, {"range", range}}}, {"legend", key}};
}

// The unreachable region beyond the caps.
void add_walls(json& layers) {
  const json mark = {{"type", "rect"}, {"color", "#000000"}, {"opacity", 0.09}, {"clip", true}};
  json right = layer("wall_x", mark, {{"x", x_of("x")}, {"x2", {{"field", "x_end"}}}});
  json above = layer("wall_y", mark, {{"y", y_of("y")}, {"y2", {{"field", "y_end"}}}});
  right["data"] = above["data"] = {{"name", "walls"}};
  layers.push_back(right);
  layers.push_back(above);
}

// Dashed and labeled.
void add_caps(json& layers) {
  const json rule = {{"type", "rule"}, {"strokeDash", {5, 4}}, {"color", "#777777"}, {"clip", true}};
  json text = {{"type", "text"}, {"fontSize", 11},  {"color", "#555555"},
               {"clip", true},   {"align", "left"}, {"baseline", "bottom"},
               {"dx", 4},        {"dy", -3}};
  const json label = {{"field", "label"}};
  const auto add = [&layers](const char* name, const char* axis, const json& mark, const json& encoding) {
    json made = layer(name, mark, encoding);
    made["data"] = {{"name", "caps"}};
    made["transform"] = only(std::string("datum.axis == '") + axis + "'");
    layers.push_back(made);
  };
  add("cap_x", "x", rule, {{"x", x_of("at")}});
  add("cap_y", "y", rule, {{"y", y_of("at")}});
  add("cap_label_y", "y", text, {{"x", {{"value", 0}}}, {"y", y_of("at")}, {"text", label}});
  text["angle"] = 270;
  add("cap_label_x", "x", text, {{"x", x_of("at")}, {"y", {{"value", "height"}}}, {"text", label}});
}

void add_bound(json& layers) {
  const json mark = {
      {"type", "line"}, {"strokeDash", {8, 3}}, {"strokeWidth", 1.5}, {"color", "#222222"}, {"clip", true}};
  json bound =
      layer("bound", mark, {{"x", x_of("x")}, {"y", y_of("y")}, {"order", {{"field", "x"}, {"type", "quantitative"}}}});
  bound["data"] = {{"name", "bound"}};
  layers.push_back(bound);
}

// Lines from layer to layer, one per joined epoch.
json joins(const char* name, const char* rows, const char* stroke, double width) {
  json lines = layer(name, {{"type", "line"}, {"strokeWidth", width}, {"color", stroke}, {"clip", true}},
                     {{"x", x_of("x")},
                      {"y", y_of("y")},
                      {"detail", {{"field", "epoch"}}},
                      {"order", {{"field", "order"}, {"type", "quantitative"}}}});
  lines["data"] = {{"name", rows}};
  return lines;
}

void add_trajectories(json& layers, const json& hue, const json& shape) {
  const json tooltip = {{"field", "info"}};
  const json fading = {{"condition", {{"test", "datum.epoch <= epoch"}, {"value", 1}}}, {"value", 0.12}};
  layers.push_back(layer("segment", {{"type", "rule"}, {"strokeWidth", 1.2}, {"opacity", 0.4}, {"clip", true}},
                         {{"x", x_of("x_from")},
                          {"y", y_of("y_from")},
                          {"x2", {{"field", "x"}}},
                          {"y2", {{"field", "y"}}},
                          {"color", without_key(hue)}}));
  layers.push_back(layer("point", {{"type", "point"}, {"filled", true}, {"size", 24}, {"clip", true}},
                         {{"x", x_of("x")},
                          {"y", y_of("y")},
                          {"color", hue},
                          {"shape", shape},
                          {"opacity", fading},
                          {"tooltip", tooltip}}));
}

// The points of the selected epoch, with their standard deviations, and the layers' names.
void add_current(json& layers, const json& hue, const json& shape) {
  const auto add = [&layers](const char* name, const char* rows, const json& mark, const json& encoding) {
    json made = layer(name, mark, encoding);
    made["data"] = {{"name", rows}};
    layers.push_back(made);
  };
  const json x = x_of("x"), y = y_of("y");
  const json bar = {{"type", "rule"}, {"strokeWidth", 1.2}, {"color", "#222222"}, {"clip", true}};
  const json point = {{"type", "point"}, {"filled", true},      {"size", 150},
                      {"opacity", 1},    {"stroke", "#222222"}, {"strokeWidth", 1.2}};
  const json text = {{"type", "text"}, {"align", "right"},  {"dx", -9},          {"dy", 14},
                     {"fontSize", 12}, {"fontWeight", 600}, {"color", "#222222"}};
  add("bar_x", "now", bar, {{"x", x_of("x_low")}, {"x2", {{"field", "x_high"}}}, {"y", y}});
  add("bar_y", "now", bar, {{"x", x}, {"y", y_of("y_low")}, {"y2", {{"field", "y_high"}}}});
  add("current", "now", point,
      {{"x", x}, {"y", y}, {"color", without_key(hue)}, {"shape", shape}, {"tooltip", {{"field", "info"}}}});
  add("name", "names", text, {{"x", x}, {"y", y}, {"text", {{"field", "layers"}}}});
}

}  // namespace

json plane_spec(const ReportData& data) {
  json spec = chart_of("Information plane: I(T;Y) against I(X;T) of every layer, colored by epoch", 460);
  spec["resolve"] = {{"scale", {{"color", "independent"}}}};  // otherwise a key of fill and stroke replaces the bar
  for (const char* name : {"caps", "walls", "bound", "joins", "now", "names"}) spec["datasets"][name] = json::array();
  spec["params"] = {parameter("zero", data.epochs.zero), parameter("shown", data.layers)};
  for (const char* name : {"epoch", "x_low", "x_high", "y_low", "y_high"}) spec["params"].push_back(parameter(name, 0));
  const json hue = epoch_color(data.epochs), shape = layer_shape(data.layers);
  json& layers = spec["layer"] = json::array();
  add_walls(layers);
  add_caps(layers);
  add_bound(layers);
  layers.push_back(joins("join", "joins", "#bbbbbb", 0.8));
  add_trajectories(layers, hue, shape);
  layers.push_back(joins("now", "now", "#222222", 1.4));
  add_current(layers, hue, shape);
  return spec;
}

}  // namespace infoplane::experiments
