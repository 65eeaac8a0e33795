#include "commands/estimates.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>
#include <set>

#include <fmt/format.h>

#include <infoplane/experiments/array_dataset.hpp>

#include "base/with_context.hpp"
#include "commands/estimate_arrays.hpp"
#include "run/estimation.hpp"
#include "run/recorder.hpp"
#include "run/work.hpp"
#include "text/activity.hpp"
#include "text/progress_bar.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {
namespace {

void require_inputs(const EstimateInputs& inputs, const Estimators& estimators) {
  for (const auto& choice : estimators) {
    if (!inputs.input.empty() || !choice(inputs.seed)->compares_inputs()) continue;
    throw UsageError(fmt::format("{} compares the samples' inputs: pass them with --input", choice.name()));
  }
}

// The absolute path in characters that YAML accepts; "" without a file.
std::string absolute_path(const std::string& file) {
  return file.empty() ? "" : printable(std::filesystem::absolute(file).lexically_normal().string());
}

// Says what the estimates of a layer's epochs [E, N, M] are expected to take, if that is much, and refuses too much.
void expect(const std::string& file, const torch::Tensor& epochs, const LayerSamples& samples,
            const EstimateInputs& inputs, const Estimators& estimators) {
  double seconds = 0, bytes = 0;
  std::string slowest, largest;
  double most = -1;
  for (const auto& choice : estimators) {
    const Cost cost =
        choice(inputs.seed)->cost({epochs.size(1), samples.inputs.size(1), epochs.size(2), samples.classes});
    const std::string options = fmt::format("change the options of {}", choice.name());
    if (cost.seconds > most) slowest = options;
    if (cost.bytes > bytes) largest = options;
    most = std::max(most, cost.seconds);
    bytes = std::max(bytes, cost.bytes);
    seconds += cost.seconds * static_cast<double>(epochs.size(0));
  }
  const auto require = [&] {
    require_memory(bytes, largest);
    if (!inputs.anyway) require_time(seconds, slowest);
  };
  with_context(file, require);
  constexpr double kMuch = 2, kManyBytes = 1e9;
  if (seconds >= kMuch || bytes >= kManyBytes) {
    print_stderr("{}: {}\n", printable(file), expectation(seconds, bytes + kProgramBytes));
  }
}

}  // namespace

Estimates estimate_layers(const EstimateInputs& inputs, const Estimators& estimators) {
  const Labels labels = read_labels(inputs.labels);
  LayerSamples samples;
  samples.labels = labels.values;
  samples.classes = labels.classes;
  samples.inputs = read_inputs(inputs.input, labels.values.size(0));
  require_inputs(inputs, estimators);
  Activity activity;
  std::optional<Estimation> estimation;
  const Recorder recorder(estimators);
  Estimates estimates{recorder.details(), {}};
  std::set<std::string> layers;
  for (const std::string& file : inputs.activations) {
    LayerActivations layer;
    layer.name = layer_of(file);
    const auto number = static_cast<std::int64_t>(layers.size());
    if (!layers.insert(layer.name).second) {
      throw UsageError(
          fmt::format("{}: duplicate layer name {}, files must have distinct names", file, in_quotes(layer.name)));
    }
    const torch::Tensor epochs = read_activations(file, labels.values.size(0));
    expect(file, epochs, samples, inputs, estimators);
    activity.begin("preparing the estimators");
    if (!estimation) estimation.emplace(estimators, samples, stream_seed(inputs.seed, 0, Purpose::estimation));
    Record head;
    for (head.epoch = 0; head.epoch < epochs.size(0); ++head.epoch) {
      estimation->on_estimate([&](const std::string& what) {
        activity.begin(fmt::format("estimating {}, epoch {} of {}", what, head.epoch, epochs.size(0)));
      });
      layer.values = epochs[head.epoch];
      estimation->append(number, layer, head, recorder, estimates.rows);
    }
  }
  std::stable_sort(estimates.rows.begin(), estimates.rows.end(),
                   [](const Record& a, const Record& b) { return a.epoch < b.epoch; });
  return estimates;
}

Node origin_of_estimates(const EstimateInputs& inputs, const Estimators& chosen, const Catalogue& catalogue) {
  std::uint64_t seed = inputs.seed;
  std::vector<std::string> activations;
  for (const std::string& file : inputs.activations) activations.push_back(absolute_path(file));
  std::string labels = absolute_path(inputs.labels), input = absolute_path(inputs.input);
  Estimators estimators = chosen;
  return write_fields({
      field("seed", seed, "seed of the estimators that draw random numbers"),
      field("activations", activations, "files, one per layer"),
      field("labels", labels, "file of the labels"),
      field("input", input, "file of the inputs; none: every sample is a distinct input"),
      choices("estimators", estimators, catalogue.estimators, "estimators of the rows"),
  });
}

std::vector<Choice<FigureFactory>> figures_of_estimates(const Catalogue& catalogue,
                                                        const std::filesystem::path& folder) {
  std::vector<Choice<FigureFactory>> figures{catalogue.figures.choose("information_curves")};
  const std::vector<Record> rows = read_run(folder).information;
  const bool has_plane = !rows.empty() && !std::isnan(rows.front().i_xt_bits);
  if (has_plane) figures.insert(figures.begin(), catalogue.figures.choose("information_plane"));
  return figures;
}

}  // namespace infoplane::experiments
