#pragma once

#include <nlohmann/json.hpp>

#include <infoplane/run_results.hpp>

#include "figures/style.hpp"

namespace infoplane::experiments {

/// What the page shows of a run. An array over epochs with a single number means that number at every epoch.
struct ReportData {
  /// {"information": [...], "learning": {...}, "bottleneck": [[i_xt, i_ty]...], "histograms": [...]}, where
  ///   information: {"estimator", "layers": [L], "epochs": [E], "joins": indices of epochs,
  ///     "replicas": their number, "i_xt", "i_ty": {"mean", "deviation", "low", "high", "cap": each [L][E]},
  ///     "details": {NAME: {"mean", "deviation", "low", "high": each [L][E]}}};
  ///   learning: {"splits": [S], "epochs": [E], "replicas", "loss", "accuracy": {"mean", "deviation", "low", "high":
  ///   each [S][E]}}, or null; histograms: see histogram_data.
  nlohmann::json summary;

  /// The same for every replica, parsed only when one is selected: {"numbers": [R], "information": [{"i_xt", "i_ty":
  /// [L][R][E], "details": {NAME: [L][R][E]}}], "learning": {"loss", "accuracy": [S][R][E]}}.
  nlohmann::json replicas;

  std::vector<std::string> layers;   ///< union over the estimators
  std::vector<std::string> details;  ///< union over the estimators
  EpochAxis epochs;
  Loss loss = Loss::cross_entropy;
};

ReportData report_data(const RunResults& results);

/// For every layer with histograms: {"layer", "low", "high", "bins", "units", "labels": [K], "epochs": [E],
/// "percent": [E][U][K][bins]}: the share of a unit's activations over all samples and replicas, by label. If ranges
/// differ, counts are distributed over the bins in proportion. More than 32 units are pooled (U = 1).
nlohmann::json histogram_data(const std::vector<HistogramRecord>& rows);

}  // namespace infoplane::experiments
