#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::estimators {

/// An estimator that also tells what it makes of nothing: it repeats each estimate under P permutations of the labels,
/// which leave T and H(Y) as they are and cut every tie between them, so that what I(T;Y) remains is bias.
///
/// Details, after the estimator's own: the mean and the standard deviation (of P - 1; 0 for P = 1) of I(T;Y) under the
/// permutations, in bits. An I(T;Y) within a few deviations of the mean cannot be told from nothing. The permutations
/// depend on the seed alone: all layers and epochs have the same. Cost: that of P + 1 estimates.
std::unique_ptr<Estimator> with_permutations(std::unique_ptr<Estimator> estimator, std::int64_t permutations,
                                             std::uint64_t seed);

/// An estimator's options and P; 0 leaves the estimator as it is.
template <class Options>
struct PermutationOptions {
  Options estimator;
  std::int64_t permutations = 0;
};

template <class Options>
Fields fields(PermutationOptions<Options>& o) {
  Fields list = fields(o.estimator);
  list.push_back(field("permutations", o.permutations,
                       "shuffles of the labels, to tell I(T;Y) from nothing; as many estimates more",
                       whole_between(0, 1000000)));
  return list;
}

}  // namespace infoplane::estimators
