#pragma once

#include <cstdint>
#include <vector>

#include "base/simd.hpp"

// The arithmetic of k-means, in float or double. N samples, M units, K centers.
namespace infoplane::estimators::clustering {

/// Samples whose distances are taken together, and centers likewise.
constexpr std::int64_t kBlock = 64;
constexpr std::int64_t kGroup = 4;

/// [N, M], row after row, each filled up with zeros to `stride` numbers.
template <class Real>
struct Rows {
  std::int64_t size, units, stride;
  std::vector<Real> values;

  Rows(std::int64_t n, std::int64_t m) : size(n), units(m), stride((m + 15) / 16 * 16), values(n * stride) {}
  const Real* row(std::int64_t i) const { return values.data() + i * stride; }
  Real* row(std::int64_t i) { return values.data() + i * stride; }
};

/// [K, M], row after row.
struct Centers {
  std::int64_t units = 1;
  std::vector<double> values;

  std::int64_t count() const { return static_cast<std::int64_t>(values.size()) / units; }
  const double* row(std::int64_t k) const { return values.data() + k * units; }
  double* row(std::int64_t k) { return values.data() + k * units; }
};

/// The centers as the kernels read them: [groups, M, kGroup], the last group filled up with centers at infinity.
template <class Real>
struct CenterGroups {
  std::int64_t units;
  std::int64_t groups;
  std::vector<Real> values;

  explicit CenterGroups(const Centers& centers);
};

/// A block of samples unit after unit: block[m * kBlock + j] is unit m of sample samples[j]. [stride, kBlock].
template <class Real>
void gather(const Rows<Real>& rows, const std::int32_t* samples, Real* block);

/// squares[g * kBlock + j] = |sample j - center g of the group|^2. Sums of squared differences lose nothing to what
/// samples have in common.
template <class Real>
void squared_distances(const Real* block, const CenterGroups<Real>& centers, std::int64_t group, Real* squares);

/// The distance of each sample of a block to the nearest center, which is the first of equally near ones, and to the
/// nearest of the others.
template <class Real>
struct Nearest {
  Real first[kBlock];
  Real second[kBlock];
  typename simd::BitsOf<Real>::type center[kBlock];
};

template <class Real>
void find_nearest(const Real* block, const CenterGroups<Real>& centers, Nearest<Real>& nearest);

}  // namespace infoplane::estimators::clustering
