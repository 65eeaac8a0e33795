#include "report/report_data.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/index.hpp"
#include "figures/series.hpp"
#include "report/curve_data.hpp"
#include "runs/selection.hpp"

namespace infoplane::experiments {
namespace {

using nlohmann::json;

constexpr double kLeastStep = 0.04;  // between epochs at which layers are joined, as a share of the caps

// The means of I(X;T) and I(T;Y) of each layer.
std::vector<Series> paths_of(const Curves& curves) {
  std::vector<Series> layers;
  for (std::size_t l = 0; l < curves.series().size(); ++l) {
    Series layer{curves.series()[l], curves.epochs(l), {}};
    for (const std::size_t q : {kXt, kTy}) {
      std::vector<Band>& means = layer.quantities.emplace_back();
      for (const Statistics& of : curves.statistics(l, q)) means.push_back({of.mean, of.mean, of.mean});
    }
    layers.push_back(std::move(layer));
  }
  return layers;
}

// The number of replicas with rows.
std::size_t count_replicas(const Curves& curves) {
  std::set<std::int64_t> replicas;
  for (std::size_t s = 0; s < curves.series().size(); ++s) {
    for (const std::int64_t replica : curves.replicas(s)) replicas.insert(replica);
  }
  return replicas.size();
}

void add_details(const std::vector<std::string>& names, const Curves& curves, const std::vector<std::int64_t>& numbers,
                 ReportData& data, json& summary, json& replicas) {
  for (std::size_t d = 0; d < names.size(); ++d) {
    if (!is_measured(curves, kDetails + d)) continue;
    add_distinct(data.details, names[d]);
    summary["details"][names[d]] = summary_of(curves, kDetails + d);
    replicas["details"][names[d]] = replicas_of(curves, kDetails + d, numbers);
  }
}

void add_information(const RunResults& results, const std::vector<std::int64_t>& numbers, ReportData& data) {
  InformationCurves information(results.details.size());
  for (const Record& row : results.information) information.add(row);
  Index<std::string> layers;
  for (const std::string& estimator : information.estimators()) {
    const Curves& curves = information.of(estimator);
    const std::vector<std::int64_t> epochs = all_epochs(curves);
    require_filled({curves.series().size(), numbers.size(), epochs.size()}, curves.rows(), "information.csv");
    json summary = {{"estimator", estimator},
                    {"layers", curves.series()},
                    {"epochs", epochs},
                    {"i_xt", summary_of(curves, kXt)},
                    {"i_ty", summary_of(curves, kTy)},
                    {"details", json::object()},
                    {"replicas", count_replicas(curves)}};
    summary["i_xt"]["cap"] = means_of(curves, kXtCap);
    summary["i_ty"]["cap"] = means_of(curves, kTyCap);
    const std::array caps{std::max(curves.largest(kXtCap), 1e-9), std::max(curves.largest(kTyCap), 1e-9)};
    summary["joins"] = joined_epochs(paths_of(curves), epochs, caps, kLeastStep);
    json replicas = {{"i_xt", replicas_of(curves, kXt, numbers)},
                     {"i_ty", replicas_of(curves, kTy, numbers)},
                     {"details", json::object()}};
    add_details(results.details, curves, numbers, data, summary, replicas);
    for (const std::string& layer : curves.series()) layers.of(layer);
    data.summary["information"].push_back(std::move(summary));
    data.replicas["information"].push_back(std::move(replicas));
  }
  data.layers = layers.values();
}

void add_learning(const std::vector<TrainingRecord>& rows, const std::vector<std::int64_t>& numbers, ReportData& data) {
  const Curves curves = training_curves(rows);
  const std::vector<std::int64_t> epochs = all_epochs(curves);
  require_filled({curves.series().size(), numbers.size(), epochs.size()}, rows.size(), "training.csv");
  data.summary["learning"] = {{"splits", curves.series()},
                              {"epochs", epochs},
                              {"loss", summary_of(curves, kLoss)},
                              {"accuracy", summary_of(curves, kAccuracy)},
                              {"replicas", count_replicas(curves)}};
  data.replicas["learning"] = {{"loss", replicas_of(curves, kLoss, numbers)},
                               {"accuracy", replicas_of(curves, kAccuracy, numbers)}};
}

template <class Row>
void add_epochs(const std::vector<Row>& rows, std::set<std::int64_t>& epochs, Index<std::int64_t>& numbers) {
  for (const Row& row : rows) {
    epochs.insert(row.epoch);
    numbers.of(row.replica);
  }
}

}  // namespace

ReportData report_data(const RunResults& results) {
  ReportData data;
  data.loss = results.loss;
  data.summary = {{"information", json::array()},
                  {"learning", nullptr},
                  {"bottleneck", json::array()},
                  {"histograms", histogram_data(results.histograms)}};
  data.replicas = {{"information", json::array()}, {"learning", nullptr}};
  std::set<std::int64_t> epochs;
  Index<std::int64_t> numbers;
  add_epochs(results.information, epochs, numbers);
  add_epochs(results.training, epochs, numbers);
  if (epochs.empty()) epochs.insert(0);
  data.epochs = epoch_axis({epochs.begin(), epochs.end()});
  data.replicas["numbers"] = data.summary["replicas"] = numbers.values();
  add_information(results, numbers.values(), data);
  if (!results.training.empty()) add_learning(results.training, numbers.values(), data);
  for (const BottleneckPoint& point : results.bottleneck) {
    data.summary["bottleneck"].push_back({rounded(point.i_xt_bits), rounded(point.i_ty_bits)});
  }
  data.summary["zero"] = data.epochs.zero;
  return data;
}

}  // namespace infoplane::experiments
