#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <torch/types.h>

#include <infoplane/activation_kind.hpp>

/// N samples, D inputs, M units of a layer, K labels. Information is in bits.
namespace infoplane {

/// What an estimator computes from the inputs alone, once for all layers and epochs of a replica.
class Prepared {
 public:
  virtual ~Prepared() = default;
};

/// An estimator's data: one layer of one replica at one epoch.
struct LayerSamples {
  torch::Tensor inputs;       ///< [N, D] float32 or float64
  torch::Tensor labels;       ///< [N] int64, 0 <= label < K
  std::int64_t classes = 0;   ///< K
  torch::Tensor activations;  ///< [N, M] float32 or float64
  ActivationKind kind = ActivationKind::unknown;
  std::string layer;                         ///< its name, for errors
  std::shared_ptr<const Prepared> prepared;  ///< result of prepare() for these inputs; null: computed again
  torch::Tensor label_probabilities;  ///< [N, K] float64, p(label | sample), rows with sum 1; undefined: certain labels
  torch::Tensor previous;  ///< Estimate::state of this layer at the previous observed epoch; undefined at the first
};

/// The value and the cap of a quantity that an estimator does not estimate: NaN, an empty field in CSV, null in JSON.
inline constexpr double kNotEstimated = std::numeric_limits<double>::quiet_NaN();

/// One pair of an estimator's values for a layer.
struct Information {
  std::string value;            ///< one of Estimator::values(): "" or, of an estimator with several, "upper", "lower"
  double i_xt_bits = 0;         ///< I(X;T); kNotEstimated unless estimates_i_xt()
  double i_ty_bits = 0;         ///< I(T;Y)
  double i_xt_cap_bits = 0;     ///< the cap of I(X;T): the largest possible estimate, such as log2 N
  double i_ty_cap_bits = 0;     ///< the cap of I(T;Y), such as H(Y)
  std::vector<double> details;  ///< in the order of Estimator::details(); NaN if one does not apply
};

struct Estimate {
  std::vector<Information> values;  ///< at least one
  torch::Tensor state;              ///< a starting point for the same layer's estimate at the next epoch, or undefined
};

/// What is known about a layer before training.
struct LayerShape {
  std::string layer;        ///< its name, for errors
  std::int64_t inputs = 0;  ///< D
  std::int64_t units = 0;   ///< M
};

/// The size of an estimate.
struct EstimateSize {
  std::int64_t samples = 1;  ///< N
  std::int64_t inputs = 1;   ///< D
  std::int64_t units = 1;    ///< M
  std::int64_t classes = 1;  ///< K
};

/// What an estimate takes.
struct Cost {
  double seconds = 0;  ///< of one core; 0: unknown
  double bytes = 0;    ///< of memory, in addition to the samples
};

/// A check of the conformance suite that an estimator cannot pass by design.
struct Exemption {
  std::string check;   ///< its name, such as "sample_order"
  std::string reason;  ///< completes "because ...": "it adds noise, drawn sample by sample"
};

/// A pure function of a layer's samples: equal arguments give equal results, the tensors are not modified, and it may
/// be called from several threads at once. An estimator that draws random numbers gets a seed when it is made.
class Estimator {
 public:
  virtual ~Estimator() = default;

  virtual std::shared_ptr<const Prepared> prepare(const LayerSamples& /*samples*/) const { return nullptr; }

  /// Throws Error naming layer, sample and unit for an activation that is not finite, and the sample for a label
  /// outside 0..K-1 (see validate).
  virtual Estimate estimate(const LayerSamples& samples) const = 0;

  /// The names of the values of every estimate, in order.
  virtual std::vector<std::string> values() const { return {""}; }

  /// Throws the Error of prepare() or estimate() for a layer that it cannot measure for any samples, so that it is
  /// rejected before training.
  virtual void require_measurable(const LayerShape& /*shape*/) const {}

  /// The names of additional numbers of every estimate, with their unit if they have one: "bins", "words".
  virtual std::vector<std::string> details() const { return {}; }

  /// Whether I(X;T) depends on the values of the inputs, and not only on which of them are equal: it then needs the
  /// true inputs, sample numbers are not enough.
  virtual bool compares_inputs() const { return false; }

  /// Whether I(T;Y) and its cap are computed from label_probabilities, if there are any, and not from the labels drawn
  /// from them: as the limit of many copies of the samples, each with labels of its own.
  virtual bool uses_label_probabilities() const { return false; }

  /// The expected cost of estimate(), from measurements (bench/README.md): within a factor of 4 for seconds, so that
  /// work that no machine finishes is noticed before it begins.
  virtual Cost cost(const EstimateSize& /*size*/) const { return {}; }

  /// Whether I(X;T) is estimated.
  virtual bool estimates_i_xt() const { return true; }

  /// The checks of the conformance suite that do not hold, and why. `infoplane describe` prints them.
  virtual std::vector<Exemption> exemptions() const { return {}; }
};

/// The checks that every estimator must make: shapes and types as in LayerSamples, N >= 1, labels in 0..K-1, finite
/// activations. Throws Error: "layer L3: the activation of sample 17, unit 2 is nan, activations must be finite";
/// "layer L3: the label of sample 4 is 7, labels must be in 0..2". Label probabilities are checked as by
/// validate(Dataset).
void validate(const LayerSamples& samples);

}  // namespace infoplane
