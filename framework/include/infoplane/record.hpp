#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace infoplane {

/// One row of information.csv.
struct Record {
  std::int64_t replica = 0;
  std::int64_t epoch = 0;
  std::string layer;
  std::string estimator;  ///< the estimator's name, and ".value" where it gives several
  double i_xt_bits = 0;
  double i_ty_bits = 0;
  double i_xt_cap_bits = 0;
  double i_ty_cap_bits = 0;
  std::vector<double> details;  ///< one per name of RecordTable::details; NaN where the estimator has none such
};

/// One row of training.csv.
struct TrainingRecord {
  std::int64_t replica = 0;
  std::int64_t epoch = 0;
  std::string split;     ///< "train" or "test"
  double loss_nats = 0;  ///< mean cross-entropy
  double accuracy = 0;   ///< share of samples classified correctly
};

/// What is known of X and Y themselves: truth.csv.
struct Truth {
  double i_xy_bits = 0;        ///< I(X;Y); no I(T;Y) is larger
  double i_xy_error_bits = 0;  ///< its standard error; 0: it is exact
  double best_accuracy = 0;    ///< no classifier does better
  double best_accuracy_error = 0;
};

/// A point of the information bottleneck's optimal curve, and the tradeoff beta whose solution it is (the curve's slope
/// there is 1 / beta): one row of bottleneck.csv.
struct BottleneckPoint {
  double beta = 0;
  double i_xt_bits = 0;
  double i_ty_bits = 0;
};

/// One row of parameters.csv.
struct ParameterRecord {
  std::int64_t replica = 0;
  std::int64_t epoch = 0;
  std::string parameter;   ///< its name in the model of one replica: "linear1.weight"
  std::int64_t index = 0;  ///< the element's, row after row
  double value = 0;
};

/// One row of histograms.csv: how many samples of a label a unit's activation put into a bin.
struct HistogramRecord {
  std::int64_t replica = 0;
  std::int64_t epoch = 0;
  std::string layer;
  std::int64_t unit = 0;
  std::int64_t label = 0;
  double low = 0;  ///< low <= activation < high; the last bin is closed
  double high = 0;
  std::int64_t count = 0;  ///< bins without samples have no row
};

/// One row of claims.csv: what a claim found in a run.
struct ClaimRecord {
  std::string name;      ///< what the config calls it
  std::string claim;     ///< its type: "compression"
  std::string says;      ///< the source's words
  std::string measured;  ///< what is asked of every replica
  std::int64_t replicas = 0;
  std::int64_t holds = 0;  ///< in so many of them
  double share = 0;        ///< holds / replicas
  double mean = 0;         ///< of what was measured; NaN where nothing could be
  double deviation = 0;    ///< its standard deviation over the replicas, 0 for one
  std::string unit;        ///< of mean and deviation
  bool verdict = false;    ///< whether it holds in enough of them
  std::string reason;      ///< most likely why not, "" where it holds
};

}  // namespace infoplane
