#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <infoplane/estimator.hpp>
#include <infoplane/estimators/bin_edges.hpp>
#include <infoplane/estimators/entropy.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::estimators {

/// The range of the bins: "activation", "data" or [low, high] in YAML.
struct BinRange {
  enum class Kind { activation, data, given };
  Kind kind = Kind::activation;
  Range given;
};

/// tanh [-1, 1]; sigmoid and softmax [0, 1]; ReLU [0, largest of the layer]; others [smallest, largest].
Range activation_range(ActivationKind kind, const torch::Tensor& activations);

/// The range of a layer's bins.
Range bin_range(const BinRange& range, const LayerSamples& samples);

/// A value of T.
enum class Symbol {
  row,    ///< the bins of all M units together
  scalar  ///< the bin of any unit, with the units pooled into one variable
};
EnumNames<Symbol> names(Symbol);

/// A value of X: "identity", "binned" or a list of edges in YAML.
struct InputSymbol {
  enum class Kind {
    identity,  ///< every sample is a distinct input: H(T|X) = 0 for rows
    binned,    ///< the input's row of bins, `bins` of equal width from its smallest to its largest scalar
    given      ///< the input's row of bins with these edges, (2.36); scalars out of range get the first or last bin
  };
  Kind kind = Kind::identity;
  std::vector<double> edges;
};

struct BinningOptions {
  std::int64_t bins = 50;
  BinRule rule = BinRule::uniform;
  BinRange range;
  Symbol symbol = Symbol::row;
  InputSymbol input;
  Correction correction = Correction::none;
};
Fields fields(BinningOptions& options);

/// Binning (2.30)-(2.37), (3.8): all units of a layer share the bin edges, computed from the layer's pooled scalars;
/// T is the row of bins. I(X;T) = H(T) - H(T|X), I(T;Y) = H(T) - sum_k p(k) H(T|Y=k), in bits, with
/// conditional probabilities inside. Rules other than uniform treat "activation" as "data", idnns as
/// [-1, 1] for every layer.
///
/// Caps: for I(X;T) the minimum of log2 N (with a correction: the corrected entropy of N different symbols), M log2
/// bins (log2 bins for scalars) and the input's entropy; for I(T;Y) H(Y). A corrected estimate is clipped to [0, cap].
/// Details: bins, occurring symbols (`words`), scalars out of range. Cost: O(N M), and O(N M log bins) for quantiles.
///
/// Invalid if there are few samples per symbol: H(T) is then near log2 N and I(T;Y) near H(Y) for any layer. The bins
/// are part of T: estimates of two layers, or of two epochs with an adaptive rule, are comparable only if their bins
/// are. Scalars do not identify the unit of a value, and have less information about the label than rows.
/// Throws UsageError for the rule idnns with fewer than 2 bins.
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

template <>
struct Codec<estimators::InputSymbol> {
  static estimators::InputSymbol read(const Node& node, const std::string& path);
  static Node write(const estimators::InputSymbol& input);
  static std::string type() { return "identity, binned or at least two edges in ascending order"; }
  static Node schema();
};

}  // namespace infoplane
