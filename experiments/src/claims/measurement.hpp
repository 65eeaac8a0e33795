#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <infoplane/claim.hpp>

#include "claims/claims.hpp"
#include "claims/replica_curves.hpp"

/// What claims compare: one number per replica of a run, or one curve.
namespace infoplane::experiments {

enum class Measured {
  i_xt,
  i_ty,
  loss,
  accuracy,
  detail,
  parameter,
  share_at,
  class_distance,
  class_separation,
  tanh_slope,
  bound_distance
};
EnumNames<Measured> names(Measured);

enum class Measure { value, peak, fall, rise, start_of_fall, peak_epoch, lowest_epoch };
EnumNames<Measure> names(Measure);

/// A quantity of a run and what is taken of its curve.
struct Measurement {
  std::string run;  ///< "": the run that states the claim
  Measured quantity = Measured::i_xt;
  std::string layer;
  std::string estimator;
  std::string detail;
  std::string parameter;
  std::int64_t index = 0;
  Split split = Split::test;
  std::vector<double> at;
  Measure measure = Measure::value;
  std::int64_t epoch = -1;  ///< -1: the last
};
Fields fields(Measurement& options);

/// Throws UsageError for a measurement without what its quantity needs: "OF.layer is required for quantity i_xt".
void require_complete(const Measurement& of, const std::string& name);

ResultNeeds needs_of(const std::vector<Measurement>& all);

/// The run of that name; `own` for "".
const RunResults& run_of(const std::string& name, const RunResults& own, const OtherRuns& others);

/// The quantity of every replica, with its name: "I(X;T) of L5". Throws UsageError for what is not in the results.
ReplicaCurves curves_of(const Measurement& of, const RunResults& own, const OtherRuns& others);

/// A number of one replica; `is_at_cap`: an information whose estimator cannot tell it from a larger one.
struct MeasuredValue {
  double value = 0;
  bool is_at_cap = false;
};

struct MeasuredValues {
  std::string text;  ///< "I(X;T) of L5 at epoch 1000 (binning)"
  std::map<std::int64_t, MeasuredValue> replicas;
};

/// A value at an epoch is that of the nearest observed epoch, NaN if that is more than 10 % away.
MeasuredValues measured_values(const Measurement& of, const RunResults& own, const OtherRuns& others);

/// "bits", "nats", "epochs" or "".
std::string unit_of(const Measurement& of);

}  // namespace infoplane::experiments
