#pragma once

#include <infoplane/error.hpp>
#include <infoplane/estimator.hpp>
#include <infoplane/estimators/words.hpp>
#include <infoplane/fields.hpp>

// What the estimators that count words have in common.
namespace infoplane::estimators {

/// The labels as words 0..K-1, of which some may not occur.
Words label_words(const LayerSamples& samples);

/// N samples that all differ.
Words one_each(std::int64_t samples);

/// Each word `times` times in a row.
Words repeated(const Words& words, std::int64_t times);

/// Throws Error naming sample and input where an input is not finite.
void require_finite_inputs(const LayerSamples& samples);

/// A number of bins that can be indexed.
Check<std::int64_t> bin_number();

/// What the call gives; an Error of it names the layer.
template <class Call>
auto in_layer(const LayerSamples& samples, Call call) {
  try {
    return call();
  } catch (const Error& error) {
    throw Error("layer " + samples.layer + ": " + error.what());
  }
}

}  // namespace infoplane::estimators
