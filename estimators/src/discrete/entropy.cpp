#include <infoplane/estimators/entropy.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

using Count = const std::int32_t*;

// One term for all symbols of count c.
class Terms {
 public:
  Terms(double samples, double seen_once, Correction correction)
      : samples_(samples), chao_shen_(correction == Correction::chao_shen) {
    coverage_ = seen_once < samples ? 1 - seen_once / samples : 1 / samples;
  }

  double operator()(double c) const {
    if (!chao_shen_) return c / samples_ * std::log2(samples_ / c);
    const double q = coverage_ * c / samples_;
    // The probability that a symbol with probability q occurs in the samples.
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
  // Summed by ascending count, so that rounding does not depend on the order of symbols; there are at most sqrt(2 N)
  // counts.
  std::vector<std::int32_t> symbols_of_count(largest + 1);
  for (Count c = begin; c != end; ++c) ++symbols_of_count[*c];
  const Terms term(samples, symbols_of_count[1], correction);
  double entropy = 0;
  double symbols = 0;
  for (std::int32_t c = 1; c <= largest; ++c) {
    if (symbols_of_count[c] == 0) continue;
    entropy += symbols_of_count[c] * term(c);
    symbols += symbols_of_count[c];
  }
  return correction == Correction::miller_madow ? entropy + (symbols - 1) / (2 * samples * std::log(2.0)) : entropy;
}

// The plug-in for counts that are not whole numbers.
double entropy_of(const std::vector<double>& weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  double entropy = 0;
  for (const double weight : weights) {
    if (weight > 0) entropy += weight / total * std::log2(total / weight);
  }
  return entropy;
}

void require_ids(const char* function, const Symbols& symbols) {
  const auto count = static_cast<std::uint32_t>(std::max(symbols.count, 0));
  std::uint32_t outside = 0;  // a sum, not a search that could stop early, so that it can be vectorized
  for (const std::int32_t id : symbols.ids) outside += static_cast<std::uint32_t>(id) >= count;
  require_argument(outside == 0, function, "every id must be from 0 to count - 1");
}

}  // namespace

EnumNames<Correction> names(Correction) {
  return {{Correction::none, "none"}, {Correction::miller_madow, "miller_madow"}, {Correction::chao_shen, "chao_shen"}};
}

double entropy_bits(const std::vector<std::int32_t>& counts, Correction correction) {
  const auto is_count = [](std::int32_t c) { return c >= 0; };
  require_argument(std::all_of(counts.begin(), counts.end(), is_count), "entropy_bits", "no count may be negative");
  return entropy_of(counts.data(), counts.data() + counts.size(), correction);
}

double entropy_bits(const Symbols& symbols, Correction correction) {
  return entropy_bits(symbol_counts(symbols), correction);
}

std::vector<std::int32_t> symbol_counts(const Symbols& symbols) {
  require_ids("symbol_counts", symbols);
  std::vector<std::int32_t> counts(symbols.count);
  for (std::int32_t id : symbols.ids) ++counts[id];
  return counts;
}

JointCounts joint_counts(const Symbols& symbols, const Symbols& given) {
  require_argument(symbols.ids.size() == given.ids.size(), "joint_counts",
                   "both variables must have the same number of samples");
  require_ids("joint_counts", symbols);
  require_ids("joint_counts", given);
  const std::size_t n = symbols.ids.size();
  // The symbols, grouped by the value that they occur with.
  std::vector<std::int64_t> end(given.count + 1);
  for (std::int32_t g : given.ids) ++end[g + 1];
  std::partial_sum(end.begin(), end.end(), end.begin());
  std::vector<std::int32_t> grouped(n);
  for (std::size_t i = 0; i < n; ++i) grouped[end[given.ids[i]]++] = symbols.ids[i];

  JointCounts joint;
  joint.counts.reserve(n);
  joint.start.assign(1, 0);
  std::vector<std::int32_t> counter(symbols.count);
  std::vector<std::int32_t> occurring;
  std::int64_t next = 0;
  for (std::int32_t g = 0; g < given.count; ++g) {
    occurring.clear();
    for (; next < end[g]; ++next) {
      if (counter[grouped[next]]++ == 0) occurring.push_back(grouped[next]);
    }
    for (std::int32_t symbol : occurring) joint.counts.push_back(std::exchange(counter[symbol], 0));
    joint.start.push_back(static_cast<std::int64_t>(joint.counts.size()));
  }
  return joint;
}

double conditional_entropy_bits(const Symbols& symbols, const Symbols& given, Correction correction) {
  const JointCounts joint = joint_counts(symbols, given);
  double entropy = 0;
  for (std::int32_t g = 0; g < given.count; ++g) {
    const Count begin = joint.counts.data() + joint.start[g];
    const Count end = joint.counts.data() + joint.start[g + 1];
    entropy += std::accumulate(begin, end, 0.0) * entropy_of(begin, end, correction);
  }
  return symbols.ids.empty() ? 0 : entropy / static_cast<double>(symbols.ids.size());
}

double entropy_bits(const SymbolProbabilities& symbols) {
  std::vector<double> weights(symbols.count);
  for (std::size_t i = 0; i < symbols.p.size(); ++i) weights[i % symbols.count] += symbols.p[i];
  return entropy_of(weights);
}

double conditional_entropy_bits(const Symbols& symbols, const SymbolProbabilities& given) {
  require_ids("conditional_entropy_bits", symbols);
  const std::size_t n = symbols.ids.size(), values = given.count;
  require_argument(given.p.size() == n * values, "conditional_entropy_bits",
                   "there must be a probability for each sample and value");
  std::vector<std::vector<double>> weights(values, std::vector<double>(symbols.count));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t g = 0; g < values; ++g) weights[g][symbols.ids[i]] += given.p[i * values + g];
  }
  double entropy = 0;
  for (const std::vector<double>& of_value : weights) {
    entropy += std::accumulate(of_value.begin(), of_value.end(), 0.0) * entropy_of(of_value);
  }
  return n == 0 ? 0 : entropy / static_cast<double>(n);
}

double mutual_information_bits(const Symbols& symbols, const Symbols& given, Correction correction) {
  return entropy_bits(symbols, correction) - conditional_entropy_bits(symbols, given, correction);
}

}  // namespace infoplane::estimators
