#include "claims/activation_curves.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/error.hpp>

#include "runs/selection.hpp"

namespace infoplane::experiments {
namespace {

using Bins = std::vector<HistogramRecord>;

// Sums over the activations of one unit and label.
struct Moments {
  double count = 0, sum = 0, squares = 0;
  void add(double value, double times) {
    count += times;
    sum += times * value;
    squares += times * value * value;
  }
};

double center(const HistogramRecord& bin) { return (bin.low + bin.high) / 2; }

// The last bin is closed above.
bool contains(const HistogramRecord& bin, double value, double last_edge) {
  const double rounding = 1e-6 * (bin.high - bin.low);
  const bool is_last = bin.high >= last_edge - rounding;
  return bin.low - rounding <= value && (value < bin.high - rounding || (is_last && value <= bin.high + rounding));
}

double share_at(const Bins& bins, const std::vector<double>& values) {
  double last_edge = -kUnlimited, inside = 0, all = 0;
  for (const HistogramRecord& bin : bins) last_edge = std::max(last_edge, bin.high);
  for (const HistogramRecord& bin : bins) {
    const bool is_inside =
        std::any_of(values.begin(), values.end(), [&](double value) { return contains(bin, value, last_edge); });
    if (is_inside) inside += static_cast<double>(bin.count);
    all += static_cast<double>(bin.count);
  }
  return inside / all;
}

double tanh_slope(const Bins& bins) {
  Moments all;
  for (const HistogramRecord& bin : bins) all.add(center(bin), static_cast<double>(bin.count));
  return 1 - all.squares / all.count;
}

// By label and unit.
std::map<std::int64_t, std::map<std::int64_t, Moments>> class_moments(const Bins& bins) {
  std::map<std::int64_t, std::map<std::int64_t, Moments>> all;
  for (const HistogramRecord& bin : bins) all[bin.label][bin.unit].add(center(bin), static_cast<double>(bin.count));
  return all;
}

double class_distance(const Bins& bins) {
  const auto classes = class_moments(bins);
  double least = kUnlimited;
  for (auto a = classes.begin(); a != classes.end(); ++a) {
    for (auto b = std::next(a); b != classes.end(); ++b) {
      double squares = 0;
      for (const auto& [unit, of_a] : a->second) {
        const Moments& of_b = b->second.at(unit);
        squares += std::pow(of_a.sum / of_a.count - of_b.sum / of_b.count, 2);
      }
      least = std::min(least, std::sqrt(squares));
    }
  }
  return std::isinf(least) ? std::nan("") : least;
}

double class_separation(const Bins& bins) {
  std::map<std::int64_t, Moments> units;
  double within = 0, all = 0;
  for (const auto& [label, of_label] : class_moments(bins)) {
    for (const auto& [unit, m] : of_label) {
      within += m.squares - m.sum * m.sum / m.count;
      Moments& total = units[unit];
      total.count += m.count;
      total.sum += m.sum;
      total.squares += m.squares;
    }
  }
  for (const auto& [unit, m] : units) all += m.squares - m.sum * m.sum / m.count;
  return all > 0 ? 1 - within / all : std::nan("");
}

double measured(const Measurement& of, const Bins& bins) {
  if (of.quantity == Measured::share_at) return share_at(bins, of.at);
  if (of.quantity == Measured::tanh_slope) return tanh_slope(bins);
  return of.quantity == Measured::class_distance ? class_distance(bins) : class_separation(bins);
}

std::string name_of(const Measurement& of) {
  if (of.quantity == Measured::share_at) {
    return fmt::format("the share of activations of {} in the bin{} of {}", of.layer, of.at.size() == 1 ? "" : "s",
                       fmt::join(of.at, ", "));
  }
  if (of.quantity == Measured::tanh_slope) return fmt::format("the mean slope of tanh in {}", of.layer);
  return of.quantity == Measured::class_distance ? fmt::format("the distance between the classes in {}", of.layer)
                                                 : fmt::format("the share of variance between classes in {}", of.layer);
}

}  // namespace

ReplicaCurves activation_curves(const Measurement& of, const RunResults& results) {
  std::map<std::pair<std::int64_t, std::int64_t>, Bins> places;  // by replica and epoch
  std::vector<std::string> known;
  for (const HistogramRecord& bin : results.histograms) {
    add_distinct(known, bin.layer);
    if (bin.layer == of.layer) places[{bin.replica, bin.epoch}].push_back(bin);
  }
  if (known.empty()) throw UsageError("the results have no rows in histograms.csv");
  if (places.empty()) refuse("histograms of layer", of.layer, known);
  ReplicaCurves curves{name_of(of), "", {}};
  for (const auto& [place, bins] : places) curves.replicas[place.first].emplace_back(place.second, measured(of, bins));
  return curves;
}

}  // namespace infoplane::experiments
