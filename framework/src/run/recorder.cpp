#include "run/recorder.hpp"

#include <algorithm>
#include <limits>

namespace infoplane {

Recorder::Recorder(const std::vector<Choice<EstimatorFactory>>& estimators) {
  for (const auto& choice : estimators) {
    names_.push_back(choice.name());
    columns_.emplace_back();
    for (const std::string& detail : choice(0)->details()) {
      const auto at = std::find(details_.begin(), details_.end(), detail);
      columns_.back().push_back(at - details_.begin());
      if (at == details_.end()) details_.push_back(detail);
    }
  }
}

void Recorder::append(const Estimate& estimate, std::size_t e, const Record& head, std::vector<Record>& rows) const {
  for (const Information& information : estimate.values) {
    Record row = head;
    row.estimator = names_[e] + (information.value.empty() ? "" : "." + information.value);
    row.i_xt_bits = information.i_xt_bits;
    row.i_ty_bits = information.i_ty_bits;
    row.i_xt_cap_bits = information.i_xt_cap_bits;
    row.i_ty_cap_bits = information.i_ty_cap_bits;
    row.details.assign(details_.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t d = 0; d < information.details.size(); ++d) row.details[columns_[e][d]] = information.details[d];
    rows.push_back(std::move(row));
  }
}

}  // namespace infoplane
