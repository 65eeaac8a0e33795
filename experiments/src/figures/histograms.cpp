#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "figures/figures.hpp"
#include "figures/style.hpp"

namespace infoplane::experiments {
namespace {

constexpr double kPanelCm = 2.6;
constexpr double kGapCm = 0.85;  // tics and title of the panel below
constexpr double kBelowCm = 0.95;
constexpr double kTitleCm = 0.45;
constexpr std::size_t kKeyColumns = 4;
constexpr int kMostBins = 1 << 20;        // the limit of an experiment
constexpr std::size_t kMostPanels = 200;  // gnuplot cannot draw a higher picture
constexpr std::size_t kMostCells = std::size_t{1} << 22;

// Counts by bin, including empty bins.
struct Bars {
  GnuplotScript name;
  double low = 0, width = 1;
  std::vector<std::int64_t> counts;
};

struct Panel {
  GnuplotScript title;
  std::vector<Bars> bars;
};

using Rows = std::vector<const HistogramRecord*>;

// Over all rows of an epoch.
struct Bins {
  double low = 0, width = 1;
  std::size_t count = 1;

  explicit Bins(const Rows& rows) : low(rows.front()->low) {
    double high = rows.front()->high;
    if (high > low) width = high - low;
    for (const HistogramRecord* row : rows) {
      low = std::min(low, row->low);
      high = std::max(high, row->high);
    }
    const double bins = std::round((high - low) / width);
    if (!(bins <= kMostBins)) {
      throw UsageError(
          fmt::format("histograms.csv: from {} to {} there are {:.6g} bins as wide as the first, {}, a histogram has "
                      "{} at most",
                      low, high, bins, width, kMostBins));
    }
    count = std::max<std::size_t>(1, static_cast<std::size_t>(bins));
  }

  std::size_t of(double value) const {
    return std::min(count - 1, static_cast<std::size_t>(std::round((value - low) / width)));
  }
};

// Cells: the bins of all bars.
void require_few(std::size_t panels, std::size_t cells) {
  if (panels <= kMostPanels && cells <= kMostCells) return;
  throw UsageError(
      fmt::format("histograms.csv: a figure can show {} panels and {} bins, these are {} and {}: name some epochs",
                  kMostPanels, kMostCells, panels, cells));
}

Bars bars_of(const Rows& rows, const GnuplotScript& name, const Bins& bins) {
  Bars bars{name, bins.low, bins.width, std::vector<std::int64_t>(bins.count)};
  for (const HistogramRecord* row : rows) bars.counts[bins.of(row->low)] += row->count;
  return bars;
}

// The rows grouped by the value of a member, ascending.
std::map<std::int64_t, Rows> by(std::int64_t HistogramRecord::* member, const Rows& rows) {
  std::map<std::int64_t, Rows> parts;
  for (const HistogramRecord* row : rows) parts[row->*member].push_back(row);
  return parts;
}

// One panel with all units and labels pooled, or one per label with bars for each unit. All rows belong to one epoch.
std::vector<Panel> panels_of(const Rows& rows, std::int64_t epoch, bool by_unit) {
  const Bins bins(rows);
  if (!by_unit) return {{gnuplot("epoch {}", epoch), {bars_of(rows, "", bins)}}};
  const std::map<std::int64_t, Rows> labels = by(&HistogramRecord::label, rows),
                                     units = by(&HistogramRecord::unit, rows);
  require_few(labels.size(), labels.size() * units.size() * bins.count);
  std::vector<Panel> panels;
  for (const auto& [label, of_label] : labels) {
    std::map<std::int64_t, Rows> own = by(&HistogramRecord::unit, of_label);
    Panel panel{gnuplot("epoch {}, label {}", epoch, label), {}};
    for (const auto& [unit, all] : units) panel.bars.push_back(bars_of(own[unit], gnuplot("unit {}", unit + 1), bins));
    panels.push_back(std::move(panel));
  }
  return panels;
}

Range range_of(const std::vector<Panel>& panels) {
  Range range{HUGE_VAL, -HUGE_VAL};
  for (const Panel& panel : panels) {
    for (const Bars& bars : panel.bars) {
      range.low = std::min(range.low, bars.low);
      range.high = std::max(range.high, bars.low + bars.width * static_cast<double>(bars.counts.size()));
    }
  }
  return range;
}

std::string data_of(const std::vector<Panel>& panels) {
  std::string text;
  for (const Panel& panel : panels) {
    for (const Bars& bars : panel.bars) {
      for (std::size_t i = 0; i < bars.counts.size(); ++i) {
        text += fmt::format("{:.6g} {}\n", bars.low + (static_cast<double>(i) + 0.5) * bars.width, bars.counts[i]);
      }
      text += "\n\n";
    }
  }
  return text;
}

GnuplotScript boxes(const Panel& panel, std::size_t first_block, bool key) {
  std::vector<GnuplotScript> parts;
  for (std::size_t b = 0; b < panel.bars.size(); ++b) {
    const Bars& bars = panel.bars[b];
    parts.push_back(gnuplot("data index {} using 1:2:({:.6g}) with boxes fs transparent solid {} noborder lc rgb {} {}",
                            first_block + b, bars.width, panel.bars.size() > 1 ? 0.55 : 0.9, color(b),
                            key ? gnuplot("title '{}'", bars.name) : "notitle"));
  }
  return plot_command(parts);
}

Plot grid(const std::vector<Panel>& panels, const std::string& title, const GnuplotScript& counted) {
  const std::size_t columns = std::min<std::size_t>(2, panels.size());
  const std::size_t rows = (panels.size() + columns - 1) / columns;
  const bool key = panels.front().bars.size() > 1;
  const std::size_t key_rows = key ? (panels.front().bars.size() + kKeyColumns - 1) / kKeyColumns : 0;
  const double above_cm = 0.55 + kTitleCm + 0.3 * static_cast<double>(key_rows);
  Plot plot;
  plot.height_cm = above_cm + static_cast<double>(rows) * (kPanelCm + kGapCm) - kGapCm + kBelowCm;
  plot.data = data_of(panels);
  plot.script = gnuplot(
      "set label {} at screen 0.5, screen {:.4f} center font ',7' tc '#555555'\n"
      "set border lw 0.7\nset tics scale 0.6 font ',7' nomirror\nset multiplot\n"
      "set key at screen 0.5, screen {:.4f} center top vertical maxrows {} Left reverse samplen 1 width 1 font ',7'\n",
      gnuplot_text(title), 1 - 0.28 / plot.height_cm, 1 - 0.45 / plot.height_cm, std::max<std::size_t>(1, key_rows));
  const Range x = range_of(panels);
  std::size_t block = 0;
  for (std::size_t p = 0; p < panels.size(); ++p) {
    const std::size_t row = p / columns, column = p % columns;
    const double left = columns == 1 ? 0.145 : column == 0 ? 0.145 : 0.62;
    const double right = columns == 1 ? 0.975 : column == 0 ? 0.5 : 0.975;
    const double bottom_cm = kBelowCm + static_cast<double>(rows - 1 - row) * (kPanelCm + kGapCm);
    std::int64_t highest = 1;
    for (const Bars& bars : panels[p].bars)
      highest = std::max(highest, *std::max_element(bars.counts.begin(), bars.counts.end()));
    const Range range{0, 1.05 * static_cast<double>(highest)};
    plot.script += gnuplot(
        "set lmargin at screen {:.3f}\nset rmargin at screen {:.3f}\nset bmargin at screen {:.4f}\nset tmargin at "
        "screen "
        "{:.4f}\nset title '{}' offset 0,-0.7 font ',7'\nset xrange {}\nset yrange {}\nset xtics {:.6g}\nset ytics "
        "{:.6g}\n"
        "{}{}",
        left, right, bottom_cm / plot.height_cm, (bottom_cm + kPanelCm) / plot.height_cm, panels[p].title, x.text(),
        range.text(), x.step(), range.step(), row + 1 == rows ? GnuplotScript("set xlabel 'activation'\n") : "",
        column == 0 ? gnuplot("set label 5 '{}' at screen 0.03, graph 0.5 center rotate by 90\n", counted) : "");
    plot.script += boxes(panels[p], block, key && p == 0) + "unset label\n";
    block += panels[p].bars.size();
  }
  plot.script += "unset multiplot\n";
  return plot;
}

class Histograms : public Figure {
 public:
  explicit Histograms(HistogramsOptions options) : options_(std::move(options)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    if (results.histograms.empty()) throw UsageError("the results have no rows in histograms.csv");
    const std::string layer = options_.layer.empty() ? results.histograms.front().layer : options_.layer;
    Rows rows;
    for (const HistogramRecord& row : results.histograms) {
      if (row.layer == layer && row.replica == options_.replica) rows.push_back(&row);
    }
    const std::vector<Panel> panels = panels_in(by(&HistogramRecord::epoch, rows), layer);
    const std::string title = fmt::format("{}, {}, replica {}", results.experiment, layer, options_.replica);
    infoplane::draw(grid(panels, title, options_.by_unit ? GnuplotScript("samples") : "samples of all units"), folder,
                    name);
  }

  ResultNeeds needs() const override {
    ResultNeeds needs;
    needs.histograms = true;
    if (!options_.layer.empty()) needs.histogram_layers = {options_.layer};
    needs.histogram_epochs = options_.epochs;
    needs.replicas = {options_.replica};
    return needs;
  }

 private:
  // The rows of the layer and the replica, by epoch.
  std::vector<Panel> panels_in(const std::map<std::int64_t, Rows>& known, const std::string& layer) const {
    std::vector<std::int64_t> epochs = options_.epochs;
    if (epochs.empty()) {
      for (const auto& [epoch, rows] : known) epochs.push_back(epoch);
    }
    if (epochs.empty()) {
      throw UsageError(
          fmt::format("the results have no histogram of layer {}, replica {}", in_quotes(layer), options_.replica));
    }
    std::vector<Panel> panels;
    std::size_t cells = 0;
    for (const std::int64_t epoch : epochs) {
      const auto own = known.find(epoch);
      if (own == known.end()) {
        throw UsageError(fmt::format("the results have no histogram of layer {}, replica {}, at epoch {}",
                                     in_quotes(layer), options_.replica, epoch));
      }
      for (Panel& panel : panels_of(own->second, epoch, options_.by_unit)) {
        for (const Bars& bars : panel.bars) cells += bars.counts.size();
        panels.push_back(std::move(panel));
      }
      require_few(panels.size(), cells);
    }
    return panels;
  }

  HistogramsOptions options_;
};

}  // namespace

Fields fields(HistogramsOptions& o) {
  return {field("layer", o.layer, "layer name; empty: the first with histograms"),
          field("epochs", o.epochs, "epochs to show; empty: all with histograms"),
          field("by_unit", o.by_unit, "one color per unit and one panel per label, instead of pooled"),
          field("replica", o.replica, "replica to show", at_least(0))};
}

std::unique_ptr<Figure> make_histograms(const HistogramsOptions& options) {
  return std::make_unique<Histograms>(options);
}

}  // namespace infoplane::experiments
