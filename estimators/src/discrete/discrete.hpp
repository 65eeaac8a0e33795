#pragma once

#include <infoplane/error.hpp>
#include <infoplane/estimator.hpp>
#include <infoplane/estimators/binning.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/estimators/symbols.hpp>
#include <infoplane/fields.hpp>

// Shared by the estimators that count symbols.
namespace infoplane::estimators {

/// N samples, all with different symbols.
Symbols one_each(std::int64_t samples);

/// Each symbol `times` times in a row.
Symbols repeated(const Symbols& symbols, std::int64_t times);

/// H(Y), and H(T|Y) of symbols T, the same number of them in a row for each sample. From the label probabilities if
/// there are any and there is no correction, which is made for counts; else from the labels.
struct LabelEntropies {
  double h_y, h_t_given_y;
};
LabelEntropies label_entropies(const Symbols& symbols, const LayerSamples& samples, Correction correction);

/// Throws Error naming sample and input for an input that is not finite.
void require_finite_inputs(const LayerSamples& samples);

/// A check of the number of bins: 1 to 2^20.
Check<std::int64_t> bin_number();

/// The checks of conformance that bins of this range do not pass.
std::vector<Exemption> exemptions_of(const BinRange& range);

/// The result of the call; adds the layer to an Error of it.
template <class Call>
auto in_layer(const LayerSamples& samples, Call call) {
  try {
    return call();
  } catch (const Error& error) {
    throw Error("layer " + samples.layer + ": " + error.what());
  }
}

}  // namespace infoplane::estimators
