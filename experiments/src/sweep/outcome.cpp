#include "sweep/outcome.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>

#include <infoplane/store.hpp>

namespace infoplane::experiments {
namespace {

using Bits = std::array<double, 2>;

// The values of each replica.
struct LayerValues {
  std::string layer;
  std::string estimator;
  std::map<std::int64_t, Bits> peak;
  std::map<std::int64_t, Bits> final;
};

Spread spread_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0};
}

std::array<Spread, 2> spreads_of(const std::map<std::int64_t, Bits>& replicas) {
  std::array<std::vector<double>, 2> values;
  for (const auto& [replica, bits] : replicas) {
    for (const std::size_t q : {0, 1}) values[q].push_back(bits[q]);
  }
  return {spread_of(values[0]), spread_of(values[1])};
}

void add(const Record& row, std::vector<LayerValues>& all) {
  auto of = std::find_if(all.begin(), all.end(), [&](const LayerValues& values) {
    return values.layer == row.layer && values.estimator == row.estimator;
  });
  if (of == all.end()) of = all.insert(all.end(), {row.layer, row.estimator, {}, {}});
  const Bits bits{row.i_xt_bits, row.i_ty_bits};
  Bits& peak = of->peak.emplace(row.replica, bits).first->second;
  for (const std::size_t q : {0, 1}) peak[q] = std::max(peak[q], bits[q]);
  of->final[row.replica] = bits;
}

}  // namespace

Outcome outcome_of(const std::filesystem::path& run) {
  const RunResults results = read_run(run);
  std::vector<double> accuracy, loss;
  for (const TrainingRecord& row : results.training) {
    if (row.split != "test" || row.epoch != results.training.back().epoch) continue;
    accuracy.push_back(row.accuracy);
    loss.push_back(row.loss_nats);
  }
  std::vector<LayerValues> layers;
  for (const Record& row : results.information) add(row, layers);
  Outcome outcome{spread_of(accuracy), spread_of(loss), {}};
  for (const LayerValues& of : layers) {
    outcome.layers.push_back({of.layer, of.estimator, spreads_of(of.peak), spreads_of(of.final)});
  }
  return outcome;
}

}  // namespace infoplane::experiments
