#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include <infoplane/experiment.hpp>
#include <infoplane/progress.hpp>

namespace infoplane {

/// Where and how to run an experiment; on a CPU nothing here changes its numbers.
struct RunOptions {
  std::filesystem::path out = "runs";
  std::string device = "auto";     ///< auto, cpu, cuda or cuda:N
  std::int64_t threads = 0;        ///< 0: the number of cores
  bool resume = false;             ///< continue the experiment's latest run if there is one
  double checkpoint_seconds = 60;  ///< time between checkpoints
  bool anyway = false;             ///< even if it is expected to take more than a day
};

/// Trains and observes the experiment and writes its folder; returns the folder. Replicas are divided among threads;
/// the tables are the same bytes for any number of threads. Rows are ordered by epoch, replica, then layer and
/// estimator. Throws UsageError before anything is written, also if figures are requested and gnuplot is missing, and
/// Error if the run fails: the folder then has whole rows up to the last observed epoch and a provenance with the
/// error. Throws UsageError for a run that is expected to take more memory than the machine has, or more than a day
/// unless options.anyway. Throws std::invalid_argument for an incomplete experiment (see check) and for negative
/// threads or checkpoint_seconds.
///
/// A checkpoint is written every `checkpoint_seconds` and at the end. With options.resume the latest run with the
/// experiment's name continues from its checkpoint, with any number of threads, and ends with the same tables as an
/// uninterrupted run, byte for byte; a finished run is left unchanged. Throws UsageError if that run's experiment
/// differs: "runs/x/ID: training.learning_rate is 0.01 there and 0.001 here"; figures and claims may differ.
///
/// After a signal (see install_signal_handlers) the run writes a checkpoint within 2 s and throws Interrupted "FOLDER:
/// interrupted after epoch 17, resume with `infoplane resume FOLDER`"; if a step or an estimate takes longer, it
/// reports the same by Progress::interrupted and ends the process.
std::filesystem::path run(const Experiment& experiment, const Catalogue& catalogue, const RunOptions& options,
                          Progress& progress);

/// Continues the run in this folder, with the experiment in its experiment.yaml. Throws as run() does, and UsageError
/// if the folder holds an estimate.
std::filesystem::path resume(const std::filesystem::path& folder, const Catalogue& catalogue, const RunOptions& options,
                             Progress& progress);

}  // namespace infoplane
