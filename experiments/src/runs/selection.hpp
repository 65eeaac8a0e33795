#pragma once

#include <string>
#include <vector>

#include <infoplane/result_needs.hpp>
#include <infoplane/run_results.hpp>

/// Selecting rows of a run's tables.
namespace infoplane::experiments {

/// Whether `name` is the wanted estimator or one of its values: "kernel_density.mean" for kernel_density.
bool is_of_estimator(const std::string& name, const std::string& wanted);

/// The estimator that `wanted` selects: the first for "", and the first value of one that has several. Throws
/// UsageError for an unknown one, and for results without rows.
std::string selected_estimator(const RunResults& results, const std::string& wanted);

/// The same without the name of the value, so that ".lower" or ".upper" can be appended.
std::string bounding_estimator(const RunResults& results, const std::string& wanted);

/// The same needs, and an estimator with two bounds.
ResultNeeds of_bounds(ResultNeeds needs);

/// Throws UsageError "the results have no KIND 'NAME', only KNOWN".
[[noreturn]] void refuse(const std::string& kind, const std::string& name, const std::vector<std::string>& known);

/// Appends the name if it is new.
void add_distinct(std::vector<std::string>& names, const std::string& name);

}  // namespace infoplane::experiments
