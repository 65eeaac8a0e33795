#pragma once

#include <cstdint>
#include <vector>

#include <infoplane/dataset.hpp>
#include <infoplane/experiments/transform.hpp>
#include <infoplane/fields.hpp>

namespace infoplane::experiments {

/// The paths of a channel: the delay and the mean power of each.
struct DelayProfile {
  std::vector<double> delays_ns;
  std::vector<double> powers_db;
};

/// ITU Vehicular A: 0, 310, 710, 1090, 1730, 2510 ns; 0, -1, -9, -10, -15, -20 dB.
DelayProfile vehicular_a();

/// A coded OFDM link. The defaults are the preset `bicm`.
struct LinkOptions {
  std::int64_t subcarriers = 256;      ///< S
  std::int64_t information_bits = 80;  ///< of a frame, which is one OFDM symbol
  std::int64_t constraint_length = 7;
  std::vector<std::int64_t> generators = {133, 145, 175};  ///< octal digits
  bool interleaver = true;  ///< a random permutation of the bits, the same for all frames
  DelayProfile channel = vehicular_a();
  double sample_time_ns = 100;
  double es_n0_db = -3.7;
};
Fields fields(LinkOptions& options);

/// Options of measure_truth, whose result is written to truth.csv.
struct TruthOptions {
  std::int64_t channels = 0;   ///< 0: no measurement
  std::int64_t repeats = 200;  ///< frames sent over each channel
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

/// The link as described in the thesis: no interleaver, a sample time of 1 us, and the Es/N0 that loses half of the
/// frames.
struct ThesisWirelessOptions : WirelessOptions {
  ThesisWirelessOptions();
};

/// Frames of a simulated link (see Link): the inputs are the channel's magnitudes, the label is 1 if a bit was lost,
/// else 0. Keeps the first `per_label` frames of each label, in order, out of at most `frames` simulated ones. Frames
/// are divided among the machine's cores; the data are the same for any number of them. Throws UsageError if a label is
/// rarer than that. Cost: about 15 us per frame on one core.
Dataset make_wireless(const WirelessOptions& options, std::uint64_t seed);

}  // namespace infoplane::experiments
