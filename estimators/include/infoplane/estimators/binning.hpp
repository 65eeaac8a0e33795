#pragma once

#include <cstdint>
#include <memory>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/bin_edges.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::estimators {

/// What the bins span: "activation", "data" or [low, high] in YAML.
struct BinRange {
  enum class Kind { activation, data, given };
  Kind kind = Kind::activation;
  Range given;
};

/// tanh [-1, 1]; sigmoid and softmax [0, 1]; ReLU [0, largest of the layer]; others [smallest, largest].
Range activation_range(ActivationKind kind, const torch::Tensor& activations);

/// What the bins of a layer span.
Range range_of(const BinRange& range, const LayerSamples& samples);

/// What counts as one value of T.
enum class Symbol {
  row,    ///< the bins of all M units together
  scalar  ///< the bin of any one unit, the units pooled as one variable
};
EnumNames<Symbol> names(Symbol);

/// What counts as one value of X.
enum class InputWords {
  identity,  ///< every sample is an input of its own: H(T|X) = 0 for rows
  binned     ///< the input's row of bins, `bins` of equal width from its smallest to its largest scalar
};
EnumNames<InputWords> names(InputWords);

struct BinningOptions {
  std::int64_t bins = 50;
  BinRule rule = BinRule::uniform;
  BinRange range;
  Symbol symbol = Symbol::row;
  InputWords input = InputWords::identity;
  Correction correction = Correction::none;
};
Fields fields(BinningOptions& options);

/// Binning (2.30)-(2.37), (3.8): all units of a layer share their bin edges, which come of the layer's pooled scalars;
/// T is the row of bins. I(X;T) = H(T) - H(T|X), I(T;Y) = H(T) - sum_k p(k) H(T|Y=k), in bits, as studies have it: with
/// conditional probabilities inside. Rules other than uniform take "activation" for "data".
///
/// Caps: I(X;T) of the lesser of log2 N (under a correction: what it makes of N different words), M log2 bins (log2
/// bins for scalars) and the input's entropy; I(T;Y) of H(Y). A corrected estimate is clipped to 0 and the caps.
/// Details: bins, words that occur, scalars out of range. Cost: O(N M), and O(N M log bins) for quantiles.
///
/// Invalid where the samples are few beside the words: H(T) is then near log2 N and I(T;Y) near H(Y), whatever the
/// layer holds. The bins are part of T: the information of two layers, or of two epochs under an adaptive rule, is
/// comparable where their bins are. Scalars do not tell which unit had a value, and hold less of the label than rows
/// do.
std::unique_ptr<Estimator> make_binning(const BinningOptions& options, std::uint64_t seed);

}  // namespace infoplane::estimators

namespace infoplane {

template <>
struct Codec<estimators::BinRange> {
  static estimators::BinRange read(const Node& node, const std::string& path);
  static Node write(const estimators::BinRange& range);
  static std::string type() { return "activation, data or [low, high] with low < high"; }
  static Node schema();
};

}  // namespace infoplane
