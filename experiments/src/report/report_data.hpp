#pragma once

#include <nlohmann/json.hpp>

#include <infoplane/run_results.hpp>

#include "figures/style.hpp"

namespace infoplane::experiments {

/// What the page shows of a run. An array over epochs with a single number stands for that number at every epoch.
struct ReportData {
  /// {"information": [...], "learning": {...}, "bottleneck": [[i_xt, i_ty]...], "histograms": [...]}, where
  ///   information  {"estimator", "layers": [L], "epochs": [E], "details": {NAME: {"mean": [L][E], "deviation":
  ///   [L][E]}},
  ///                "i_xt", "i_ty": {"mean", "deviation", "cap": each [L][E]}, "joins": epochs by index}
  ///   learning     {"splits": [S], "epochs": [E], "loss", "accuracy": {"mean", "deviation": [S][E]}}; null without
  ///   rows histograms   see histogram_data
  nlohmann::json summary;

  /// The same of every replica, to be read when one is asked for: {"numbers": [R], "information": [{"i_xt", "i_ty":
  /// [L][R][E], "details": {NAME: [L][R][E]}}], "learning": {"loss", "accuracy": [S][R][E]}}.
  nlohmann::json replicas;

  std::vector<std::string> layers;   ///< of all estimators
  std::vector<std::string> details;  ///< that any estimator has
  EpochAxis epochs;
};

ReportData report_data(const RunResults& results);

/// Of every layer that was counted: {"layer", "low", "high", "bins", "units", "labels": [K], "epochs": [E],
/// "percent": [E][U][K][bins]}: of all samples of all replicas, how many a unit's activation put there, by label. Where
/// ranges differ, counts are shared among bins in proportion. Units are summed up (U = 1) where they are more than 32.
nlohmann::json histogram_data(const std::vector<HistogramRecord>& rows);

}  // namespace infoplane::experiments
