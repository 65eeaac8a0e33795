#include "datasets/wireless/truth.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/in_parallel.hpp"

namespace infoplane::experiments {
namespace {

struct Mean {
  double sum = 0, squares = 0, count = 0;

  void add(double value) {
    sum += value;
    squares += value * value;
    ++count;
  }
  double value() const { return sum / count; }
  double error() const { return std::sqrt(std::max(0.0, squares / count - value() * value()) / count); }
};

double binary_entropy_bits(double p) { return p <= 0 || p >= 1 ? 0 : -(p * std::log2(p) + (1 - p) * std::log2(1 - p)); }

// harmonic[n] = 1 + 1/2 + ... + 1/(n-1).
double entropy_bits(std::int64_t lost, std::int64_t repeats, const std::vector<double>& harmonic) {
  const auto k = static_cast<double>(lost), n = static_cast<double>(repeats);
  const double own = (k * harmonic[lost] + (n - k) * harmonic[repeats - lost]) / n;
  return (harmonic[repeats] - own) / std::log(2.0);
}

// Lost frames in each half of the repeats.
struct Losses {
  std::int64_t first = 0, second = 0;
};

}  // namespace

LinkTruth measure_truth(const LinkOptions& options, std::uint64_t seed, std::int64_t channels, std::int64_t repeats) {
  const Link link(options, seed);
  const std::int64_t half = repeats / 2;
  std::vector<Losses> losses(channels);
  in_parallel(channels, cores(), [&](std::int64_t c) {
    std::vector<float> magnitudes;
    for (std::int64_t r = 0; r < repeats; ++r) {
      (r < half ? losses[c].first : losses[c].second) += link.frame_error(c, magnitudes, r + 1);
    }
  });
  std::vector<double> harmonic(repeats + 1);
  for (std::int64_t n = 2; n <= repeats; ++n) harmonic[n] = harmonic[n - 1] + 1 / static_cast<double>(n - 1);
  Mean rate, entropy, decided, counted;
  for (const Losses& loss : losses) {
    const std::int64_t lost = loss.first + loss.second, rest = repeats - half;
    rate.add(static_cast<double>(lost) / static_cast<double>(repeats));
    entropy.add(entropy_bits(lost, repeats, harmonic));
    const double right = static_cast<double>(2 * loss.first > half ? loss.second : rest - loss.second);
    decided.add(right / static_cast<double>(rest));
    counted.add(static_cast<double>(std::max(lost, repeats - lost)) / static_cast<double>(repeats));
  }
  const double between = (counted.value() - decided.value()) / 2;
  return {rate.value(), binary_entropy_bits(rate.value()) - entropy.value(), entropy.error(), decided.value() + between,
          counted.error() + std::abs(between)};
}

}  // namespace infoplane::experiments
