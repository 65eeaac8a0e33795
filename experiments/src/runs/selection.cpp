#include "runs/selection.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/error.hpp>

#include "base/index.hpp"

namespace infoplane::experiments {

void add_distinct(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

void refuse(const std::string& kind, const std::string& name, const std::vector<std::string>& known) {
  throw UsageError(fmt::format("the results have no {} {}, only {}", kind, in_quotes(name), fmt::join(known, ", ")));
}

bool is_of_estimator(const std::string& name, const std::string& wanted) {
  return name == wanted || name.rfind(wanted + ".", 0) == 0;
}

std::string selected_estimator(const RunResults& results, const std::string& wanted) {
  Index<std::string> estimators;
  for (const Record& record : results.information) estimators.of(record.estimator);
  const std::vector<std::string>& known = estimators.values();
  if (known.empty()) throw UsageError("the results have no rows in information.csv");
  if (wanted.empty()) return known.front();
  auto found = std::find(known.begin(), known.end(), wanted);
  const auto is_of = [&](const std::string& name) { return is_of_estimator(name, wanted); };
  if (found == known.end()) found = std::find_if(known.begin(), known.end(), is_of);
  if (found == known.end()) refuse("estimator", wanted, known);
  return *found;
}

std::string bounding_estimator(const RunResults& results, const std::string& wanted) {
  const std::string first = selected_estimator(results, wanted);
  return first.substr(0, first.rfind('.'));
}

ResultNeeds of_bounds(ResultNeeds needs) {
  needs.values = {"lower", "upper"};
  return needs;
}

}  // namespace infoplane::experiments
