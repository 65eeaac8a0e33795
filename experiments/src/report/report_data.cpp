#include "report/report_data.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "figures/series.hpp"
#include "report/observations.hpp"

namespace infoplane::experiments {
namespace {

using nlohmann::json;

constexpr double kLeastStep = 0.04;  // from one epoch at which layers are joined to the next, in shares of the caps

// The rows of one estimator, and of each detail that it has.
struct EstimatorTable {
  Index<std::string> layers;
  Index<std::int64_t> epochs;
  std::vector<const Record*> rows;
};

std::vector<std::pair<std::string, EstimatorTable>> by_estimator(const std::vector<Record>& records) {
  Index<std::string> names;
  std::vector<std::pair<std::string, EstimatorTable>> tables;
  for (const Record& record : records) {
    const std::size_t place = names.of(record.estimator);
    if (place == tables.size()) tables.push_back({record.estimator, {}});
    EstimatorTable& table = tables[place].second;
    table.layers.of(record.layer);
    table.epochs.of(record.epoch);
    table.rows.push_back(&record);
  }
  return tables;
}

template <class Value>
Observations observed(EstimatorTable& table, Index<std::int64_t>& replicas, const Value& value) {
  const std::vector<std::size_t> sizes{table.layers.values().size(), replicas.values().size(),
                                       table.epochs.values().size()};
  require_filled(sizes, table.rows.size(), "information.csv");
  Observations all(sizes[0], sizes[1], sizes[2]);
  for (const Record* row : table.rows) {
    all.at(table.layers.of(row->layer), replicas.of(row->replica), table.epochs.of(row->epoch)) = value(*row);
  }
  return all;
}

// How far the layers moved from one epoch to another: the largest step, in shares of the caps.
double movement(const std::array<const Observations*, 2>& values, const std::array<double, 2>& caps, std::size_t from,
                std::size_t to) {
  double largest = 0;
  for (std::size_t l = 0; l < values[0]->series(); ++l) {
    for (const std::size_t q : {0, 1}) {
      const double step = (values[q]->mean(l, to) - values[q]->mean(l, from)) / std::max(caps[q], 1e-9);
      if (std::isfinite(step)) largest = std::max(largest, std::abs(step));
    }
  }
  return largest;
}

double largest_cap(const EstimatorTable& table, double Record::* cap) {
  double largest = 0;
  for (const Record* row : table.rows) largest = std::max(largest, row->*cap);
  return largest;
}

void add_details(const std::vector<std::string>& names, EstimatorTable& table, Index<std::int64_t>& numbers,
                 ReportData& data, json& summary, json& replicas) {
  for (std::size_t d = 0; d < names.size(); ++d) {
    const Observations detail = observed(table, numbers, [d](const Record& row) { return row.details[d]; });
    if (!detail.any()) continue;
    add_distinct(data.details, names[d]);
    summary["details"][names[d]] = detail.summary();
    replicas["details"][names[d]] = detail.replicas();
  }
}

void add_information(const RunResults& results, Index<std::int64_t>& numbers, ReportData& data) {
  Index<std::string> layers;
  for (auto& [estimator, table] : by_estimator(results.information)) {
    const Observations i_xt = observed(table, numbers, [](const Record& row) { return row.i_xt_bits; });
    const Observations i_ty = observed(table, numbers, [](const Record& row) { return row.i_ty_bits; });
    json summary = {{"estimator", estimator}, {"layers", table.layers.values()}, {"epochs", table.epochs.values()},
                    {"i_xt", i_xt.summary()}, {"i_ty", i_ty.summary()},          {"details", json::object()}};
    summary["i_xt"]["cap"] = observed(table, numbers, [](const Record& row) { return row.i_xt_cap_bits; }).means();
    summary["i_ty"]["cap"] = observed(table, numbers, [](const Record& row) { return row.i_ty_cap_bits; }).means();
    const std::array<double, 2> caps{largest_cap(table, &Record::i_xt_cap_bits),
                                     largest_cap(table, &Record::i_ty_cap_bits)};
    const auto moved = [&](std::size_t from, std::size_t to) { return movement({&i_xt, &i_ty}, caps, from, to); };
    summary["joins"] = joined_epochs(table.epochs.values().size(), kLeastStep, moved);
    json replicas = {{"i_xt", i_xt.replicas()}, {"i_ty", i_ty.replicas()}, {"details", json::object()}};
    add_details(results.details, table, numbers, data, summary, replicas);
    for (const std::string& layer : table.layers.values()) layers.of(layer);
    data.summary["information"].push_back(std::move(summary));
    data.replicas["information"].push_back(std::move(replicas));
  }
  data.layers = layers.values();
}

void add_learning(const std::vector<TrainingRecord>& rows, Index<std::int64_t>& numbers, ReportData& data) {
  Index<std::string> splits;
  Index<std::int64_t> epochs;
  for (const TrainingRecord& row : rows) {
    splits.of(row.split);
    epochs.of(row.epoch);
  }
  require_filled({splits.values().size(), numbers.values().size(), epochs.values().size()}, rows.size(),
                 "training.csv");
  const auto observe = [&](double TrainingRecord::* value) {
    Observations all(splits.values().size(), numbers.values().size(), epochs.values().size());
    for (const TrainingRecord& row : rows)
      all.at(splits.of(row.split), numbers.of(row.replica), epochs.of(row.epoch)) = row.*value;
    return all;
  };
  const Observations loss = observe(&TrainingRecord::loss_nats), accuracy = observe(&TrainingRecord::accuracy);
  data.summary["learning"] = {{"splits", splits.values()},
                              {"epochs", epochs.values()},
                              {"loss", loss.summary()},
                              {"accuracy", accuracy.summary()}};
  data.replicas["learning"] = {{"loss", loss.replicas()}, {"accuracy", accuracy.replicas()}};
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
  add_information(results, numbers, data);
  if (!results.training.empty()) add_learning(results.training, numbers, data);
  for (const BottleneckPoint& point : results.bottleneck) {
    data.summary["bottleneck"].push_back({rounded(point.i_xt_bits), rounded(point.i_ty_bits)});
  }
  data.summary["zero"] = data.epochs.zero;
  return data;
}

}  // namespace infoplane::experiments
