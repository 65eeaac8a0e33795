#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/fields.hpp>

/// What a config may say of the estimator: `estimators: [{type: sign_pattern, threshold: 0.5}]`.
struct SignPatternOptions {
  double threshold = 0;
};
infoplane::Fields fields(SignPatternOptions& options);

/// T is the word that tells of each unit whether it lies above the threshold; each sample is an input of its own. In
/// bits, I(X;T) = H(T), at most min(log2 N, M); I(T;Y) = H(T) - H(T|Y), at most H(Y). Detail: the words that occur. O(N
/// M).
std::unique_ptr<infoplane::Estimator> make_sign_pattern(const SignPatternOptions& options, std::uint64_t seed);
