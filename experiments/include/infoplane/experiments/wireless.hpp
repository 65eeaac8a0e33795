#pragma once

#include <cstdint>

#include <infoplane/dataset.hpp>
#include <infoplane/experiments/transform.hpp>
#include <infoplane/fields.hpp>

#include "datasets/wireless/link.hpp"

namespace infoplane::experiments {

/// Whether measure_truth says in truth.csv what the data hold.
struct TruthOptions {
  std::int64_t channels = 0;   ///< 0: it does not
  std::int64_t repeats = 200;  ///< frames that are sent over each channel
};
Fields fields(TruthOptions& options);

struct WirelessOptions {
  LinkOptions link;
  Transform transform = Transform::log_magnitude;  ///< of |H_k|
  std::int64_t frames = 100000;
  std::int64_t per_label = 32768;
  TruthOptions truth;
};
Fields fields(WirelessOptions& options);

/// The same link as the thesis words it: no interleaver, a sample time of 1 us, and the Es/N0 that loses half the
/// frames.
struct ThesisWirelessOptions : WirelessOptions {
  ThesisWirelessOptions();
};

/// Frames of a simulated link (see Link): the inputs are the channel's magnitudes, the label is 1 where a bit was lost,
/// else 0. Of up to `frames` simulated frames the first `per_label` of each label, in their order. Frames are divided
/// among the machine's cores; the data are the same for any number of them. Throws UsageError where a label is rarer
/// than that. Cost: about 15 us a frame and core.
Dataset make_wireless(const WirelessOptions& options, std::uint64_t seed);

}  // namespace infoplane::experiments
