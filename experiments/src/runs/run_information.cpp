#include "runs/run_information.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane::experiments {
namespace {

constexpr double kNone = -HUGE_VAL;

// The spreads over the replicas of one layer: I(X;T) at its peak and at the end, then I(T;Y).
std::array<Spread, 4> spreads_of(const LayerInformation& of) {
  std::array<std::vector<double>, 4> values;
  for (const auto& [replica, bits] : of.replicas) {
    for (const std::size_t q : {0, 1}) {
      values[2 * q].push_back(bits.peak[q]);
      values[2 * q + 1].push_back(bits.final[q]);
    }
  }
  return {spread(values[0]), spread(values[1]), spread(values[2]), spread(values[3])};
}

// The epochs at which each of the layers has all of its replicas.
std::vector<std::int64_t> whole_epochs(const std::vector<const LayerInformation*>& layers) {
  std::map<std::int64_t, std::size_t> layers_at;
  for (const LayerInformation* of : layers) {
    for (const auto& [epoch, at] : of->epochs) {
      if (at.replicas == static_cast<std::int64_t>(of->replicas.size())) ++layers_at[epoch];
    }
  }
  std::vector<std::int64_t> epochs;
  for (const auto& [epoch, count] : layers_at) {
    if (count == layers.size()) epochs.push_back(epoch);
  }
  return epochs;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void LayerInformation::add(const Record& record) {
  const Bits bits{record.i_xt_bits, record.i_ty_bits};
  caps = {std::max(caps[0], record.i_xt_cap_bits), std::max(caps[1], record.i_ty_cap_bits)};
  Replica& replica = replicas.try_emplace(record.replica, Replica{{kNone, kNone}, {}}).first->second;
  Epoch& epoch = epochs[record.epoch];
  ++epoch.replicas;
  const bool is_last = record.epoch >= replica.last;
  if (is_last) replica.last = record.epoch;
  for (const std::size_t q : {0, 1}) {
    if (!(bits[q] <= replica.peak[q]) && !std::isnan(replica.peak[q])) replica.peak[q] = bits[q];
    if (is_last) replica.final[q] = bits[q];
    epoch.sum[q] += bits[q];
  }
}

std::vector<LayerInformation> read_information(const std::filesystem::path& folder, RunSummary& summary) {
  std::vector<LayerInformation> all;
  std::size_t at = 0;  // rows go through layers and estimators in turn
  const auto add = [&](const Record& record) {
    const auto fits = [&](const LayerInformation& of) {
      return of.layer == record.layer && of.estimator == record.estimator;
    };
    if (++at >= all.size()) at = 0;
    if (all.empty() || !fits(all[at])) {
      at = std::find_if(all.begin(), all.end(), fits) - all.begin();
      if (at == all.size()) all.push_back({record.layer, record.estimator, {}, {}, {}});
    }
    all[at].add(record);
  };
  try {
    each_information(folder, add);
  } catch (const Error& error) {
    summary.set_damaged(error.what(), folder);
    all.clear();
  }
  return all;
}

Table information_table(const std::vector<LayerInformation>& information) {
  Table table{{"layer", "estimator", "replicas"}, {}};
  for (const char* quantity : {"i_xt", "i_ty"}) {
    for (const char* when : {"peak", "final"}) {
      table.columns.push_back(fmt::format("{}_{}_bits", quantity, when));
      table.columns.push_back(fmt::format("{}_{}_deviation_bits", quantity, when));
    }
  }
  table.columns.insert(table.columns.end(), {"i_xt_cap_bits", "i_ty_cap_bits"});
  for (const LayerInformation& of : information) {
    std::vector<Cell> row{of.layer, of.estimator, static_cast<std::int64_t>(of.replicas.size())};
    for (const Spread& s : spreads_of(of)) row.insert(row.end(), {s.mean, s.deviation});
    row.insert(row.end(), {of.caps[0], of.caps[1]});
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table information_texts(const std::vector<LayerInformation>& information) {
  Table table{{"layer", "estimator", "i_xt_peak_bits", "i_xt_final_bits", "i_xt_cap_bits", "i_ty_peak_bits",
               "i_ty_final_bits", "i_ty_cap_bits"},
              {}};
  for (const LayerInformation& of : information) {
    const std::array<Spread, 4> s = spreads_of(of);
    const auto text = [&](std::size_t i) { return text_of(s[i], of.replicas.size()); };
    table.rows.push_back({of.layer, of.estimator, text(0), text(1), fmt::format("{:.4g}", of.caps[0]), text(2), text(3),
                          fmt::format("{:.4g}", of.caps[1])});
  }
  return table;
}

std::string text_of(const Spread& spread, std::size_t replicas) {
  if (replicas < 2) return replicas == 0 ? "" : fmt::format("{:.4g}", spread.mean);
  const bool is_rounding = spread.deviation < 1e-12 * std::abs(spread.mean);
  return fmt::format("{:.4g} +- {:.2g}", spread.mean, is_rounding ? 0 : spread.deviation);
}

std::vector<double> values_of(const std::vector<TrainingRecord>& rows, const std::string& split,
                              double TrainingRecord::* quantity) {
  std::vector<double> values;
  for (const TrainingRecord& row : rows) {
    if (row.split == split) values.push_back(row.*quantity);
  }
  return values;
}

SeriesSet plane_of(const std::vector<LayerInformation>& information, const std::string& estimator,
                   const std::vector<std::string>& layers) {
  std::vector<const LayerInformation*> shown;
  for (const LayerInformation& of : information) {
    if (of.estimator == estimator && (layers.empty() || contains(layers, of.layer))) shown.push_back(&of);
  }
  SeriesSet set;
  set.estimator = estimator;
  set.epochs = whole_epochs(shown);
  for (const LayerInformation* of : shown) {
    Series series{of->layer, {}};
    for (const std::int64_t epoch : set.epochs) {
      const LayerInformation::Epoch& at = of->epochs.at(epoch);
      const auto n = static_cast<double>(at.replicas);
      series.points.push_back({Spread{at.sum[0] / n, 0}, Spread{at.sum[1] / n, 0}});
    }
    set.series.push_back(std::move(series));
    set.replicas = std::max(set.replicas, of->replicas.size());
    for (const std::size_t q : {0, 1}) set.caps[q] = std::max(set.caps[q], of->caps[q]);
  }
  return set;
}

}  // namespace infoplane::experiments
