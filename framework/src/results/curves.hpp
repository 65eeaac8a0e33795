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

/// The values of one replica by epoch, ascending.
using Curve = std::vector<std::pair<std::int64_t, double>>;

/// The largest value; NaN if any is NaN.
double peak(const Curve& curve);

/// The start of a fall: the last epoch, from the peak on, before the value is below 95 % of the peak; infinite if it
/// never is, NaN if any value is. It does not depend on how long the curve goes on after that.
double start_of_fall(const Curve& curve);

/// Quantities of series (layers, splits, elements of parameters) by replica and epoch. Each series has its own epochs,
/// those at which any of its replicas was observed; a value is NaN if the replica was not observed there or could not
/// be measured.
///
/// Filled row by row in any order; the last of several rows for the same series, replica and epoch counts. Cost: O(1)
/// per row in the order in which a run writes them; 8 bytes of memory per value.
class Curves {
 public:
  /// `table` is named in error messages; Q quantities per row.
  Curves(std::string table, std::size_t quantities);

  /// `values`: [Q]. Throws UsageError "TABLE: the first N rows have M combinations of series, replica and epoch, most
  /// of them are missing" if a dense table would be far larger than the number of rows.
  void add(const std::string& series, std::int64_t replica, std::int64_t epoch, const double* values);

  /// The number of rows added.
  std::size_t rows() const { return rows_; }

  /// In the order of their first rows.
  const std::vector<std::string>& series() const { return names_.values(); }

  /// The index of a series; series().size() if there is none with that name.
  std::size_t find(const std::string& series) const;

  /// The replicas with a row, in the order of their first rows; the epochs, ascending.
  std::vector<std::int64_t> replicas(std::size_t series) const;
  std::vector<std::int64_t> epochs(std::size_t series) const;

  /// A quantity at each of epochs() of each of replicas(), [E][R].
  std::vector<std::vector<double>> samples(std::size_t series, std::size_t quantity) const;

  /// Over the replicas, at each of epochs().
  std::vector<Statistics> statistics(std::size_t series, std::size_t quantity) const;

  /// The largest value over all series, ignoring NaN; at least 0.
  double largest(std::size_t quantity) const;

  /// A quantity of each replica, by replica number, at the epochs for which the replica has a row.
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

/// The quantities of InformationCurves, in bits; details follow from kDetails on.
enum InformationQuantity : std::size_t { kXt, kTy, kXtCap, kTyCap, kDetails };

/// The quantities of training_curves.
enum TrainingQuantity : std::size_t { kLoss, kAccuracy };

/// The rows of information.csv by estimator and layer; filled row by row.
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
