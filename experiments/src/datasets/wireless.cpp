#include <infoplane/experiments/wireless.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "datasets/in_parallel.hpp"

namespace infoplane::experiments {
namespace {

constexpr std::int64_t kFramesAtOnce = 8192;

}  // namespace

Fields fields(WirelessOptions& o) {
  Fields list = fields(o.link);
  list.push_back(field("transform", o.transform, "of the magnitudes |H|"));
  list.push_back(field("frames", o.frames, "simulated at most", at_least(1)));
  list.push_back(field("per_label", o.per_label, "frames that are kept of each label", at_least(1)));
  return list;
}

ThesisWirelessOptions::ThesisWirelessOptions() {
  link.interleaver = false;
  link.sample_time_ns = 1000;
  link.es_n0_db = -1.1;
}

Dataset make_wireless(const WirelessOptions& options, std::uint64_t seed) {
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
    in_parallel(count, [&](std::int64_t i) { lost[i] = link.frame_error(first + i, magnitudes[i]); });
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
      throw UsageError(fmt::format("of {} frames {} {}, dataset.per_label asks for {}: change es_n0_db or frames",
                                   options.frames, kept[label], label == 0 ? "arrived" : "were lost",
                                   options.per_label));
    }
  }
  dataset.inputs = transformed(dataset.inputs, options.transform);
  return dataset;
}

}  // namespace infoplane::experiments
