#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <infoplane/run_results.hpp>

#include "base/index.hpp"
#include "base/statistics.hpp"

namespace infoplane {

/// What one replica shows at the observed epochs; epochs ascend.
using Curve = std::vector<std::pair<std::int64_t, double>>;

/// Quantities of series (layers, splits, elements of parameters) by replica and epoch. Every series has the epochs at
/// which any of its replicas was observed, its own; a value is NaN where the replica was not observed, or could not be
/// measured.
///
/// Filled row by row in any order; of rows for the same series, replica and epoch the last counts. Cost: O(1) a row
/// where rows come as a run writes them, 8 bytes of memory for each value.
class Curves {
 public:
  /// `table` is what refusals name; Q quantities in every row.
  Curves(std::string table, std::size_t quantities);

  /// Values [Q]. Throws UsageError "TABLE: it has N rows for M combinations of series, replica and epoch, most of them
  /// are missing" where a table of all combinations would be far larger than the rows are many.
  void add(const std::string& series, std::int64_t replica, std::int64_t epoch, const double* values);

  /// In the order of their first rows.
  const std::vector<std::string>& series() const { return names_.values(); }

  /// The place of a series, series().size() where there is none of that name.
  std::size_t find(const std::string& series) const;

  /// Those that have a row, in the order of their first rows, and the epochs, ascending.
  std::vector<std::int64_t> replicas(std::size_t series) const;
  std::vector<std::int64_t> epochs(std::size_t series) const;

  /// A quantity of one of replicas(), by its place there, at each of epochs().
  std::vector<double> values(std::size_t series, std::size_t replica, std::size_t quantity) const;

  /// Over the replicas, at each of epochs().
  std::vector<Statistics> statistics(std::size_t series, std::size_t quantity) const;

  /// The largest value of all series that is a number, at least 0.
  double largest(std::size_t quantity) const;

  /// A quantity of each replica, by its number, without the epochs at which it has no row.
  std::map<std::int64_t, Curve> curves(std::size_t series, std::size_t quantity) const;

 private:
  struct Replica {
    std::vector<double> values;  // [epoch][quantity], epochs in the order of their first rows, as many as it has seen
    std::vector<bool> observed;  // [epoch]
  };
  struct Series {
    Index<std::int64_t> replica_numbers, epochs;
    std::vector<Replica> replicas;
  };

  std::vector<std::size_t> order(const Series& series) const;
  double at(const Replica& replica, std::size_t epoch, std::size_t quantity) const;

  std::string table_;
  std::size_t quantities_, rows_ = 0, cells_ = 0;
  Index<std::string> names_;
  std::vector<Series> series_;
};

/// The quantities of information_curves, in bits; details follow, from kDetails on.
enum InformationQuantity : std::size_t { kXt, kTy, kXtCap, kTyCap, kDetails };

/// The quantities of training_curves.
enum TrainingQuantity : std::size_t { kLoss, kAccuracy };

/// The rows of information.csv, each estimator's by layer; filled row by row.
class InformationCurves {
 public:
  /// Keeps the first `details` details of each row.
  explicit InformationCurves(std::size_t details);

  /// Throws UsageError (see Curves::add).
  void add(const Record& row);

  /// In the order of their first rows.
  const std::vector<std::string>& estimators() const { return names_.values(); }
  const Curves& of(const std::string& estimator) const { return curves_.at(names_.find(estimator)); }

 private:
  std::size_t details_;
  Index<std::string> names_;
  std::vector<Curves> curves_;
  std::vector<double> values_;  // of a row
};

/// The rows of one estimator, by layer.
Curves information_curves(const std::vector<Record>& rows, const std::string& estimator);

/// By split.
Curves training_curves(const std::vector<TrainingRecord>& rows);

}  // namespace infoplane
