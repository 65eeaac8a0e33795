#include "figures/style.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace infoplane::experiments {
namespace {

constexpr double kColumnCm = 8.8;
constexpr double kLargestDrawn = 1e100;  // differences of larger values may overflow
constexpr double kLineCm = 0.33;         // a line of text in 7 points
constexpr double kKeyRowCm = 0.25;       // a row of the key, which is set tighter
constexpr double kCharacterCm = 0.15;    // on average, in 7 points of DejaVu Sans, the widest of the usual fonts
constexpr double kKeySampleCm = 0.9;     // the line sample of an entry and the gaps around it

// "10000", or "10^{5}" if that is shorter.
GnuplotScript label(double epoch) {
  const double power = std::log10(epoch);
  return epoch >= 1e5 && power == std::floor(power) ? gnuplot("10^{{{}}}", power) : gnuplot("{}", epoch);
}

// At 1, 10, 100, ... with unlabeled ones between; more are labeled on a short axis.
std::vector<EpochAxis::Tick> epoch_ticks(double first, double last) {
  std::vector<EpochAxis::Tick> ticks;
  const double decades = std::log10(last / first);
  bool any_label = false;
  for (double power = std::pow(10, std::floor(std::log10(first))); power <= last; power *= 10) {
    for (const int digit : {1, 2, 3, 4, 5, 6, 7, 8, 9}) {
      const double epoch = digit * power;
      if (epoch < first || epoch > last) continue;
      const bool labeled = digit == 1 || decades < 0.8 || (decades < 2 && (digit == 2 || digit == 5));
      any_label |= labeled;
      ticks.push_back({epoch, labeled ? label(epoch) : GnuplotScript()});
    }
  }
  if (!any_label) ticks = {{first, label(first)}, {last, label(last)}};
  return ticks;
}

std::string cut(const std::string& text) {
  constexpr auto longest = static_cast<std::size_t>(kColumnCm / kCharacterCm);
  std::size_t end = longest - 3;
  while (end > 0 && text.size() > end && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.size() <= longest ? text : text.substr(0, end) + "...";
}

GnuplotScript joined(const std::vector<GnuplotScript>& parts, const GnuplotScript& between) {
  GnuplotScript all;
  for (const GnuplotScript& part : parts) all += all.empty() ? part : between + part;
  return all;
}

// A dashed line with its name and value, `offset` lines above.
GnuplotScript value_line(const Range& y, double value, const GnuplotScript& name, double offset) {
  if (value <= 0 || !y.contains(value)) return "";
  return gnuplot(
      "set arrow from graph 0, first {0:.6g} to graph 1, first {0:.6g} nohead back dt (5,4) lc rgb '#777777'\n"
      "set label '{1} {0:.{2}f}' at graph 0.02, first {0:.6g} left offset 0,{3} font ',7' tc '#555555'\n",
      value, name, value < 1 ? 3 : 2, offset);
}

}  // namespace

GnuplotScript EpochAxis::range() const { return gnuplot("[{:.6g}:{:.6g}]", low, high); }

GnuplotScript EpochAxis::tics(bool labeled) const {
  std::vector<GnuplotScript> items;
  for (const Tick& tick : ticks) {
    const bool is_small = tick.label.empty();
    items.push_back(gnuplot("'{}' {:.6g} {}", labeled ? tick.label : GnuplotScript(), tick.epoch, is_small ? 1 : 0));
  }
  return gnuplot("({})", joined(items, ", "));
}

GnuplotScript EpochAxis::break_mark() const {
  if (low > zero || first == zero) return "";
  const double middle = std::sqrt(zero * first);
  const double width = std::pow(high / low, 0.008);
  GnuplotScript script = gnuplot("set arrow from {:.6g}, graph 0 to {:.6g}, graph 0 nohead front lw 2 lc rgb 'white'\n",
                                 middle / width, middle * width);
  for (const double at : {middle / width, middle * width}) {
    script += gnuplot("set arrow from {:.6g}, graph -0.02 to {:.6g}, graph 0.02 nohead front lw 0.7\n",
                      at / std::sqrt(width), at * std::sqrt(width));
  }
  return script;
}

GnuplotScript EpochAxis::definition() const {
  return gnuplot(
      "# Epoch 0 has no place on a logarithmic axis: it is drawn a short step before the first epoch after it.\n"
      "position(epoch) = epoch > 0 ? epoch : {:.6g}\n",
      zero);
}

EpochAxis epoch_axis(const std::vector<std::int64_t>& epochs) {
  const auto trained = std::find_if(epochs.begin(), epochs.end(), [](std::int64_t epoch) { return epoch > 0; });
  if (trained == epochs.end()) return {1, 1, 0.5, 2, {{1, "0"}}};
  const double first = static_cast<double>(*trained);
  const double last = static_cast<double>(epochs.back());
  const double step = std::max(1.3, std::pow(last / first, 0.09));
  const double margin = std::pow(step, 0.2);
  const double zero = first / step;
  const bool from_zero = epochs.front() == 0;
  std::vector<EpochAxis::Tick> ticks = epoch_ticks(first, last);
  if (from_zero) ticks.insert(ticks.begin(), {zero, "0"});
  return {zero, first, (from_zero ? zero : first) / margin, last * margin, ticks};
}

GnuplotScript Range::text() const { return gnuplot("[{:.6g}:{:.6g}]", low, high); }

double Range::step() const {
  const double rough = (high - low) / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double digits = rough / power;
  return power * (digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10);
}

Range axis_range(const SeriesSet& set, std::size_t quantity, bool with_bands) {
  double low = HUGE_VAL, high = set.has_sign ? -HUGE_VAL : 0;
  for (const Series& series : set.series) {
    for (const Band& band : series.quantities[quantity]) {
      if (!(std::abs(band.center) < kLargestDrawn && band.high - band.low < kLargestDrawn)) continue;
      low = std::min(low, with_bands ? std::min(band.center, band.low) : band.center);
      high = std::max(high, with_bands ? std::max(band.center, band.high) : band.center);
    }
  }
  if (low > high) low = high = 0;
  if (!set.has_sign && low < 0.3 * high) low = 0;
  const double cap = set.caps[quantity];
  const bool near_cap = cap > 0 && cap - high < 0.2 * (high - low);
  high = near_cap ? std::max(high, cap) : high;
  const double margin = std::max({0.04 * (high - low), 0.01 * high, 1e-3});
  return {low == 0 && !set.has_sign ? 0 : low - margin, high + margin * (near_cap ? 4 : 1)};
}

GnuplotScript cap_line(const Range& y, double value) { return value_line(y, value, "cap", 0.8); }

GnuplotScript best_line(const Range& y, double value) { return value_line(y, value, "best", -0.7); }

GnuplotScript vertical_cap_line(const Range& x, double cap) {
  if (cap <= 0 || !x.contains(cap)) return "";
  return gnuplot(
      "set arrow from first {0:.6g}, graph 0 to first {0:.6g}, graph 1 nohead back dt (5,4) lc rgb '#777777'\n"
      "set label 'cap {0:.2f}' at first {0:.6g}, graph 0.13 center rotate by 90 offset 0.9,0 font ',7' tc '#555555'\n",
      cap);
}

int outline(int type) { return type % 2 == 1 ? type - 1 : type; }

int point_type(std::size_t i) {
  constexpr int types[] = {7, 5, 9, 13, 11, 15, 6, 4, 8, 12, 10, 14};
  return types[i % std::size(types)];
}

GnuplotScript color(std::size_t i) {
  static const GnuplotScript colors[] = {"'#0072B2'", "'#D55E00'", "'#009E73'", "'#CC79A7'",
                                         "'#E69F00'", "'#56B4E9'", "'#000000'"};
  return colors[i % std::size(colors)];
}

Heading heading(const SeriesSet& set, const std::string& averaged, const std::vector<std::string>& names,
                double body_cm) {
  std::vector<std::string> lines{set.experiment};
  std::vector<std::string> about;
  if (!set.estimator.empty()) about.push_back(set.estimator);
  if (set.bounds) about.push_back("lower to upper bound");
  if (set.replicas > 1) about.push_back(fmt::format("{} of {} replicas", set.bounds ? "mean" : averaged, set.replicas));
  if (!about.empty()) lines.push_back(fmt::format("{}", fmt::join(about, ", ")));
  std::size_t longest = 0;
  for (const std::string& name : names) longest = std::max(longest, name.size());
  const double entry_cm = kKeySampleCm + kCharacterCm * static_cast<double>(longest);
  const std::size_t fitting = std::clamp<std::size_t>(kColumnCm / entry_cm, 1, names.size());
  const std::size_t key_rows = (names.size() + fitting - 1) / fitting;

  Heading heading;
  heading.height_cm = kLineCm * static_cast<double>(lines.size()) + kKeyRowCm * static_cast<double>(key_rows) + 0.4;
  const double picture_cm = body_cm + heading.height_cm;
  double y_cm = picture_cm - 0.1 - kLineCm / 2;
  for (const std::string& line : lines) {
    heading.script += gnuplot("set label {} at screen 0.5, screen {:.4f} center font ',7' tc '#555555'\n",
                              gnuplot_text(cut(line)), y_cm / picture_cm);
    y_cm -= kLineCm;
  }
  y_cm -= 0.07;
  heading.script += gnuplot(
      "set key at screen 0.5, screen {:.4f} center top vertical maxrows {} Left reverse samplen 1.2 width 1 font "
      "',7'\n",
      (y_cm + kLineCm / 2) / picture_cm, key_rows);
  return heading;
}

GnuplotScript plot_command(const std::vector<GnuplotScript>& parts) {
  return gnuplot("plot {}\n", joined(parts, ", \\\n     "));
}

}  // namespace infoplane::experiments
