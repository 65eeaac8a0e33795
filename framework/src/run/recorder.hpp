#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <infoplane/experiment.hpp>
#include <infoplane/record.hpp>

namespace infoplane {

/// Turns what estimators give into rows of information.csv. Details of the same name share a column.
class Recorder {
 public:
  /// Which details an estimator has may depend on its options, so one of each is made.
  explicit Recorder(const std::vector<Choice<EstimatorFactory>>& estimators);

  /// The columns of Record::details.
  const std::vector<std::string>& details() const { return details_; }

  /// Appends a row for each value of `estimate`, which the e-th estimator gave; `head` tells replica, epoch and layer.
  void append(const Estimate& estimate, std::size_t e, const Record& head, std::vector<Record>& rows) const;

 private:
  std::vector<std::string> names_;                 // of the estimators
  std::vector<std::vector<std::size_t>> columns_;  // of each estimator's details
  std::vector<std::string> details_;
};

}  // namespace infoplane
