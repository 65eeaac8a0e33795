#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "clustering/distances.hpp"

// Lloyd's iteration. N samples, M units, K centers.
namespace infoplane::estimators::clustering {

/// Samples to be clustered, also as blocks, for steps that need most of them.
template <class Real>
struct Points {
  Rows<Real> rows;
  std::vector<Real> blocks;     // [ceil(N / kBlock), stride, kBlock]; the last is filled up with copies of its first
  std::vector<double> squares;  // |x|^2 of each sample

  explicit Points(Rows<Real> samples);
};

/// When an iteration ends, other than after a step in which no sample changes its cluster.
struct Stop {
  std::int64_t steps = 300;
  double gain = 0;  ///< a step lowers the sum by less than this share
  /// Ten more steps like the last would not lower the sum below this: the iteration is given up.
  double bound = std::numeric_limits<double>::infinity();
};

/// Lloyd's iteration on all points or on some of them. Samples keep a bound on how much nearer their own center is than
/// any other, and distances are computed only where the centers' moves since may have used it up (Hamerly 2010, with
/// both bounds in one). Everything is summed in double and in a fixed order.
template <class Real>
class Lloyd {
 public:
  explicit Lloyd(const Points<Real>& points);
  Lloyd(const Points<Real>& points, std::vector<std::int32_t> samples);

  /// Assigns the samples to the nearest center and moves each center to the mean of its samples, until the stop. A
  /// center without samples stays. Returns the within-cluster sum of squares of the last assignment about its means.
  double run(Centers& centers, const Stop& stop);

  /// Of the last step of run(), which took place before the centers' last move.
  const std::vector<std::int32_t>& labels() const { return labels_; }
  const std::vector<std::int64_t>& sizes() const { return sizes_; }

 private:
  void start(std::int64_t clusters);
  std::int64_t assign(const Centers& centers);
  std::int64_t reassign(const CenterGroups<Real>& centers, const std::int32_t* places, std::int64_t count,
                        const Real* block);
  void change(std::int64_t place, std::int32_t label);
  double move(Centers& centers);
  std::int32_t sample(std::int64_t place) const;

  const Points<Real>& points_;
  const std::vector<std::int32_t> samples_;  // empty: all
  const std::int64_t size_;
  double squares_ = 0;  // sum of |x|^2

  std::vector<std::int32_t> labels_;  // by place, -1 before the first step
  std::vector<Real> slack_;           // by place: distances are computed again once drift_ has reached this
  std::vector<double> drift_;         // by label + 1: what the centers' moves have taken from a sample's bound
  std::vector<std::int64_t> sizes_;
  std::vector<double> sums_;  // [K, M], of the samples' units
  std::vector<Real> block_;
};

}  // namespace infoplane::estimators::clustering
