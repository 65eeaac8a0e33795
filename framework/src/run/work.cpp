#include "run/work.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/schedule.hpp>

#include "base/in_parallel.hpp"
#include "base/machine_memory.hpp"
#include "run/replica_group.hpp"

namespace infoplane {
namespace {

constexpr double kGigabyte = 1e9;
constexpr double kWeightCopies = 8;  // weights, gradients, the optimizer's state, snapshots and checkpoints
constexpr double kFloat = 4, kIndex = 8;

double elements(const NamedTensors& tensors) {
  double count = 0;
  for (const auto& [name, tensor] : tensors) count += static_cast<double>(tensor.numel());
  return count;
}

// The estimates of all observed layers of a replica at one epoch.
void add_estimates(const Experiment& experiment, const Probe& probe, double times, Work& work) {
  double slowest = work.seconds, largest = 0;
  for (std::size_t e = 0; e < experiment.estimators.size(); ++e) {
    std::unique_ptr<Estimator> estimator;
    try {
      estimator = experiment.estimators[e](experiment.seed);
    } catch (const Error&) {  // of its options, which check() reports
      continue;
    }
    double seconds = 0, bytes = 0;
    for (const LayerShape& layer : probe.layers) {
      if (!is_wanted(layer.layer, experiment.observe.layers)) continue;
      const Cost cost = estimator->cost({probe.samples, layer.inputs, layer.units, probe.classes});
      seconds += cost.seconds;
      bytes = std::max(bytes, cost.bytes);
    }
    work.seconds += seconds * times;
    const std::string place = fmt::format("estimators[{}] ({})", e, experiment.estimators[e].name());
    if (seconds * times > slowest) {
      slowest = seconds * times;
      work.slowest = fmt::format("most of it for {}: change its options or observe.schedule", place);
    }
    if (bytes > largest) {
      largest = bytes;
      work.largest = fmt::format("most of it for {}: change its options", place);
    }
  }
  work.bytes = largest * static_cast<double>(std::min(cores(), experiment.replicas));
}

}  // namespace

Work expected_work(const Experiment& experiment, const Probe& probe) {
  const auto replicas = static_cast<double>(experiment.replicas), samples = static_cast<double>(probe.samples),
             all_samples = static_cast<double>(probe.data_set_samples), inputs = static_cast<double>(probe.inputs);
  const auto observations = static_cast<double>(observed_epochs(experiment).size());
  double units = 0;
  for (const LayerShape& layer : probe.layers) units += static_cast<double>(layer.units);

  Work work;
  work.replicas = experiment.replicas;
  work.seconds = probe.step_seconds * static_cast<double>(probe.steps_per_epoch) *
                 static_cast<double>(experiment.training.epochs) * replicas;
  work.slowest = "most of it for training: reduce training.epochs or replicas";
  add_estimates(experiment, probe, observations * replicas, work);

  const double of_replica = kWeightCopies * kFloat * elements(probe.parameters) + 3 * kIndex * all_samples +
                            3 * kFloat * samples * inputs + 2 * kFloat * samples * units;
  const double of_replicas = of_replica * replicas + kFloat * all_samples * inputs;
  if (of_replicas > work.bytes) {
    work.largest = experiment.replicas > 1 ? fmt::format("reduce replicas ({}) or the model", experiment.replicas)
                                           : "reduce the model or the samples";
  }
  work.bytes += of_replicas + kProgramBytes;
  return work;
}

std::string duration_text(double seconds) {
  if (seconds < 1) return "under 1 s";
  if (seconds < 100) return fmt::format("about {:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("about {:.0f} min", seconds / 60);
  if (seconds < 2 * kDay) return fmt::format("about {:.0f} h", seconds / 3600);
  return seconds < 1000 * kDay ? fmt::format("about {:.0f} days", seconds / kDay)
                               : fmt::format("about {:.0f} years", seconds / kDay / 365);
}

std::string memory_text(double bytes) {
  if (bytes < kGigabyte) return fmt::format("{:.0f} MB", std::max(1.0, bytes / 1e6));
  return bytes < 100 * kGigabyte ? fmt::format("{:.1f} GB", bytes / kGigabyte)
                                 : fmt::format("{:.0f} GB", bytes / kGigabyte);
}

void require_memory(double bytes, const std::string& largest) {
  if (bytes <= machine_memory()) return;
  throw UsageError(fmt::format("needs about {} of memory, this machine has {}: {}", memory_text(bytes),
                               memory_text(machine_memory()), largest));
}

void require_time(double seconds, const std::string& slowest) {
  if (seconds <= kDay) return;
  throw UsageError(fmt::format("takes {}, {}, or allow it with --anyway", duration_text(seconds), slowest));
}

}  // namespace infoplane
