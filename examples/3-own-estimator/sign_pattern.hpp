#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/fields.hpp>

/// Options of the estimator in a config: `estimators: [{type: sign_pattern, threshold: 0.5}]`.
struct SignPatternOptions {
  double threshold = 0;
};
infoplane::Fields fields(SignPatternOptions& options);

/// T has a bit for each unit: whether it is above the threshold. Each sample is a distinct input. In bits, I(X;T) =
/// H(T), at most min(log2 N, M); I(T;Y) = H(T) - H(T|Y), at most H(Y). Detail `words`: the number of distinct values of
/// T. Cost: O(N M).
std::unique_ptr<infoplane::Estimator> make_sign_pattern(const SignPatternOptions& options, std::uint64_t seed);
