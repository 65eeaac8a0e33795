#include <infoplane/estimators/binning.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include <infoplane/error.hpp>
#include <infoplane/estimators/symbols.hpp>

#include "discrete/discrete.hpp"
#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

struct BinnedInputs : Prepared {
  Symbols symbols;
};

// The range for "activation", of which only uniform bins are.
BinRange range_of(const BinningOptions& options) {
  if (options.rule == BinRule::uniform || options.range.kind != BinRange::Kind::activation) return options.range;
  if (options.rule == BinRule::idnns) return {BinRange::Kind::given, {-1, 1}};
  return {BinRange::Kind::data, {}};
}

class Binning : public Estimator {
 public:
  explicit Binning(const BinningOptions& options) : options_(options) {}

  bool compares_inputs() const override { return options_.input.kind != InputSymbol::Kind::identity; }

  bool uses_label_probabilities() const override { return options_.correction == Correction::none; }

  std::vector<std::string> details() const override { return {"bins", "words", "out_of_range"}; }

  Cost cost(const EstimateSize& size) const override {
    const auto n = static_cast<double>(size.samples), units = static_cast<double>(size.units);
    return {n * (1.5e-8 + 4e-9 * units), n * (64 + 4 * units)};
  }

  std::vector<Exemption> exemptions() const override {
    if (options_.rule != BinRule::idnns) return exemptions_of(range_of(options_));
    const std::string reason = "the bins of idnns are the same for every layer";
    return {{"label_layer", "values below -1 share a bin with those from 1 on"}, {"scale", reason}, {"shift", reason}};
  }

  std::shared_ptr<const Prepared> prepare(const LayerSamples& samples) const override {
    if (!compares_inputs()) return nullptr;
    require_finite_inputs(samples);
    const BinEdges edges = options_.input.kind == InputSymbol::Kind::given
                               ? BinEdges(options_.input.edges)
                               : BinEdges(extent(samples.inputs), options_.bins);
    auto prepared = std::make_shared<BinnedInputs>();
    SymbolRows rows{{}, samples.inputs.size(1), edges.bins()};
    edges.indices(samples.inputs, rows.symbols);
    prepared->symbols = distinct_rows(rows);
    return prepared;
  }

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const BinEdges edges = edges_of(samples);
    SymbolRows rows{{}, options_.symbol == Symbol::row ? samples.activations.size(1) : 1, edges.bins()};
    const std::int64_t outside = edges.indices(samples.activations, rows.symbols);
    const Symbols symbols = distinct_rows(rows);

    Information information = information_of(symbols, samples);
    const double possible = static_cast<double>(rows.width) * std::log2(edges.bins());
    information.i_xt_cap_bits = std::min(information.i_xt_cap_bits, possible);
    information.i_xt_bits = std::clamp(information.i_xt_bits, 0.0, information.i_xt_cap_bits);
    information.details = {static_cast<double>(edges.bins()), static_cast<double>(symbols.count),
                           static_cast<double>(outside)};
    return {{information}, {}};
  }

 private:
  BinEdges edges_of(const LayerSamples& samples) const {
    const BinRange range = range_of(options_);
    return in_layer(samples, [&] {
      return bin_edges(options_.rule, options_.bins, samples.activations, bin_range(range, samples));
    });
  }

  // There is one symbol per sample, or one for each of its M units.
  Information information_of(const Symbols& symbols, const LayerSamples& samples) const {
    const std::int64_t units = static_cast<std::int64_t>(symbols.ids.size()) / samples.activations.size(0);
    const auto [h_y, h_t_given_y] = label_entropies(symbols, samples, options_.correction);
    Information information;
    const double entropy = entropy_bits(symbols, options_.correction);
    information.i_ty_cap_bits = h_y;
    information.i_ty_bits = std::clamp(entropy - h_t_given_y, 0.0, h_y);
    information.i_xt_cap_bits = distinct_entropy(samples.activations.size(0));
    information.i_xt_bits = entropy;
    if (compares_inputs()) {
      const auto prepared = samples.prepared ? samples.prepared : prepare(samples);
      const Symbols& inputs = prepared_as<BinnedInputs>("binning", *prepared).symbols;
      information.i_xt_cap_bits = std::min(information.i_xt_cap_bits, entropy_bits(inputs, options_.correction));
      information.i_xt_bits -= conditional_entropy_bits(symbols, repeated(inputs, units), options_.correction);
    } else if (units > 1) {
      information.i_xt_bits -= conditional_entropy_bits(symbols, repeated(one_each(samples.activations.size(0)), units),
                                                        options_.correction);
    }
    return information;
  }

  double distinct_entropy(std::int64_t samples) const {
    return entropy_bits(std::vector<std::int32_t>(samples, 1), options_.correction);
  }

  BinningOptions options_;
};

}  // namespace

Range activation_range(ActivationKind kind, const torch::Tensor& activations) {
  switch (kind) {
    case ActivationKind::tanh:
      return {-1, 1};
    case ActivationKind::sigmoid:
    case ActivationKind::softmax:
      return {0, 1};
    case ActivationKind::relu:
      return {0, std::max(0.0, extent(activations).high)};
    default:
      return extent(activations);
  }
}

std::vector<Exemption> exemptions_of(const BinRange& range) {
  if (range.kind == BinRange::Kind::data) return {};
  const std::string reason = range.kind == BinRange::Kind::given
                                 ? "the range of the bins is given"
                                 : "the bins of a tanh, sigmoid or softmax layer have the range of the function";
  std::vector<Exemption> exemptions{{"scale", reason}, {"shift", reason}};
  if (range.kind == BinRange::Kind::given)
    exemptions.push_back({"sign", "a value on an edge goes to the bin above it"});
  return exemptions;
}

Range bin_range(const BinRange& range, const LayerSamples& samples) {
  switch (range.kind) {
    case BinRange::Kind::given:
      return range.given;
    case BinRange::Kind::data:
      return extent(samples.activations);
    default:
      return activation_range(samples.kind, samples.activations);
  }
}

EnumNames<Symbol> names(Symbol) { return {{Symbol::row, "row"}, {Symbol::scalar, "scalar"}}; }

Fields fields(BinningOptions& o) {
  return {field("bins", o.bins, "number of bins for the rules uniform, quantile and idnns, and for the input",
                bin_number()),
          field("rule", o.rule,
                "rule for the bin edges; idnns: bins - 1 of equal width from -1 to 1 for every layer, and one for what "
                "is 1 or more or below -1, as in the program of Shwartz-Ziv and Tishby"),
          field("range", o.range, "range of the bins; values out of range go to the first or last bin and are counted"),
          field("symbol", o.symbol, "value of T: the bins of all units, or of any unit"),
          field("input", o.input, "value of X: each sample, or its row of bins, with these edges if they are given"),
          field("correction", o.correction, "small-sample bias correction of the entropies")};
}

std::unique_ptr<Estimator> make_binning(const BinningOptions& options, std::uint64_t /*seed*/) {
  if (options.rule == BinRule::idnns && options.bins < 2) {
    throw UsageError("binning with rule idnns needs at least 2 bins, of which the last is for values from 1 on, got 1");
  }
  return std::make_unique<Binning>(options);
}

}  // namespace infoplane::estimators

namespace infoplane {

using estimators::BinRange;
using estimators::InputSymbol;

BinRange Codec<BinRange>::read(const Node& node, const std::string& path) {
  if (node.kind == Node::Kind::scalar && node.scalar == "activation") return {};
  if (node.kind == Node::Kind::scalar && node.scalar == "data") return {BinRange::Kind::data, {}};
  if (node.kind != Node::Kind::list || node.items.size() != 2) throw Misfit{type()};
  const std::vector<double> ends = Codec<std::vector<double>>::read(node, path);
  if (ends[0] >= ends[1]) throw Misfit{type()};
  return {BinRange::Kind::given, {ends[0], ends[1]}};
}

Node Codec<BinRange>::schema() {
  const Node two = Node::of_scalar("2");
  const Node ends = joined(Codec<std::vector<double>>::schema(), keywords({{"minItems", two}, {"maxItems", two}}));
  return keywords({{"oneOf", Node::of_list({keywords({{"enum", text_list({"activation", "data"})}}), ends})}});
}

Node Codec<BinRange>::write(const BinRange& range) {
  if (range.kind == BinRange::Kind::activation) return Node::of_scalar("activation");
  if (range.kind == BinRange::Kind::data) return Node::of_scalar("data");
  return Node::of_list({Codec<double>::write(range.given.low), Codec<double>::write(range.given.high)});
}

InputSymbol Codec<InputSymbol>::read(const Node& node, const std::string& path) {
  if (node.kind == Node::Kind::scalar && node.scalar == "identity") return {};
  if (node.kind == Node::Kind::scalar && node.scalar == "binned") return {InputSymbol::Kind::binned, {}};
  if (node.kind != Node::Kind::list) throw Misfit{type()};
  std::vector<double> edges = Codec<std::vector<double>>::read(node, path);
  const bool ascend = std::adjacent_find(edges.begin(), edges.end(), std::greater_equal<>()) == edges.end();
  if (edges.size() < 2 || !ascend) throw Misfit{type()};
  return {InputSymbol::Kind::given, std::move(edges)};
}

Node Codec<InputSymbol>::schema() {
  const Node edges = joined(Codec<std::vector<double>>::schema(), keywords({{"minItems", Node::of_scalar("2")}}));
  return keywords({{"oneOf", Node::of_list({keywords({{"enum", text_list({"identity", "binned"})}}), edges})}});
}

Node Codec<InputSymbol>::write(const InputSymbol& input) {
  if (input.kind == InputSymbol::Kind::identity) return Node::of_scalar("identity");
  if (input.kind == InputSymbol::Kind::binned) return Node::of_scalar("binned");
  return Codec<std::vector<double>>::write(input.edges);
}

}  // namespace infoplane
