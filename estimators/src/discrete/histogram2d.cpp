#include <infoplane/estimators/histogram2d.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/estimators/bin_edges.hpp>

#include "discrete/discrete.hpp"
#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

struct InputBins : Prepared {
  Symbols symbols;
};

class Histogram2d : public Estimator {
 public:
  explicit Histogram2d(const Histogram2dOptions& options) : options_(options) {}

  bool compares_inputs() const override { return true; }

  void require_measurable(const LayerShape& shape) const override {
    require_one_input(shape.inputs);
    require_one_unit(shape.layer, shape.units);
  }

  bool uses_label_probabilities() const override { return options_.correction == Correction::none; }

  Cost cost(const EstimateSize& size) const override {
    const auto n = static_cast<double>(size.samples);
    return {1.2e-8 * n, 64 * n};
  }

  std::vector<std::string> details() const override { return {"bins", "cells"}; }

  std::vector<Exemption> exemptions() const override { return {{"several_units", "it takes one input and one unit"}}; }

  std::shared_ptr<const Prepared> prepare(const LayerSamples& samples) const override {
    require_finite_inputs(samples);
    require_one_input(samples.inputs.size(1));
    auto prepared = std::make_shared<InputBins>();
    prepared->symbols = binned(samples.inputs);
    return prepared;
  }

  Estimate estimate(const LayerSamples& samples) const override {
    validate(samples);
    const auto prepared = samples.prepared ? samples.prepared : prepare(samples);
    const Symbols& inputs = prepared_as<InputBins>("histogram2d", *prepared).symbols;
    require_one_unit(samples.layer, samples.activations.size(1));
    const Symbols units = binned(samples.activations);
    const auto [h_y, h_t_given_y] = label_entropies(units, samples, options_.correction);
    Information information;
    information.i_xt_cap_bits =
        std::min(std::log2(static_cast<double>(options_.bins)), entropy_bits(inputs, options_.correction));
    information.i_ty_cap_bits = h_y;
    information.i_xt_bits =
        std::clamp(mutual_information_bits(units, inputs, options_.correction), 0.0, information.i_xt_cap_bits);
    information.i_ty_bits = std::clamp(entropy_bits(units, options_.correction) - h_t_given_y, 0.0, h_y);
    information.details = {static_cast<double>(options_.bins),
                           static_cast<double>(joint_counts(units, inputs).counts.size())};
    return {{information}, {}};
  }

 private:
  static void require_one_input(std::int64_t inputs) {
    if (inputs == 1) return;
    throw Error(fmt::format("histogram2d takes one input, got {}; binning takes any number", inputs));
  }

  static void require_one_unit(const std::string& layer, std::int64_t units) {
    if (units == 1) return;
    throw Error(
        fmt::format("layer {}: histogram2d takes layers of one unit, got {}; binning takes any number", layer, units));
  }

  Symbols binned(const torch::Tensor& values) const {
    Symbols symbols{{}, static_cast<std::int32_t>(options_.bins)};
    BinEdges(extent(values), options_.bins).indices(values, symbols.ids);
    return symbols;
  }

  Histogram2dOptions options_;
};

}  // namespace

Fields fields(Histogram2dOptions& o) {
  return {field("bins", o.bins, "number of bins per axis", bin_number()),
          field("correction", o.correction, "small-sample bias correction of the entropies")};
}

std::unique_ptr<Estimator> make_histogram2d(const Histogram2dOptions& options, std::uint64_t /*seed*/) {
  return std::make_unique<Histogram2d>(options);
}

}  // namespace infoplane::estimators
