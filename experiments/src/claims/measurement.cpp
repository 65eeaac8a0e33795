#include "claims/measurement.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/with_context.hpp"
#include "claims/activation_curves.hpp"
#include "claims/path.hpp"
#include "runs/selection.hpp"

namespace infoplane::experiments {
namespace {

constexpr double kFarRight = 1e3;  // bits
constexpr double kNear = 1.1;      // largest ratio of an epoch and the observed one that stands for it

bool is_information(Measured quantity) { return quantity == Measured::i_xt || quantity == Measured::i_ty; }

bool is_of_activations(Measured quantity) {
  return quantity == Measured::share_at || quantity == Measured::class_distance ||
         quantity == Measured::class_separation || quantity == Measured::tanh_slope;
}

bool is_of_training(Measured quantity) { return quantity == Measured::loss || quantity == Measured::accuracy; }

bool is_epoch(Measure measure) {
  return measure == Measure::start_of_fall || measure == Measure::peak_epoch || measure == Measure::lowest_epoch;
}

LayerQuantity layer_quantity(const Measurement& of) {
  return {of.layer, of.estimator, of.quantity == Measured::i_ty ? Quantity::i_ty : Quantity::i_xt};
}

std::size_t nearest(const Curve& curve, std::int64_t epoch) {
  const auto distance = [&](const auto& point) {
    return std::abs(std::log(static_cast<double>(point.first + 1) / static_cast<double>(epoch + 1)));
  };
  const auto found = std::min_element(curve.begin(), curve.end(),
                                      [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
  return epoch > curve.back().first || distance(*found) > std::log(kNear)
             ? curve.size()
             : static_cast<std::size_t>(found - curve.begin());
}

double lowest_epoch(const Curve& curve) {
  const auto lowest =
      std::min_element(curve.begin(), curve.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return static_cast<double>(lowest->first);
}

double peak_epoch(const Curve& curve) {
  const auto top =
      std::max_element(curve.begin(), curve.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return static_cast<double>(top->first);
}

double measured(const Curve& curve, Measure measure) {
  const double top = peak(curve);
  if (std::isnan(top)) return top;
  switch (measure) {
    case Measure::peak:
      return top;
    case Measure::fall:
      return fall(curve);
    case Measure::rise:
      return rise(curve);
    case Measure::start_of_fall:
      return start_of_fall(curve);
    case Measure::peak_epoch:
      return peak_epoch(curve);
    case Measure::lowest_epoch:
      return lowest_epoch(curve);
    case Measure::value:
      break;
  }
  return last(curve);
}

MeasuredValue value_of(const Measurement& of, const ReplicaCurves& curves, std::int64_t replica) {
  const Curve& curve = curves.replicas.at(replica);
  if (of.measure != Measure::value) {
    return {measured(of.measure == Measure::start_of_fall ? curves.steady(replica) : curve, of.measure),
            curves.is_at_cap_throughout(replica)};
  }
  const std::size_t point = of.epoch < 0 ? curve.size() - 1 : nearest(curve, of.epoch);
  if (point == curve.size()) return {std::nan(""), false};
  return {curve[point].second, curves.is_at_cap(replica, point)};
}

std::string text_of(const Measurement& of, const std::string& name) {
  switch (of.measure) {
    case Measure::peak:
      return "the peak of " + name;
    case Measure::fall:
      return "the fall of " + name + " after its peak";
    case Measure::rise:
      return "the rise of " + name + " from its start";
    case Measure::start_of_fall:
      return "the start of the fall of " + name;
    case Measure::peak_epoch:
      return "the epoch of the peak of " + name;
    case Measure::lowest_epoch:
      return "the epoch of the lowest " + name;
    case Measure::value:
      break;
  }
  return of.epoch < 0 ? name + " at the end" : fmt::format("{} at epoch {}", name, of.epoch);
}

ReplicaCurves parameter_curves(const Measurement& of, const RunResults& results) {
  ReplicaCurves curves = element_of(results, of.parameter, of.index);
  curves.name = fmt::format("|{} {}|", of.parameter, of.index);
  for (auto& [replica, curve] : curves.replicas) {
    for (auto& [epoch, value] : curve) value = std::abs(value);
  }
  return curves;
}

ReplicaCurves detail_curves(const Measurement& of, const RunResults& results) {
  ReplicaCurves curves{fmt::format("{} of {}", of.detail, of.layer), selected_estimator(results, of.estimator), {}};
  curves.replicas = detail_of(results, curves.estimator, of.layer, of.detail);
  if (curves.replicas.empty()) {
    throw UsageError(
        fmt::format("the results have no layer {} of estimator {}", in_quotes(of.layer), curves.estimator));
  }
  return curves;
}

// The distance, in bits, of a layer's point in the plane from the optimal curve.
ReplicaCurves bound_curves(const Measurement& of, const RunResults& results) {
  if (results.bottleneck.empty()) throw UsageError("the results have no optimal curve, bottleneck.csv");
  ReplicaCurves curves = information_of(results, {of.layer, of.estimator, Quantity::i_xt});
  const ReplicaCurves i_ty = information_of(results, {of.layer, of.estimator, Quantity::i_ty});
  Path bound;
  for (const BottleneckPoint& point : results.bottleneck) bound.push_back({point.i_xt_bits, point.i_ty_bits});
  bound.push_back({std::max(bound.back().x, kFarRight), bound.back().y});  // it is flat from the last point on
  curves.name = fmt::format("the distance of {} from the optimal curve", of.layer);
  curves.caps.clear();
  for (auto& [replica, curve] : curves.replicas) {
    for (std::size_t e = 0; e < curve.size(); ++e) {
      curve[e].second = distance(Point{curve[e].second, i_ty.replicas.at(replica)[e].second}, bound);
    }
  }
  return curves;
}

ReplicaCurves curves_in(const Measurement& of, const RunResults& results) {
  ReplicaCurves curves;
  if (is_information(of.quantity)) {
    curves = information_of(results, layer_quantity(of));
  } else if (is_of_training(of.quantity)) {
    curves = training_of(results, of.split, of.quantity == Measured::loss ? kLoss : kAccuracy);
  } else if (is_of_activations(of.quantity)) {
    curves = activation_curves(of, results);
  } else if (of.quantity == Measured::parameter) {
    curves = parameter_curves(of, results);
  } else {
    curves = of.quantity == Measured::detail ? detail_curves(of, results) : bound_curves(of, results);
  }
  return curves;
}

}  // namespace

EnumNames<Measured> names(Measured) {
  return {{Measured::i_xt, "i_xt"},
          {Measured::i_ty, "i_ty"},
          {Measured::loss, "loss"},
          {Measured::accuracy, "accuracy"},
          {Measured::detail, "detail"},
          {Measured::parameter, "parameter"},
          {Measured::share_at, "share_at"},
          {Measured::class_distance, "class_distance"},
          {Measured::class_separation, "class_separation"},
          {Measured::tanh_slope, "tanh_slope"},
          {Measured::bound_distance, "bound_distance"}};
}

EnumNames<Measure> names(Measure) {
  return {{Measure::value, "value"},
          {Measure::peak, "peak"},
          {Measure::fall, "fall"},
          {Measure::rise, "rise"},
          {Measure::start_of_fall, "start_of_fall"},
          {Measure::peak_epoch, "peak_epoch"},
          {Measure::lowest_epoch, "lowest_epoch"}};
}

Fields fields(Measurement& o) {
  return {
      field("run", o.run, "experiment whose run is measured; empty: this one"),
      field(
          "quantity", o.quantity,
          "i_xt, i_ty: I(X;T), I(T;Y); detail: a detail of the estimate; parameter: magnitude of an element; share_at: "
          "share of activations in the bins of `at`; class_distance: distance between the class means of the "
          "activations; class_separation: share of their variance between classes; tanh_slope: mean of 1 - t^2; "
          "bound_distance: distance from the optimal curve in the plane"),
      field("layer", o.layer, "layer name"),
      field("estimator", o.estimator, "estimator name; empty: the first estimator"),
      field("detail", o.detail, "detail of the estimates, such as bins"),
      field("parameter", o.parameter, "parameter name in the model, such as linear1.weight"),
      field("index", o.index, "index of the element, row-major", at_least(0)),
      field("split", o.split, "split of loss and accuracy"),
      field("at", o.at, "values whose bins are counted"),
      field(
          "measure", o.measure,
          "value: at `epoch`; peak: largest value; fall: peak minus end; rise: peak minus start; start_of_fall: last "
          "epoch, from the peak on, before the value is below 95 % of its peak; peak_epoch, lowest_epoch: epoch of the "
          "largest and of the smallest value"),
      field("epoch", o.epoch, "epoch of a value; -1: the last", at_least(-1)),
  };
}

void require_complete(const Measurement& of, const std::string& name) {
  const auto require = [&](const std::string& key, bool is_given) {
    if (is_given) return;
    const std::string quantity = Codec<Measured>::write(of.quantity).scalar;
    throw UsageError(fmt::format("{}.{} is required for quantity {}", name, key, quantity));
  };
  if (!is_of_training(of.quantity) && of.quantity != Measured::parameter) require("layer", !of.layer.empty());
  if (of.quantity == Measured::detail) require("detail", !of.detail.empty());
  if (of.quantity == Measured::parameter) require("parameter", !of.parameter.empty());
  if (of.quantity == Measured::share_at) require("at", !of.at.empty());
  if (of.measure != Measure::value && of.epoch >= 0) {
    throw UsageError(fmt::format("{}.epoch is only for measure value", name));
  }
}

ResultNeeds needs_of(const std::vector<Measurement>& all) {
  ResultNeeds needs;
  for (const Measurement& of : all) {
    if (!of.run.empty()) {
      add_distinct(needs.runs, of.run);
      continue;
    }
    needs.last_epoch = std::max(needs.last_epoch, of.epoch);
    if (of.quantity == Measured::parameter) {
      needs.parameters = true;
      needs.elements.emplace_back(of.parameter, of.index);
    } else if (is_of_activations(of.quantity)) {
      needs.histograms = true;
      add_distinct(needs.histogram_layers, of.layer);
      if (of.measure == Measure::value && of.epoch >= 0) needs.histogram_epochs.push_back(of.epoch);
    } else if (!is_of_training(of.quantity)) {
      needs.information = true;
      needs.i_xt = needs.i_xt || of.quantity == Measured::i_xt || of.quantity == Measured::bound_distance;
      add_distinct(needs.layers, of.layer);
      if (!of.estimator.empty()) add_distinct(needs.estimators, of.estimator);
      if (!of.detail.empty()) add_distinct(needs.details, of.detail);
    }
  }
  return needs;
}

const RunResults& run_of(const std::string& name, const RunResults& own, const OtherRuns& others) {
  return name.empty() ? own : others.at(name);
}

ReplicaCurves curves_of(const Measurement& of, const RunResults& own, const OtherRuns& others) {
  const RunResults& results = run_of(of.run, own, others);
  ReplicaCurves curves = of.run.empty()
                             ? curves_in(of, results)
                             : with_context("run " + in_quotes(of.run), [&] { return curves_in(of, results); });
  if (!curves.estimator.empty()) curves.name += " (" + curves.estimator + ")";
  if (!of.run.empty()) curves.name += " in " + of.run;
  return curves;
}

MeasuredValues measured_values(const Measurement& of, const RunResults& own, const OtherRuns& others) {
  const ReplicaCurves curves = curves_of(of, own, others);
  MeasuredValues values{text_of(of, curves.name), {}};
  for (const auto& [replica, curve] : curves.replicas) values.replicas[replica] = value_of(of, curves, replica);
  return values;
}

std::string unit_of(const Measurement& of) {
  if (is_epoch(of.measure)) return "epochs";
  if (is_information(of.quantity) || of.quantity == Measured::bound_distance) return "bits";
  return of.quantity == Measured::loss ? "nats" : "";
}

}  // namespace infoplane::experiments
