#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <infoplane/error.hpp>
#include <infoplane/estimators/binning.hpp>
#include <infoplane/estimators/conformance.hpp>

// Estimators that are each wrong in one way, under the name of the check of conformance that finds it.
namespace infoplane::testing {

using estimators::MakeEstimator;

/// Binning, and what is made of its estimates.
class Altered : public Estimator {
 public:
  using Alter = std::function<void(const LayerSamples&, Information&)>;
  explicit Altered(Alter alter) : alter_(std::move(alter)) {}

  Estimate estimate(const LayerSamples& samples) const override {
    Estimate estimate = sound().estimate(samples);
    alter_(samples, estimate.values.front());
    return estimate;
  }
  std::vector<std::string> details() const override { return sound().details(); }
  std::vector<Exemption> exemptions() const override { return exemptions_; }
  bool uses_label_probabilities() const override { return true; }

  std::vector<Exemption> exemptions_;

 protected:
  const Estimator& sound() const { return *sound_; }

 private:
  static estimators::BinningOptions of_data() {
    estimators::BinningOptions options;
    options.range.kind = estimators::BinRange::Kind::data;
    return options;
  }

  std::unique_ptr<Estimator> sound_ = estimators::make_binning(of_data(), 1);
  Alter alter_;
};

/// Claims not to estimate I(X;T).
class WithoutInputs : public Altered {
 public:
  using Altered::Altered;
  bool estimates_i_xt() const override { return false; }
};

class WithPrepared : public Altered {
 public:
  using Altered::Altered;
  std::shared_ptr<const Prepared> prepare(const LayerSamples&) const override { return std::make_shared<Prepared>(); }
};

class WithState : public Altered {
 public:
  using Altered::Altered;
  Estimate estimate(const LayerSamples& samples) const override {
    Estimate estimate = Altered::estimate(samples);
    estimate.state = torch::ones({1});
    return estimate;
  }
};

/// Gives the samples another form before they are validated.
class Tolerant : public Altered {
 public:
  explicit Tolerant(std::function<void(LayerSamples&)> mend)
      : Altered([](const LayerSamples&, Information&) {}), mend_(std::move(mend)) {}
  Estimate estimate(const LayerSamples& samples) const override {
    LayerSamples mended = samples;
    mend_(mended);
    return Altered::estimate(mended);
  }

 private:
  std::function<void(LayerSamples&)> mend_;
};

inline std::int64_t size(const LayerSamples& samples) { return samples.labels.size(0); }
inline double words(const Information& information) { return information.details.at(1); }

/// The layers as the suite draws them: not one, few or repeated samples, nor a constant, a label or an absent label.
inline bool is_ordinary(const LayerSamples& samples, const Information& i) {
  return words(i) > 12 && samples.classes <= 3;
}

inline bool are_certain(const LayerSamples& samples) {
  const torch::Tensor& p = samples.label_probabilities;
  return p.defined() && p.eq(0).logical_or(p.eq(1)).all().item<bool>();
}

inline double extent_of(const torch::Tensor& values) { return (values.max() - values.min()).item<double>(); }

/// The mean distance of some activations from the mean of all, relative to the extent: of any scale, shift and sign.
inline double distance_from_mean(const LayerSamples& samples, const torch::Tensor& some) {
  const double extent = extent_of(samples.activations);
  return extent > 0 ? (some - samples.activations.mean()).abs().mean().item<double>() / extent : 0;
}

/// A bit of what the call gives is taken from I(X;T), which stays above 0.
template <class Call>
Altered::Alter less(Call call) {
  return [call](const LayerSamples& samples, Information& i) {
    i.i_xt_bits = std::max(0.0, i.i_xt_bits - 1e-3 * call(samples));
  };
}

template <class Kind = Altered>
inline MakeEstimator altered(Altered::Alter alter) {
  return [alter](std::uint64_t) { return std::make_unique<Kind>(alter); };
}

inline MakeEstimator altered_if_ordinary(const std::function<void(Information&)>& alter) {
  return altered([alter](const LayerSamples& samples, Information& i) {
    if (is_ordinary(samples, i)) alter(i);
  });
}

inline MakeEstimator tolerant(const std::function<void(LayerSamples&)>& mend) {
  return [mend](std::uint64_t) { return std::make_unique<Tolerant>(mend); };
}

inline std::map<std::string, MakeEstimator> wrong_values() {
  return {{"details", altered_if_ordinary([](Information& i) { i.details.push_back(0); })},
          {"not_estimated", altered<WithoutInputs>([](const LayerSamples&, Information&) {})},
          {"not_negative", altered_if_ordinary([](Information& i) { i.i_ty_bits = -0.125; })},
          {"caps", altered_if_ordinary([](Information& i) { i.i_xt_cap_bits = i.i_xt_bits / 2; })},
          {"label_entropy", altered_if_ordinary([](Information& i) { i.i_ty_bits = i.i_ty_cap_bits += 0.01; })},
          {"constant_layer", altered([](const LayerSamples& samples, Information& i) {
             if (words(i) == 1 && size(samples) > 5) i.i_xt_bits = 0.01;
           })},
          {"label_layer", altered([](const LayerSamples& samples, Information& i) {
             if (words(i) <= 3 && size(samples) > 5) i.i_ty_bits *= std::log(2.0);  // in nats
           })},
          {"one_sample", altered([](const LayerSamples& samples, Information& i) {
             if (size(samples) == 1) i.i_xt_bits = i.i_xt_cap_bits = std::numeric_limits<double>::quiet_NaN();
           })},
          {"few_samples", altered([](const LayerSamples& samples, Information&) {
             if (size(samples) == 5) throw Error("5 samples are too few");
           })},
          {"empty_class", altered([](const LayerSamples& samples, Information& i) {
             if (samples.classes > 3 && size(samples) > 5) i.i_ty_bits = std::numeric_limits<double>::quiet_NaN();
           })},
          {"repeated_samples", altered([](const LayerSamples& samples, Information& i) {
             if (words(i) > 3 && words(i) <= 12 && size(samples) > 5) i.i_xt_bits = i.i_xt_cap_bits + 1;
           })}};
}

inline std::map<std::string, MakeEstimator> wrong_dependences() {
  return {
      {"sample_order", altered(less([](const LayerSamples& s) { return distance_from_mean(s, s.activations[0]); }))},
      {"unit_order",
       altered(less([](const LayerSamples& s) { return distance_from_mean(s, s.activations.select(1, 0)); }))},
      {"scale", altered(less([](const LayerSamples& s) { return std::min(1.0, extent_of(s.activations)); }))},
      {"input_scale", altered(less([](const LayerSamples& s) { return std::min(1.0, extent_of(s.inputs)); }))},
      {"shift", altered(less([](const LayerSamples& s) {
         const double extent = extent_of(s.activations);
         return extent > 0 ? 10 * std::abs(s.activations.to(torch::kFloat64).mean().item<double>()) / extent : 0;
       }))},
      {"sign", altered(less([](const LayerSamples& s) {
         const torch::Tensor t = s.activations.to(torch::kFloat64);
         return (t - t.mean()).pow(3).mean().item<double>() > 0 ? 1 : 0;
       }))},
      {"strided_view", altered(less([](const LayerSamples& s) { return s.activations.is_contiguous() ? 0 : 1; }))},
      {"prepared", altered<WithPrepared>(less([](const LayerSamples& s) { return s.prepared ? 1 : 0; }))},
      {"certain_labels", altered(less([](const LayerSamples& s) { return are_certain(s) ? 1 : 0; }))},
      {"label_probabilities",
       altered(less([](const LayerSamples& s) { return s.label_probabilities.defined() && !are_certain(s) ? 1 : 0; }))},
      {"next_epoch", altered<WithState>([](const LayerSamples& samples, Information&) {
         if (samples.previous.defined()) samples.previous.add_(1);
       })},
      {"repeatability",
       [](std::uint64_t) {
         const auto seen = std::make_shared<std::map<std::int64_t, int>>();
         return std::make_unique<Altered>(less([seen](const LayerSamples& s) { return (*seen)[size(s)]++; }));
       }},
      {"threads", altered(less([thread = std::this_thread::get_id()](const LayerSamples&) {
         return std::this_thread::get_id() == thread ? 0 : 1;
       }))}};
}

inline std::map<std::string, MakeEstimator> wrong_conduct() {
  return {{"untouched_samples", altered([](const LayerSamples& samples, Information&) { samples.inputs.add_(1); })},
          {"global_generator", altered([](const LayerSamples&, Information&) { torch::rand({1}); })},
          {"finite_activations",
           tolerant([](LayerSamples& samples) { samples.activations = torch::nan_to_num(samples.activations); })},
          {"label_range",
           tolerant([](LayerSamples& samples) { samples.labels = samples.labels.clamp(0, samples.classes - 1); })}};
}

}  // namespace infoplane::testing
