#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::estimators {

/// An estimator with a null distribution: it repeats each estimate for P permutations of the labels
/// (and of the rows of their probabilities), which do not
/// change T and H(Y) but make them independent, so that the remaining I(T;Y) is bias.
///
/// Details, after the estimator's own: the mean and the standard deviation (with P - 1; 0 for P = 1) of I(T;Y) for the
/// permutations, in bits. An I(T;Y) within a few standard deviations of the mean is not significant. The permutations
/// depend on the seed alone: they are the same for all layers and epochs. Throws std::invalid_argument for a null
/// estimator and for negative permutations. Cost: that of P + 1 estimates.
std::unique_ptr<Estimator> with_permutations(std::unique_ptr<Estimator> estimator, std::int64_t permutations,
                                             std::uint64_t seed);

/// An estimator's options and P; for 0 the estimator is not wrapped.
template <class Options>
struct PermutationOptions {
  Options estimator;
  std::int64_t permutations = 0;
};

template <class Options>
Fields fields(PermutationOptions<Options>& o) {
  Fields list = fields(o.estimator);
  list.push_back(field("permutations", o.permutations,
                       "label permutations for the null distribution of I(T;Y); one extra estimate each",
                       whole_between(0, 1000000)));
  return list;
}

}  // namespace infoplane::estimators
