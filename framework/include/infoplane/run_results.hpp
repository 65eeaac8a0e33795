#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <infoplane/record.hpp>

namespace infoplane {

/// What a run's folder says: the rows of its tables, in their order.
struct RunResults {
  std::string experiment;            ///< its name in experiment.yaml; the name of the parent folder if there is none
  std::vector<std::string> details;  ///< the names of Record::details
  std::vector<Record> information;
  std::vector<TrainingRecord> training;
  std::vector<ParameterRecord> parameters;  ///< empty where the run has no such table; so are histograms
  std::vector<HistogramRecord> histograms;
  std::optional<Truth> truth;               ///< where the data set knows
  std::vector<BottleneckPoint> bottleneck;  ///< where the data set knows, ascending
  std::vector<ClaimRecord> claims;          ///< empty before they were evaluated
};

/// Reads the tables of a run's folder, those of a finished one once it knows that they are whole (see
/// require_whole_tables). Throws UsageError with file and line for a missing file, another header, a row with another
/// number of fields, a field that is no number where one is due or is outside its range, a split that is neither train
/// nor test. Whole numbers are from 0 to 2^32, the ends of a bin and what the data know are finite, the bins of one
/// histogram are equally wide; what an estimator or a training gave may be nan or infinite. A last line without its end
/// is left out: the run is being written, or was killed.
RunResults read_run(const std::filesystem::path& folder);

}  // namespace infoplane
