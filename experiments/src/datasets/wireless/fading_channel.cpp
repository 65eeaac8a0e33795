#include "datasets/wireless/fading_channel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

namespace infoplane::experiments {
namespace {

const double kTurn = 2 * std::acos(-1.0);
constexpr double kLongestDelay = 1e9;

}  // namespace

DelayProfile vehicular_a() { return {{0, 310, 710, 1090, 1730, 2510}, {0, -1, -9, -10, -15, -20}}; }

FadingChannel::FadingChannel(const DelayProfile& profile, double sample_time_ns, std::int64_t subcarriers)
    : subcarriers_(subcarriers) {
  const std::size_t paths = profile.delays_ns.size();
  if (paths == 0 || profile.powers_db.size() != paths) {
    throw std::invalid_argument(fmt::format("a channel needs at least one delay, and one power for each, got {} and {}",
                                            paths, profile.powers_db.size()));
  }
  for (const double delay : profile.delays_ns) {
    if (sample_time_ns > 0 && delay >= 0 && delay / sample_time_ns <= kLongestDelay) continue;
    throw std::invalid_argument(
        fmt::format("a channel needs a positive sample time and delays from 0 to {} of it, got {} and {} ns",
                    kLongestDelay, sample_time_ns, delay));
  }
  for (std::size_t l = 0; l < paths; ++l) {
    delays_.push_back(std::llround(profile.delays_ns[l] / sample_time_ns));
    powers_.push_back(std::pow(10, profile.powers_db[l] / 10));
  }
  const double total = std::accumulate(powers_.begin(), powers_.end(), 0.0);
  for (std::size_t l = 0; l < paths; ++l) {
    powers_[l] /= total;
    for (std::int64_t k = 0; k < subcarriers; ++k) {
      const double angle =
          -kTurn * static_cast<double>(k * delays_[l] % subcarriers) / static_cast<double>(subcarriers);
      turns_.emplace_back(std::polar(std::sqrt(powers_[l] / 2), angle));
    }
  }
}

std::vector<std::complex<float>> FadingChannel::response(RandomStream& random) const {
  std::vector<float> real(subcarriers_), imaginary(subcarriers_);
  for (std::size_t l = 0; l < delays_.size(); ++l) {
    const float a = random.normal(), b = random.normal();
    const std::complex<float>* const turn = turns_.data() + static_cast<std::int64_t>(l) * subcarriers_;
    for (std::int64_t k = 0; k < subcarriers_; ++k) {
      real[k] += a * turn[k].real() - b * turn[k].imag();
      imaginary[k] += a * turn[k].imag() + b * turn[k].real();
    }
  }
  std::vector<std::complex<float>> response(subcarriers_);
  for (std::int64_t k = 0; k < subcarriers_; ++k) response[k] = {real[k], imaginary[k]};
  return response;
}

void FadingChannel::draw(RandomStream& random, std::vector<float>& magnitudes) const {
  magnitudes.resize(subcarriers_);
  const std::vector<std::complex<float>> h = response(random);
  for (std::int64_t k = 0; k < subcarriers_; ++k) magnitudes[k] = std::sqrt(std::norm(h[k]));
}

std::complex<double> FadingChannel::coherence(std::int64_t distance) const {
  std::complex<double> sum = 0;
  for (std::size_t l = 0; l < delays_.size(); ++l) {
    sum +=
        std::polar(powers_[l], kTurn * static_cast<double>(distance * delays_[l]) / static_cast<double>(subcarriers_));
  }
  return sum;
}

}  // namespace infoplane::experiments
