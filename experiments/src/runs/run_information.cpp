#include "runs/run_information.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/index.hpp"
#include "results/curves.hpp"

namespace infoplane::experiments {
namespace {

// The largest value that was measured; NaN if none was.
double known_peak(const Curve& curve) {
  Curve known;
  std::copy_if(curve.begin(), curve.end(), std::back_inserter(known),
               [](const auto& at) { return !std::isnan(at.second); });
  return known.empty() ? std::numeric_limits<double>::quiet_NaN() : peak(known);
}

std::string text_of(const CapRange& cap) {
  if (std::isnan(cap.high)) return "-";
  const std::string low = fmt::format("{:.4g}", cap.low), high = fmt::format("{:.4g}", cap.high);
  return low == high ? high : low + "-" + high;
}

LayerInformation summarize(const std::string& estimator, const Curves& curves, std::size_t layer) {
  LayerInformation information;
  information.layer = curves.series()[layer];
  information.estimator = estimator;
  information.replicas = curves.replicas(layer).size();
  information.epochs = curves.epochs(layer);
  for (const std::size_t q : {kXt, kTy}) {
    std::vector<double> peaks;
    for (const auto& [replica, curve] : curves.curves(layer, q)) peaks.push_back(known_peak(curve));
    information.peak[q] = statistics(peaks);
    const std::vector<Statistics> all = curves.statistics(layer, q);
    information.final[q] = all.back();
    for (const Statistics& at : all) information.means[q].push_back(at.mean);
    for (const auto& [replica, cap] : curves.curves(layer, kXtCap + q)) {
      for (const auto& [epoch, bits] : cap) {
        // Of NaN and a number these give the number.
        information.caps[q].low = std::fmin(information.caps[q].low, bits);
        information.caps[q].high = std::fmax(information.caps[q].high, bits);
      }
    }
  }
  return information;
}

}  // namespace

std::vector<LayerInformation> read_information(const std::filesystem::path& folder, RunSummary& summary) {
  InformationCurves curves(0);
  Index<std::pair<std::string, std::string>> order;
  try {
    each_information(folder, [&](const Record& row) {
      curves.add(row);
      order.of({row.estimator, row.layer});
    });
  } catch (const Error& error) {
    summary.set_damaged(error.what(), folder);
    return {};
  }
  std::vector<LayerInformation> information;
  for (const auto& [estimator, layer] : order.values()) {
    const Curves& of = curves.of(estimator);
    information.push_back(summarize(estimator, of, of.find(layer)));
  }
  return information;
}

Table information_table(const std::vector<LayerInformation>& information) {
  Table table{{"layer", "estimator", "replicas"}, {}};
  for (const char* quantity : {"i_xt", "i_ty"}) {
    for (const char* when : {"peak", "final"}) {
      table.columns.push_back(fmt::format("{}_{}_bits", quantity, when));
      table.columns.push_back(fmt::format("{}_{}_deviation_bits", quantity, when));
    }
  }
  table.columns.insert(table.columns.end(),
                       {"i_xt_cap_bits", "i_ty_cap_bits", "i_xt_cap_low_bits", "i_ty_cap_low_bits"});
  for (const LayerInformation& of : information) {
    std::vector<Cell> row{of.layer, of.estimator, static_cast<std::int64_t>(of.replicas)};
    for (const std::size_t q : {0, 1}) {
      for (const Statistics& s : {of.peak[q], of.final[q]}) row.insert(row.end(), {s.mean, s.standard_deviation});
    }
    row.insert(row.end(), {of.caps[0].high, of.caps[1].high, of.caps[0].low, of.caps[1].low});
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table information_texts(const std::vector<LayerInformation>& information) {
  Table table{{"layer", "estimator", "i_xt_peak_bits", "i_xt_final_bits", "i_xt_cap_bits", "i_ty_peak_bits",
               "i_ty_final_bits", "i_ty_cap_bits"},
              {}};
  for (const LayerInformation& of : information) {
    std::vector<Cell> row{of.layer, of.estimator};
    for (const std::size_t q : {0, 1}) {
      row.insert(row.end(), {text_of(of.peak[q], of.replicas), text_of(of.final[q], of.replicas), text_of(of.caps[q])});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string text_of(const Statistics& of, std::size_t replicas) {
  if (replicas == 0) return "";
  if (of.count == 0) return "-";
  const std::string measured = of.count < replicas ? fmt::format(" ({} of {})", of.count, replicas) : "";
  if (of.count < 2 || std::isnan(of.standard_deviation)) return fmt::format("{:.4g}{}", of.mean, measured);
  const bool is_rounding = of.standard_deviation < 1e-12 * std::abs(of.mean);
  return fmt::format("{:.4g} +- {:.2g}{}", of.mean, is_rounding ? 0 : of.standard_deviation, measured);
}

std::vector<double> values_of(const std::vector<TrainingRecord>& rows, const std::string& split,
                              double TrainingRecord::* quantity) {
  std::vector<double> values;
  for (const TrainingRecord& row : rows) {
    if (row.split == split) values.push_back(row.*quantity);
  }
  return values;
}

}  // namespace infoplane::experiments
