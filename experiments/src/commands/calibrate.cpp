#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/estimators/calibration.hpp>

#include "commands/choices.hpp"
#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "text/activity.hpp"
#include "text/table.hpp"

namespace infoplane::experiments {
namespace {

using estimators::CalibrationCase;
using estimators::CalibrationResult;

struct CalibrateArguments {
  std::vector<std::string> estimators;  ///< YAML, as in a config's list; none: every registered one with its defaults
  std::vector<std::string> cases;       ///< names of distributions; none: all
  estimators::CalibrationOptions options;
  std::string format = "table";  ///< table, csv or json
};

std::vector<CalibrationCase> known_cases() {
  std::vector<CalibrationCase> cases = estimators::discrete_cases();
  for (CalibrationCase& known : estimators::continuous_cases()) cases.push_back(std::move(known));
  return cases;
}

std::vector<CalibrationCase> chosen_cases(const std::vector<std::string>& chosen) {
  const std::vector<CalibrationCase> all = known_cases();
  if (chosen.empty()) return all;
  std::vector<std::string> names;
  for (const CalibrationCase& known : all) names.push_back(known.name);
  std::vector<CalibrationCase> cases;
  for (const std::string& name : chosen) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) throw UsageError("unknown case " + in_quotes(name) + suggestion(name, names));
    cases.push_back(all[at - names.begin()]);
  }
  return cases;
}

std::vector<Choice<EstimatorFactory>> chosen_estimators(const std::vector<std::string>& chosen,
                                                        const Registry<EstimatorFactory>& registry) {
  return read_choices(chosen.empty() ? registry.names() : chosen, "--estimator", registry);
}

std::vector<Cell> cells(const CalibrationCase& known, const std::string& estimator, const CalibrationResult& result) {
  return {known.name,
          known.quantity == CalibrationCase::Quantity::i_xt ? "I(X;T)" : "I(T;Y)",
          estimator + (result.value.empty() ? "" : "." + result.value),
          result.truth_bits,
          result.mean_bits,
          result.bias_bits,
          result.spread_bits,
          result.cap_bits,
          result.seconds,
          result.reason};
}

// Prints a row for each case, estimator and value; a row without numbers has its reason.
void calibrate_command(const CalibrateArguments& arguments, const Catalogue& catalogue) {
  const auto cases = chosen_cases(arguments.cases);
  const auto estimators = chosen_estimators(arguments.estimators, catalogue.estimators);
  TablePrinter printer({"case", "quantity", "estimator", "truth_bits", "mean_bits", "bias_bits", "spread_bits",
                        "cap_bits", "seconds", "reason"},
                       arguments.format, 4);
  Activity activity;
  std::size_t step = 0;
  const std::size_t steps = cases.size() * estimators.size();
  for (const CalibrationCase& known : cases) {
    for (const Choice<EstimatorFactory>& estimator : estimators) {
      activity.begin(fmt::format("{}/{} {} of {}", ++step, steps, estimator.name(), known.name));
      const auto results = calibrate(known, estimator, arguments.options);
      activity.end();
      for (const CalibrationResult& result : results) printer.add(cells(known, estimator.name(), result));
    }
  }
  printer.finish();
}

}  // namespace

void add_calibrate(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("calibrate", "Test estimators on distributions of known information");
  const auto arguments = std::make_shared<CalibrateArguments>();
  const CLI::Validator samples = whole_range(1, std::int64_t{1} << 24), seeds = whole_range(1, std::int64_t{1} << 32);
  command.add_option("--estimator", arguments->estimators, std::string(kChoiceInYaml) + "; default: all");
  command.add_option("--case", arguments->cases, "distribution, see docs/estimators.md; default: all");
  command.add_option("--samples", arguments->options.samples, "samples per draw")
      ->check(samples)
      ->capture_default_str();
  command.add_option("--seeds", arguments->options.seeds, "draws per distribution")
      ->check(seeds)
      ->capture_default_str();
  add_format(command, arguments->format);
  command.footer("Example: infoplane calibrate --case normal --estimator '{type: ksg, noise_variance: 1e-9}'");
  command.callback([arguments, &catalogue] { calibrate_command(*arguments, catalogue); });
}

}  // namespace infoplane::experiments
