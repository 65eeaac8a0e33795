#pragma once

#include <memory>
#include <vector>

#include <infoplane/claim.hpp>

#include "claims/measurement.hpp"

/// The claims that compare measurements of layers, epochs, estimators or runs. Replicas of two runs are compared in
/// pairs of one number, which have the same random streams; replicas without a partner are left out. A pair of values
/// at their caps is not tested, nor is a fall, a rise or its start where the information is at its cap throughout.
namespace infoplane::experiments {

constexpr double kLeast = -1e9, kMost = 1e9;  // limits that stand for none

struct ValueOptions {
  Measurement of;
  double from = kLeast;
  double to = kMost;
};
Fields fields(ValueOptions& options);

struct ComparisonOptions {
  Measurement of, than;
  double by = 0;
};
Fields fields(ComparisonOptions& options);

struct OrderInTimeOptions : ComparisonOptions {
  OrderInTimeOptions() { of.measure = than.measure = Measure::start_of_fall; }
};

struct RatioOptions {
  Measurement of, over;
  double from = 0;
  double to = 0;
};
Fields fields(RatioOptions& options);

enum class Direction { falling, rising };
EnumNames<Direction> names(Direction);

struct MonotoneOptions {
  Measurement of;
  Direction direction = Direction::falling;
  double within_share = 0.01;
};
Fields fields(MonotoneOptions& options);

struct SimultaneousOptions {
  Measurement of, with;
  double within_factor = 2;
};
Fields fields(SimultaneousOptions& options);

struct CurvesOverlapOptions {
  Measurement of, with;
  double within_share = 0.02;
  double at_least_epochs = 0.5;
};
Fields fields(CurvesOverlapOptions& options);

/// A layer in the information plane of a run.
struct LayerInPlane {
  std::string run, layer, estimator;
};
Fields fields(LayerInPlane& options);

struct SamePathOptions {
  LayerInPlane of, as;
  double within_share = 0.1;
};
Fields fields(SamePathOptions& options);

struct SamePlaceOptions {
  LayerInPlane of, as;
  std::vector<std::string> than;
};
Fields fields(SamePlaceOptions& options);

/// v is the measurement. Throws UsageError for an empty range.
std::unique_ptr<Claim> make_value(const ValueOptions& options);

/// v = of - than, at least `by`; for by = 0 above 0.
std::unique_ptr<Claim> make_larger(const ComparisonOptions& options);

/// v = than - of, the same.
std::unique_ptr<Claim> make_smaller(const ComparisonOptions& options);
std::unique_ptr<Claim> make_earlier(const OrderInTimeOptions& options);
std::unique_ptr<Claim> make_later(const OrderInTimeOptions& options);

/// v = of / over. Throws UsageError for an empty range.
std::unique_ptr<Claim> make_ratio(const RatioOptions& options);

/// v = max_{a < b} (x(b) - x(a)) / (max x - min x) for a falling curve x, the largest rise in between as a share of the
/// range of its values; the same of -x for a rising one. 0 for a monotone curve, NaN for a constant one.
std::unique_ptr<Claim> make_monotone(const MonotoneOptions& options);

/// v = e_1 / e_2, where e_i is 1 + the first observed epoch at which curve i has gone half of the way from its start to
/// the value farthest from it. In [1 / within_factor, within_factor].
std::unique_ptr<Claim> make_simultaneous(const SimultaneousOptions& options);

/// v is the share of the training, in epochs, in which the curves differ by at most within_share of the range of both;
/// an epoch at which both were observed stands for all since the one before.
std::unique_ptr<Claim> make_curves_overlap(const CurvesOverlapOptions& options);

/// v = max(d(A, B), d(B, A)) / the diagonal of the smallest rectangle around path A in the plane, where d(A, B) is the
/// mean distance of the points of A from the polygonal path B: the same paths at any speed have v = 0.
std::unique_ptr<Claim> make_same_path(const SamePathOptions& options);

/// v = the distance between the end points of `of` and `as` in the plane / the distance between the end point of `of`
/// and the nearest end point of the layers `than` of the run of `as`. At most 1: the layer ends nearer to its
/// counterpart than to any other.
std::unique_ptr<Claim> make_same_place(const SamePlaceOptions& options);

}  // namespace infoplane::experiments
