#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <infoplane/loss.hpp>
#include <infoplane/record.hpp>

namespace infoplane {

/// The tables of a run's folder: their rows, in order.
struct RunResults {
  std::string experiment;            ///< its name in experiment.yaml; the name of the parent folder if there is none
  Loss loss = Loss::cross_entropy;   ///< the kind of TrainingRecord::loss, as in experiment.yaml
  std::vector<std::string> details;  ///< the names of Record::details
  std::vector<Record> information;
  std::vector<TrainingRecord> training;
  std::vector<ParameterRecord> parameters;  ///< empty if the run has no such table; so are histograms
  std::vector<HistogramRecord> histograms;
  std::optional<Truth> truth;               ///< if the data set knows it
  std::vector<BottleneckPoint> bottleneck;  ///< if the data set knows it, ascending
  std::vector<ClaimRecord> claims;          ///< empty before claims are evaluated
};

/// Reads the tables of a run's folder; those of a finished run are first verified (see require_whole_tables). Throws
/// UsageError with file and line for a missing file, a wrong header, a row with another number of fields, a field that
/// is not a number or is outside its range, a split that is neither train nor test. Whole numbers are from 0 to 2^32,
/// bin edges and the data set's values are finite, the bins of one histogram are equally wide; results of estimators
/// and training may be nan or infinite. A last line without a line break is ignored: the run is being written, or was
/// killed.
RunResults read_run(const std::filesystem::path& folder);

}  // namespace infoplane
