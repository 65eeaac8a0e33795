#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace infoplane::experiments {

/// The text of one HTML file that shows runs in a browser: their information planes with a slider of epochs, curves,
/// loss and accuracy, details of the estimators, histograms, claims, experiment and provenance. The file is
/// self-contained: it includes the chart library and loads nothing from outside, which its content security policy also
/// forbids. All text of the runs is escaped. Equal runs give equal bytes. A run's folder needs information.csv and
/// training.csv; everything else is optional, and a run in progress is shown up to its last rows.
///
/// Means and standard deviations over replicas are computed here; numbers have five significant digits. 50 replicas of
/// 200 epochs, 6 layers and 3 estimators give a file of about 4 MB. Throws UsageError for a folder without a run (see
/// read_run).
std::string report_page(const std::vector<std::filesystem::path>& runs);

}  // namespace infoplane::experiments
