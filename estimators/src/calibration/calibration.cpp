#include <infoplane/estimators/calibration.hpp>

#include <chrono>
#include <cmath>
#include <limits>

#include <infoplane/error.hpp>
#include <infoplane/random.hpp>

#include "base/arguments.hpp"
#include "base/statistics.hpp"

namespace infoplane::estimators {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

using MakeEstimator = std::function<std::unique_ptr<Estimator>(std::uint64_t seed)>;

CalibrationResult without_numbers(const CalibrationCase& known, const std::string& value, const std::string& reason) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  return {value, known.truth_bits, kNone, kNone, kNone, kNone, kNone, reason};
}

std::vector<CalibrationResult> measured(const CalibrationCase& known, const MakeEstimator& make_estimator,
                                        const CalibrationOptions& options) {
  const bool of_inputs = known.quantity == CalibrationCase::Quantity::i_xt;
  const auto draws = static_cast<double>(options.seeds);
  std::vector<CalibrationResult> results;
  std::vector<std::vector<double>> bits;  // of each value, by seed
  for (std::int64_t seed = 0; seed < options.seeds; ++seed) {
    const LayerSamples samples = known.draw(options.samples, stream_seed(1, seed, Purpose::dataset));
    const auto estimator = make_estimator(stream_seed(1, seed, Purpose::estimation));
    const auto start = std::chrono::steady_clock::now();
    const Estimate estimate = estimator->estimate(samples);
    const double seconds = seconds_since(start);
    results.resize(estimate.values.size());
    bits.resize(estimate.values.size());
    for (std::size_t v = 0; v < results.size(); ++v) {
      const Information& information = estimate.values[v];
      results[v].value = information.value;
      bits[v].push_back(of_inputs ? information.i_xt_bits : information.i_ty_bits);
      results[v].cap_bits += (of_inputs ? information.i_xt_cap_bits : information.i_ty_cap_bits) / draws;
      results[v].seconds += seconds / draws;
    }
  }
  for (std::size_t v = 0; v < results.size(); ++v) {
    results[v].truth_bits = known.truth_bits;
    const Statistics over_seeds = statistics(bits[v]);
    results[v].mean_bits = over_seeds.mean;
    results[v].bias_bits = over_seeds.mean - known.truth_bits;
    results[v].spread_bits = over_seeds.standard_deviation;
  }
  return results;
}

}  // namespace

std::vector<CalibrationResult> calibrate(const CalibrationCase& known, const MakeEstimator& make_estimator,
                                         const CalibrationOptions& options) {
  require_at_least("calibrate", "samples", options.samples, 1);
  require_at_least("calibrate", "seeds", options.seeds, 1);
  require_argument(static_cast<bool>(known.draw), "calibrate", "known.draw must not be null");
  require_argument(static_cast<bool>(make_estimator), "calibrate", "make_estimator must not be null");
  std::vector<CalibrationResult> results;
  try {
    results = measured(known, make_estimator, options);
  } catch (const Error& error) {
    return {without_numbers(known, "", error.what())};
  }
  for (CalibrationResult& result : results) {
    const bool estimated = result.cap_bits != 0 || result.mean_bits != 0 || result.spread_bits != 0;
    if (std::isnan(result.mean_bits)) {
      result = without_numbers(known, result.value, "not estimated");
      continue;
    }
    if (!estimated) result = without_numbers(known, result.value, "not estimated: its cap is 0");
  }
  return results;
}

}  // namespace infoplane::estimators
