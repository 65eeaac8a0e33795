#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "report/report_data.hpp"

/// Vega-Lite specifications of the page's charts. Their data sets `rows`, `caps`, ... and their parameters are filled
/// by the page. Names from a run occur in them as values only, never as field names or in expressions. Marks have
/// names, by which the page's style sheet colours them where the screen is dark.
namespace infoplane::experiments {

/// I(T;Y) against I(X;T): trajectories coloured by epoch, layers joined, behind the caps a wall. Points after the
/// parameter `epoch` fade; `x_low` to `y_high` end the axes. Rows: layer, order, epoch, position, x, y, x_from, y_from,
/// x_low, x_high, y_low, y_high, info; joins and now: the same of the epochs that are joined and of the chosen one;
/// names, of its points: x, y, layers. Caps: axis, at, label. Walls: x, x_end or y, y_end. Bound: x, y.
nlohmann::json plane_spec(const ReportData& data);

/// A quantity against the epoch, a line per series with its band; the parameter `position` marks an epoch, `low` and
/// `high` end the axis. Rows: series, position, value, low, high. Caps: series, position, cap, label.
struct CurveChart {
  std::string title;               ///< of the y-axis, with its unit
  std::string series = "layer";    ///< the key's title
  std::vector<std::string> names;  ///< of all series
};
nlohmann::json curve_spec(const CurveChart& chart, const EpochAxis& epochs);

/// A histogram, stacked by label. Rows: low, high, label, percent; the parameters `from` and `to` end the x-axis,
/// `most` the y-axis.
nlohmann::json histogram_spec();

/// All of them: {"plane", "i_xt", "i_ty", "loss", "accuracy", "histogram", "details": {NAME: ...}}.
nlohmann::json chart_specs(const ReportData& data);

/// What they begin with: sizes, fonts, grid, the data set `rows` that each layer takes unless it names another.
nlohmann::json chart_of(const std::string& description, int height);

/// A parameter, a layer of a chart, its transform that keeps what the expression says, and a scale without rounding
/// between two parameters.
nlohmann::json parameter(const std::string& name, const nlohmann::json& value);
nlohmann::json layer(const std::string& name, const nlohmann::json& mark, const nlohmann::json& encoding);
nlohmann::json only(const std::string& expression);
nlohmann::json scale_between(const std::string& low, const std::string& high);

/// Colours for so many series, by their index.
nlohmann::json colors(std::size_t count);

/// The labelled epochs of an axis or a colour bar, for `values`, and how they read, for `labelExpr`; the chart needs
/// the parameter `zero`.
std::vector<double> labelled(const EpochAxis& epochs);
constexpr const char* kEpochLabel = "datum.value < zero * 1.001 ? '0' : format(datum.value, '~s')";

/// The channel without its key.
nlohmann::json without_key(nlohmann::json channel);

}  // namespace infoplane::experiments
