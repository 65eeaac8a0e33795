#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "report/report_data.hpp"

/// Vega-Lite specifications of the page's charts. The page fills their data sets `rows`, `caps`, ... and their
/// parameters. Names from a run occur only as values, never as field names or in expressions. Marks are named, so that
/// the style sheet can color them in dark mode.
namespace infoplane::experiments {

/// I(T;Y) against I(X;T): trajectories colored by epoch, layers joined, the region beyond the caps shaded. Points after
/// the parameter `epoch` fade; `x_low` to `y_high` are the limits of the axes. Rows: layer, order, epoch, position, x,
/// y, x_from, y_from, x_low, x_high, y_low, y_high, info; joins and now: the same for the joined epochs and the
/// selected one; names, of its points: x, y, layers. Caps: axis, at, label. Walls: x, x_end or y, y_end. Bound: x, y.
nlohmann::json plane_spec(const ReportData& data);

/// A quantity against the epoch, one line with a band per series; the parameter `position` marks an epoch, `low` and
/// `high` are the limits of the axis. Rows: series, position, value, low, high. Caps: series, position, cap, label.
struct CurveChart {
  std::string title;               ///< of the y-axis, with its unit
  std::string series = "layer";    ///< the key's title
  std::vector<std::string> names;  ///< of all series
};
nlohmann::json curve_spec(const CurveChart& chart, const EpochAxis& epochs);

/// A histogram, stacked by label. Rows: low, high, label, percent; the parameters `from` and `to` limit the x-axis,
/// `most` the y-axis.
nlohmann::json histogram_spec();

/// All of them: {"plane", "i_xt", "i_ty", "loss", "accuracy", "histogram", "details": {NAME: ...}}.
nlohmann::json chart_specs(const ReportData& data);

/// The common part: sizes, fonts, grid, the data set `rows` that each layer takes unless it names another.
nlohmann::json chart_of(const std::string& description, int height);

/// A parameter; a layer of a chart; a filter transform; and a scale between two parameters, not rounded.
nlohmann::json parameter(const std::string& name, const nlohmann::json& value);
nlohmann::json layer(const std::string& name, const nlohmann::json& mark, const nlohmann::json& encoding);
nlohmann::json only(const std::string& expression);
nlohmann::json scale_between(const std::string& low, const std::string& high);

/// Colors for `count` series, by index.
nlohmann::json colors(std::size_t count);

/// The labeled epochs of an axis or a color bar, for `values`, and their text, for `labelExpr`; requires the parameter
/// `zero`.
std::vector<double> labeled(const EpochAxis& epochs);
constexpr const char* kEpochLabel = "datum.value < zero * 1.001 ? '0' : format(datum.value, '~s')";

/// The channel without its key.
nlohmann::json without_key(nlohmann::json channel);

}  // namespace infoplane::experiments
