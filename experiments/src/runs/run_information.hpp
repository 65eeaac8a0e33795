#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <infoplane/record.hpp>

#include "figures/series.hpp"
#include "results/run_summary.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {

/// What one estimator says of one layer in a run. Pairs are of I(X;T) and I(T;Y), in bits.
struct LayerInformation {
  using Bits = std::array<double, 2>;
  struct Replica {
    Bits peak;               ///< the largest value of any epoch, NaN where one is NaN
    Bits final;              ///< the value of the last epoch
    std::int64_t last = -1;  ///< that epoch
  };
  struct Epoch {
    Bits sum{};
    std::int64_t replicas = 0;
  };

  std::string layer;
  std::string estimator;
  Bits caps{};
  std::map<std::int64_t, Replica> replicas;  ///< by replica
  std::map<std::int64_t, Epoch> epochs;      ///< by epoch

  void add(const Record& record);
};

/// Of every layer and estimator in information.csv, in its order, read in one pass. A table that cannot be read makes
/// the run damaged: the summary then says so.
std::vector<LayerInformation> read_information(const std::filesystem::path& folder, RunSummary& summary);

/// Columns: layer, estimator, replicas; of I(X;T) and of I(T;Y) peak, final value and their deviations over the
/// replicas, all in bits; the caps.
Table information_table(const std::vector<LayerInformation>& information);

/// The same for the eye: "5.31 +- 0.22".
Table information_texts(const std::vector<LayerInformation>& information);

/// "0.953 +- 0.012", the value alone where there is one replica, "" where there is none.
std::string text_of(const Spread& spread, std::size_t replicas);

/// The accuracy or loss over the replicas of one split in the rows of training.csv.
std::vector<double> values_of(const std::vector<TrainingRecord>& rows, const std::string& split,
                              double TrainingRecord::* quantity);

/// The means of one estimator's layers as a figure takes them, at the epochs that all replicas of all layers have;
/// `layers` empty: all. Without series where there is none.
SeriesSet plane_of(const std::vector<LayerInformation>& information, const std::string& estimator,
                   const std::vector<std::string>& layers);

}  // namespace infoplane::experiments
