#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <infoplane/record.hpp>

#include "base/statistics.hpp"
#include "results/run_summary.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {

/// The smallest and the largest cap; NaN for a quantity that is not estimated.
struct CapRange {
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};

/// The estimates of one estimator for one layer of a run, over its replicas. Arrays hold I(X;T) and I(T;Y), in bits.
struct LayerInformation {
  std::string layer;
  std::string estimator;
  std::size_t replicas = 0;
  std::array<Statistics, 2> peak;    ///< of the largest measured value of each replica
  std::array<Statistics, 2> final;   ///< at the layer's last epoch, as in the planes; a replica without it is left out
  std::array<CapRange, 2> caps;      ///< over the replicas and epochs
  std::vector<std::int64_t> epochs;  ///< [E], ascending
  std::array<std::vector<double>, 2> means;  ///< [E]
};

/// Every layer and estimator of information.csv, in the order of the file, read in one pass. If the table cannot be
/// read, the summary is marked as damaged.
std::vector<LayerInformation> read_information(const std::filesystem::path& folder, RunSummary& summary);

/// Columns: layer, estimator, replicas; peak and final value of I(X;T) and of I(T;Y) with their standard deviations
/// over the replicas, all in bits; the caps, the largest and the smallest.
Table information_table(const std::vector<LayerInformation>& information);

/// The same for people to read: "5.31 +- 0.22"; "0.81-0.99" for caps that differ between replicas or epochs.
Table information_texts(const std::vector<LayerInformation>& information);

/// "0.953 +- 0.012"; "0.953 +- 0.012 (3 of 4)" if one of four replicas could not be measured; the value alone for one
/// replica, "" for none, "-" if none could be measured.
std::string text_of(const Statistics& statistics, std::size_t replicas);

/// The accuracy or loss of each row of one split.
std::vector<double> values_of(const std::vector<TrainingRecord>& rows, const std::string& split,
                              double TrainingRecord::* quantity);

}  // namespace infoplane::experiments
