#pragma once

#include <set>

#include <c10/util/Exception.h>

#include <infoplane/estimators/conformance.hpp>

// Shared by the conformance checks.
namespace infoplane::estimators {

/// Thrown by a check that fails.
struct Violation {
  std::string what;
};

inline void require(bool holds, const std::string& what) {
  if (!holds) throw Violation{what};
}

/// The estimator under test and its test layers.
class Subject {
 public:
  explicit Subject(const MakeEstimator& make);

  std::unique_ptr<Estimator> make() const { return make_(1); }
  Estimate estimate(const LayerSamples& samples) const { return make()->estimate(samples); }
  bool is_exempt(const std::string& check) const { return exempt_.count(check) > 0; }

  /// Random ones, T = f(X W); with one input and one unit if the estimator is exempt from several_units.
  const std::vector<LayerSamples>& layers() const { return layers_; }

  /// One with more samples than an estimator may use at once.
  LayerSamples large_layer() const;

  /// Runs check(samples) on every layer; adds the layer to violations and to exceptions of the estimator.
  template <class Check>
  void on_every_layer(Check check) const {
    for (const LayerSamples& samples : layers_) on(samples, check);
  }

  template <class Check>
  static void on(const LayerSamples& samples, Check check) {
    try {
      check(samples);
    } catch (const Violation& violation) {
      throw Violation{described(samples) + ": " + violation.what};
    } catch (const c10::Error& error) {
      throw Violation{described(samples) + ": threw '" + error.what_without_backtrace() + "'"};
    } catch (const std::exception& error) {
      throw Violation{described(samples) + ": threw '" + error.what() + "'"};
    }
  }

  /// The checks of any estimate: details, not_negative, caps and label_entropy, unless exempt.
  void require_sound(const Estimate& estimate, const LayerSamples& samples) const;

 private:
  static std::string described(const LayerSamples& samples);

  MakeEstimator make_;
  std::set<std::string> exempt_;
  std::vector<LayerSamples> layers_;
};

std::vector<LayerSamples> random_layers(bool several_units);

/// The same samples with a layer of one unit equal to the label, with values 200 apart.
LayerSamples layer_of_labels(LayerSamples samples);

/// H(Y), by counting.
double label_entropy_bits(const LayerSamples& samples);

/// "'upper': ", or nothing for an estimator's only value.
std::string prefix(const Information& information);

void require_details(const Estimate& estimate, const Estimator& estimator);
void require_not_negative(const Estimate& estimate, const Estimator& estimator);
void require_within_caps(const Estimate& estimate, const Estimator& estimator);
void require_within_label_entropy(const Estimate& estimate, const LayerSamples& samples);

/// Throws if a number of the two differs by more than `tolerance` times the larger of 1 and it. NaN equals NaN.
void require_same(const Estimate& found, const Estimate& expected, double tolerance);

/// The tolerance for a different order of sums: an estimator may compute in the layer's type, where sums of about 60
/// terms lose one or two of 7 or 16 digits.
double rounding(const LayerSamples& samples);

}  // namespace infoplane::estimators
