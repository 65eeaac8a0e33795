#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace infoplane::experiments {

/// The text of one HTML file that shows runs in a browser: their information planes with a slider of epochs, curves,
/// loss and accuracy, details of the estimators, histograms, claims, experiment and provenance. The file is complete:
/// it holds the chart library and asks for nothing from outside, which its content security policy forbids too. All
/// text of the runs is escaped. Equal runs give equal bytes. A run's folder needs information.csv and training.csv; all
/// else may be absent, and a run that is still being written is shown as far as it came.
///
/// Means and deviations over replicas are taken here, numbers have five significant digits; 50 replicas of 200 epochs,
/// 6 layers and 3 estimators make a file of some 4 MB. Throws UsageError for a folder that holds no run (see read_run).
std::string report_page(const std::vector<std::filesystem::path>& runs);

}  // namespace infoplane::experiments
