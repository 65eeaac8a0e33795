#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <infoplane/interval.hpp>

namespace infoplane {

/// One row of information.csv.
struct Record {
  std::int64_t replica = 0;
  std::int64_t epoch = 0;
  std::string layer;
  std::string estimator;  ///< the estimator's name, and ".value" if it has several
  double i_xt_bits = 0;   ///< NaN, an empty field, if the estimator does not estimate it; so are the following
  double i_ty_bits = 0;
  double i_xt_cap_bits = 0;
  double i_ty_cap_bits = 0;
  std::vector<double> details;  ///< one per name of RecordTable::details; NaN if the estimator does not have it
};

/// One row of training.csv.
struct TrainingRecord {
  std::int64_t replica = 0;
  std::int64_t epoch = 0;
  std::string split;    ///< "train" or "test"
  double loss = 0;      ///< mean, of the kind that the experiment names: see loss.hpp
  double accuracy = 0;  ///< share of samples classified correctly
};

/// What is known about X and Y themselves: truth.csv.
struct Truth {
  double i_xy_bits = 0;        ///< I(X;Y), an upper bound of I(T;Y)
  double i_xy_error_bits = 0;  ///< its standard error; 0: exact
  double best_accuracy = 0;    ///< of the best possible classifier
  double best_accuracy_error = 0;
};

/// A point of the information bottleneck's optimal curve, and the tradeoff beta that it solves (the slope of the curve
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
  std::int64_t index = 0;  ///< of the element, in row-major order
  double value = 0;
};

/// One row of histograms.csv: the number of samples of a label whose activation of a unit is in a bin.
struct HistogramRecord {
  std::int64_t replica = 0;
  std::int64_t epoch = 0;
  std::string layer;
  std::int64_t unit = 0;
  std::int64_t label = 0;
  double low = 0;  ///< low <= activation < high; the last bin is closed
  double high = 0;
  std::int64_t count = 0;  ///< at least 1: empty bins have no row
};

enum class Verdict { undecided, holds, does_not_hold };

/// One row of claims.csv: the result of a claim for a run of R replicas. Intervals are 95 % intervals.
struct ClaimRecord {
  std::string name;           ///< its name in the config
  std::string claim;          ///< its type: "compression"
  std::string says;           ///< quoted from the source
  std::string measured;       ///< the measurement in each replica
  std::int64_t replicas = 0;  ///< R
  std::int64_t tested = 0;    ///< number of replicas in which it can be measured and could come out either way
  std::int64_t holds = 0;     ///< number of replicas in which it holds
  Interval share;             ///< of replicas in which it holds
  double at_least_share = 0;  ///< the share that it claims
  double mean = 0;            ///< of the measured values; NaN if there are none
  Interval mean_interval;
  double deviation = 0;  ///< standard deviation of the values over the replicas, 0 for one
  std::string unit;      ///< of mean and deviation
  Verdict verdict = Verdict::undecided;
  std::string doubt;                  ///< why it is undecided, else ""
  std::string reason;                 ///< the most likely reason unless it holds, else ""
  std::vector<std::string> evidence;  ///< the claims that show the reason
};

}  // namespace infoplane
