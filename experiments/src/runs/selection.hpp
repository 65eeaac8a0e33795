#pragma once

#include <string>
#include <vector>

#include <infoplane/result_needs.hpp>
#include <infoplane/run_results.hpp>

/// Which rows of a run's tables are meant.
namespace infoplane::experiments {

/// Whether results have the wanted estimator's name, or are one of its values: "kernel_density.mean" of kernel_density.
bool is_of_estimator(const std::string& name, const std::string& wanted);

/// The estimator of the results that `wanted` means: the first for "", and the first value of one that has several.
/// Throws UsageError for one that they do not have, and for results without rows.
std::string selected_estimator(const RunResults& results, const std::string& wanted);

/// The same without the name of a value: ".lower" and ".upper" may follow it.
std::string bounding_estimator(const RunResults& results, const std::string& wanted);

/// The same needs, and an estimator that gives two bounds.
ResultNeeds of_bounds(ResultNeeds needs);

/// Throws UsageError "the results have no KIND 'NAME', only KNOWN".
[[noreturn]] void refuse(const std::string& kind, const std::string& name, const std::vector<std::string>& known);

/// Appends the name unless it is there.
void add_distinct(std::vector<std::string>& names, const std::string& name);

}  // namespace infoplane::experiments
