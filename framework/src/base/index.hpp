#pragma once

#include <cstddef>
#include <map>
#include <vector>

namespace infoplane {

/// Numbers distinct values in order of appearance. Cost: O(log of their number) per value, constant if it equals that
/// of the previous call.
template <class Value>
class Index {
 public:
  std::size_t of(const Value& value) {
    if (last_ < values_.size() && values_[last_] == value) return last_;  // rows come in runs
    const auto [place, is_new] = places_.try_emplace(value, values_.size());
    if (is_new) values_.push_back(value);
    return last_ = place->second;
  }

  /// values().size() if it has not appeared.
  std::size_t find(const Value& value) const {
    const auto place = places_.find(value);
    return place == places_.end() ? values_.size() : place->second;
  }

  const std::vector<Value>& values() const { return values_; }

 private:
  std::map<Value, std::size_t> places_;
  std::vector<Value> values_;
  std::size_t last_ = 0;
};

}  // namespace infoplane
