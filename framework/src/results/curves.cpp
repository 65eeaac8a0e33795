#include "results/curves.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane {
namespace {

constexpr std::size_t kMissing = 4;      // combinations per row; a stopped run lacks some
constexpr std::size_t kAlways = 100000;  // combinations that are always allowed

}  // namespace

double peak(const Curve& curve) {
  double largest = -std::numeric_limits<double>::infinity();
  for (const auto& [epoch, value] : curve) {
    if (std::isnan(value)) return value;
    largest = std::max(largest, value);
  }
  return largest;
}

double start_of_fall(const Curve& curve) {
  constexpr double kFallShare = 0.05;  // of the peak
  const double top = peak(curve), below = top - kFallShare * std::abs(top);
  if (std::isnan(top)) return top;
  const auto at_peak = std::find_if(curve.begin(), curve.end(), [&](const auto& point) { return point.second == top; });
  const auto fallen = std::find_if(at_peak, curve.end(), [&](const auto& point) { return point.second < below; });
  return fallen == curve.end() ? std::numeric_limits<double>::infinity()
                               : static_cast<double>(std::prev(fallen)->first);
}

Curves::Curves(std::string table, std::size_t quantities) : table_(std::move(table)), quantities_(quantities) {}

void Curves::add(const std::string& series, std::int64_t replica, std::int64_t epoch, const double* values) {
  const std::size_t s = names_.of(series);
  if (s == series_.size()) series_.emplace_back();
  Series& to = series_[s];
  const std::size_t r = to.replica_numbers.of(replica), e = to.epochs.of(epoch);
  if (r == to.replicas.size()) to.replicas.emplace_back();
  Replica& own = to.replicas[r];
  ++rows_;
  if (e >= own.observed.size()) {
    cells_ += e + 1 - own.observed.size();
    if (cells_ > kMissing * rows_ + kAlways) {
      throw UsageError(fmt::format(
          "{}: the first {} rows have {} combinations of series, replica and epoch, most of them are missing", table_,
          rows_, cells_));
    }
    own.observed.resize(e + 1);
    own.values.resize((e + 1) * quantities_, std::numeric_limits<double>::quiet_NaN());
  }
  own.observed[e] = true;
  std::copy_n(values, quantities_, own.values.begin() + static_cast<std::ptrdiff_t>(e * quantities_));
}

std::size_t Curves::find(const std::string& series) const { return names_.find(series); }

std::vector<std::int64_t> Curves::replicas(std::size_t series) const {
  return series_.at(series).replica_numbers.values();
}

// Indices of the epochs in ascending order.
std::vector<std::size_t> Curves::order(const Series& series) const {
  const std::vector<std::int64_t>& epochs = series.epochs.values();
  std::vector<std::size_t> places(epochs.size());
  std::iota(places.begin(), places.end(), 0);
  const auto earlier = [&](std::size_t a, std::size_t b) { return epochs[a] < epochs[b]; };
  if (!std::is_sorted(places.begin(), places.end(), earlier)) std::sort(places.begin(), places.end(), earlier);
  return places;
}

double Curves::at(const Replica& replica, std::size_t epoch, std::size_t quantity) const {
  return epoch < replica.observed.size() ? replica.values[epoch * quantities_ + quantity]
                                         : std::numeric_limits<double>::quiet_NaN();
}

std::vector<std::int64_t> Curves::epochs(std::size_t series) const {
  std::vector<std::int64_t> epochs = series_.at(series).epochs.values();
  std::sort(epochs.begin(), epochs.end());
  return epochs;
}

std::vector<std::vector<double>> Curves::samples(std::size_t series, std::size_t quantity) const {
  const Series& from = series_.at(series);
  std::vector<std::vector<double>> all;
  for (const std::size_t e : order(from)) {
    std::vector<double>& values = all.emplace_back();
    for (const Replica& replica : from.replicas) values.push_back(at(replica, e, quantity));
  }
  return all;
}

std::vector<Statistics> Curves::statistics(std::size_t series, std::size_t quantity) const {
  std::vector<Statistics> all;
  for (const std::vector<double>& values : samples(series, quantity)) all.push_back(infoplane::statistics(values));
  return all;
}

double Curves::largest(std::size_t quantity) const {
  double value = 0;
  for (const Series& series : series_) {
    for (const Replica& replica : series.replicas) {
      for (std::size_t e = 0; e < replica.observed.size(); ++e) value = std::max(value, at(replica, e, quantity));
    }
  }
  return value;
}

std::map<std::int64_t, Curve> Curves::curves(std::size_t series, std::size_t quantity) const {
  const Series& from = series_.at(series);
  const std::vector<std::size_t> places = order(from);
  std::map<std::int64_t, Curve> all;
  for (std::size_t r = 0; r < from.replicas.size(); ++r) {
    const Replica& replica = from.replicas[r];
    Curve& curve = all[from.replica_numbers.values()[r]];
    for (const std::size_t e : places) {
      if (e < replica.observed.size() && replica.observed[e]) {
        curve.emplace_back(from.epochs.values()[e], at(replica, e, quantity));
      }
    }
  }
  return all;
}

InformationCurves::InformationCurves(std::size_t details) : details_(details) {}

void InformationCurves::add(const Record& row) {
  const std::size_t e = names_.of(row.estimator);
  if (e == curves_.size()) curves_.emplace_back("information.csv", kDetails + details_);
  values_.assign({row.i_xt_bits, row.i_ty_bits, row.i_xt_cap_bits, row.i_ty_cap_bits});
  values_.insert(values_.end(), row.details.begin(), row.details.begin() + static_cast<std::ptrdiff_t>(details_));
  curves_[e].add(row.layer, row.replica, row.epoch, values_.data());
}

Curves information_curves(const std::vector<Record>& rows, const std::string& estimator) {
  Curves curves("information.csv", kDetails);
  for (const Record& row : rows) {
    if (row.estimator != estimator) continue;
    const double values[kDetails]{row.i_xt_bits, row.i_ty_bits, row.i_xt_cap_bits, row.i_ty_cap_bits};
    curves.add(row.layer, row.replica, row.epoch, values);
  }
  return curves;
}

Curves training_curves(const std::vector<TrainingRecord>& rows) {
  Curves curves("training.csv", 2);
  for (const TrainingRecord& row : rows) {
    const double values[]{row.loss, row.accuracy};
    curves.add(row.split, row.replica, row.epoch, values);
  }
  return curves;
}

}  // namespace infoplane
