#include <infoplane/estimators/entropy.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

using Count = const std::int32_t*;

// One term for all words of count c.
class Terms {
 public:
  Terms(double samples, double seen_once, Correction correction)
      : samples_(samples), chao_shen_(correction == Correction::chao_shen) {
    coverage_ = seen_once < samples ? 1 - seen_once / samples : 1 / samples;
  }

  double operator()(double c) const {
    if (!chao_shen_) return c / samples_ * std::log2(samples_ / c);
    const double q = coverage_ * c / samples_;
    // The probability that a word of probability q is among the samples.
    const double seen = -std::expm1(samples_ * std::log1p(-q));
    return -q * std::log2(q) / seen;
  }

 private:
  double samples_;
  double coverage_;
  bool chao_shen_;
};

double entropy_of(Count begin, Count end, Correction correction) {
  const double samples = std::accumulate(begin, end, 0.0);
  if (samples == 0) return 0;
  const std::int32_t largest = *std::max_element(begin, end);
  if (largest == samples) return 0;
  // Summed by ascending count, so that no order of words changes the rounding; there are at most sqrt(2 N) counts.
  std::vector<std::int32_t> words_of_count(largest + 1);
  for (Count c = begin; c != end; ++c) ++words_of_count[*c];
  const Terms term(samples, words_of_count[1], correction);
  double entropy = 0;
  double words = 0;
  for (std::int32_t c = 1; c <= largest; ++c) {
    if (words_of_count[c] == 0) continue;
    entropy += words_of_count[c] * term(c);
    words += words_of_count[c];
  }
  return correction == Correction::miller_madow ? entropy + (words - 1) / (2 * samples * std::log(2.0)) : entropy;
}

void require_ids(const char* function, const Words& words) {
  const auto count = static_cast<std::uint32_t>(std::max(words.count, 0));
  std::uint32_t outside = 0;  // a sum, not a search that could stop, so that it is done in vectors
  for (const std::int32_t id : words.ids) outside += static_cast<std::uint32_t>(id) >= count;
  require(outside == 0, function, "every id must be from 0 to count - 1");
}

}  // namespace

EnumNames<Correction> names(Correction) {
  return {{Correction::none, "none"}, {Correction::miller_madow, "miller_madow"}, {Correction::chao_shen, "chao_shen"}};
}

double entropy_bits(const std::vector<std::int32_t>& counts, Correction correction) {
  const auto is_count = [](std::int32_t c) { return c >= 0; };
  require(std::all_of(counts.begin(), counts.end(), is_count), "entropy_bits", "no count may be negative");
  return entropy_of(counts.data(), counts.data() + counts.size(), correction);
}

double entropy_bits(const Words& words, Correction correction) { return entropy_bits(word_counts(words), correction); }

std::vector<std::int32_t> word_counts(const Words& words) {
  require_ids("word_counts", words);
  std::vector<std::int32_t> counts(words.count);
  for (std::int32_t id : words.ids) ++counts[id];
  return counts;
}

JointCounts joint_counts(const Words& words, const Words& given) {
  require(words.ids.size() == given.ids.size(), "joint_counts", "both variables must have as many samples");
  require_ids("joint_counts", words);
  require_ids("joint_counts", given);
  const std::size_t n = words.ids.size();
  // The words, ordered by the value that they occur with.
  std::vector<std::int64_t> end(given.count + 1);
  for (std::int32_t g : given.ids) ++end[g + 1];
  std::partial_sum(end.begin(), end.end(), end.begin());
  std::vector<std::int32_t> grouped(n);
  for (std::size_t i = 0; i < n; ++i) grouped[end[given.ids[i]]++] = words.ids[i];

  JointCounts joint;
  joint.counts.reserve(n);
  joint.start.assign(1, 0);
  std::vector<std::int32_t> counter(words.count);
  std::vector<std::int32_t> occurring;
  std::int64_t next = 0;
  for (std::int32_t g = 0; g < given.count; ++g) {
    occurring.clear();
    for (; next < end[g]; ++next) {
      if (counter[grouped[next]]++ == 0) occurring.push_back(grouped[next]);
    }
    for (std::int32_t word : occurring) joint.counts.push_back(std::exchange(counter[word], 0));
    joint.start.push_back(static_cast<std::int64_t>(joint.counts.size()));
  }
  return joint;
}

double conditional_entropy_bits(const Words& words, const Words& given, Correction correction) {
  const JointCounts joint = joint_counts(words, given);
  double entropy = 0;
  for (std::int32_t g = 0; g < given.count; ++g) {
    const Count begin = joint.counts.data() + joint.start[g];
    const Count end = joint.counts.data() + joint.start[g + 1];
    entropy += std::accumulate(begin, end, 0.0) * entropy_of(begin, end, correction);
  }
  return words.ids.empty() ? 0 : entropy / static_cast<double>(words.ids.size());
}

double mutual_information_bits(const Words& words, const Words& given, Correction correction) {
  return entropy_bits(words, correction) - conditional_entropy_bits(words, given, correction);
}

}  // namespace infoplane::estimators
