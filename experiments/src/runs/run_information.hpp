#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/record.hpp>

#include "base/statistics.hpp"
#include "results/run_summary.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {

/// What one estimator found in one layer of a run, over its replicas. Arrays are of I(X;T) and I(T;Y), in bits.
struct LayerInformation {
  std::string layer;
  std::string estimator;
  std::size_t replicas = 0;
  std::array<Statistics, 2> peak;   ///< of each replica's largest value of any epoch, NaN where one is NaN
  std::array<Statistics, 2> final;  ///< of each replica's value at its last epoch
  std::array<double, 2> caps{};
  std::vector<std::int64_t> epochs;          ///< [E], ascending
  std::array<std::vector<double>, 2> means;  ///< [E]
};

/// Of every layer and estimator in information.csv, in its order, read in one pass. A table that cannot be read makes
/// the run damaged: the summary then says so.
std::vector<LayerInformation> read_information(const std::filesystem::path& folder, RunSummary& summary);

/// Columns: layer, estimator, replicas; of I(X;T) and of I(T;Y) peak, final value and their standard deviations over
/// the replicas, all in bits; the caps.
Table information_table(const std::vector<LayerInformation>& information);

/// The same for the eye: "5.31 +- 0.22".
Table information_texts(const std::vector<LayerInformation>& information);

/// "0.953 +- 0.012", the value alone where there is one replica, "" where there is none.
std::string text_of(const Statistics& statistics, std::size_t replicas);

/// The accuracy or loss over the replicas of one split in the rows of training.csv.
std::vector<double> values_of(const std::vector<TrainingRecord>& rows, const std::string& split,
                              double TrainingRecord::* quantity);

}  // namespace infoplane::experiments
