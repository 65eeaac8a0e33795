#include <infoplane/experiments/wireless.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/in_parallel.hpp"
#include "datasets/wireless/truth.hpp"

namespace infoplane::experiments {
namespace {

constexpr std::int64_t kFramesAtOnce = 8192;

Truth truth_of(const WirelessOptions& options, std::uint64_t seed) {
  const LinkTruth truth = measure_truth(options.link, seed, options.truth.channels, options.truth.repeats);
  return {truth.i_xy_bits, truth.i_xy_error_bits, truth.best_accuracy, truth.best_accuracy_error};
}

}  // namespace

Fields fields(TruthOptions& o) {
  return {field("channels", o.channels, "number of channels to draw; 0: no measurement", at_least(0)),
          field("repeats", o.repeats, "frames sent over each channel", at_least(2))};
}

Fields fields(WirelessOptions& o) {
  Fields list = fields(o.link);
  list.push_back(field("transform", o.transform, "transform of the magnitudes |H|"));
  list.push_back(field("frames", o.frames, "maximum number of simulated frames", whole_between(1, 1000000000)));
  list.push_back(field("per_label", o.per_label, "frames to keep of each label", whole_between(1, 500000000)));
  list.push_back(group("truth", o.truth,
                       "true I(X;Y) and best accuracy, measured by sending more frames over the same channels",
                       [](TruthOptions& t) { return fields(t); }));
  return list;
}

ThesisWirelessOptions::ThesisWirelessOptions() {
  link.interleaver = false;
  link.sample_time_ns = 1000;
  link.es_n0_db = -1.1;
}

Dataset make_wireless(const WirelessOptions& options, std::uint64_t seed) {
  if (options.per_label > options.frames / 2) {
    throw UsageError(fmt::format("dataset.per_label must be at most half of dataset.frames, {}, got {}",
                                 options.frames / 2, options.per_label));
  }
  const Link link(options.link, seed);
  const std::int64_t width = options.link.subcarriers;
  Dataset dataset{torch::empty({2 * options.per_label, width}), torch::empty({2 * options.per_label}, torch::kInt64),
                  2};
  std::vector<std::vector<float>> magnitudes(kFramesAtOnce);
  std::vector<std::uint8_t> lost(kFramesAtOnce);
  std::array<std::int64_t, 2> kept{};
  for (std::int64_t first = 0; first < options.frames && kept[0] + kept[1] < 2 * options.per_label;
       first += kFramesAtOnce) {
    const std::int64_t count = std::min(kFramesAtOnce, options.frames - first);
    in_parallel(count, cores(), [&](std::int64_t i) { lost[i] = link.frame_error(first + i, magnitudes[i]); });
    for (std::int64_t i = 0; i < count; ++i) {
      if (kept[lost[i]] == options.per_label) continue;
      const std::int64_t row = kept[0] + kept[1];
      ++kept[lost[i]];
      std::copy(magnitudes[i].begin(), magnitudes[i].end(), dataset.inputs.data_ptr<float>() + row * width);
      dataset.labels.data_ptr<std::int64_t>()[row] = lost[i];
    }
  }
  for (std::size_t label = 0; label < 2; ++label) {
    if (kept[label] < options.per_label) {
      throw UsageError(fmt::format("of {} frames {} {}, but dataset.per_label is {}: change es_n0_db or frames",
                                   options.frames, kept[label], label == 0 ? "arrived" : "were lost",
                                   options.per_label));
    }
  }
  dataset.inputs = transformed(dataset.inputs, options.transform);
  if (options.truth.channels > 0) dataset.truth = [options, seed] { return truth_of(options, seed); };
  return dataset;
}

}  // namespace infoplane::experiments
