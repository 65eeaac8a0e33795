#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include <infoplane/experiment.hpp>
#include <infoplane/progress.hpp>

namespace infoplane {

/// Where and how an experiment is run; nothing here changes its numbers on a CPU.
struct RunOptions {
  std::filesystem::path out = "runs";
  std::string device = "auto";     ///< auto, cpu, cuda or cuda:N
  std::int64_t threads = 0;        ///< 0: as many as the machine has cores
  bool resume = false;             ///< go on with the experiment's latest run, where there is one
  double checkpoint_seconds = 60;  ///< from one checkpoint to the next
};

/// Trains the experiment, observes it and writes its folder; returns the folder. Replicas are divided among threads;
/// the tables are the same bytes for any number of them. Rows are ordered by epoch, replica, then layer and estimator.
/// Throws UsageError before anything is written, also where figures are wanted and there is no gnuplot, and Error where
/// the run fails: the folder then holds whole rows up to the last observed epoch and a provenance that says so.
///
/// A checkpoint is written every `checkpoint_seconds` and at the end. Under options.resume the latest run of the
/// experiment's name goes on from its checkpoint, for any number of threads, and ends with the tables of a run that
/// never stopped, byte for byte; a finished one is left as it is. Throws UsageError where that run's experiment was
/// another: "runs/x/ID: training.learning_rate is 0.01 there and 0.001 here"; figures and claims may differ.
///
/// After a signal (see install_signal_handlers) the run writes a checkpoint within 2 s and throws Interrupted "FOLDER:
/// interrupted after epoch 17, `infoplane resume FOLDER` goes on"; where a step or an estimate takes longer, it tells
/// the same by Progress::interrupted and ends the process.
std::filesystem::path run(const Experiment& experiment, const Catalogue& catalogue, const RunOptions& options,
                          Progress& progress);

/// Goes on with the run in this folder, whose experiment.yaml is its experiment. Throws UsageError where it holds an
/// estimate.
std::filesystem::path resume(const std::filesystem::path& folder, const Catalogue& catalogue, const RunOptions& options,
                             Progress& progress);

}  // namespace infoplane
