#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include <infoplane/experiment.hpp>
#include <infoplane/progress.hpp>
#include <infoplane/store.hpp>

namespace infoplane {

/// Where and how an experiment is run; nothing here changes its numbers on a CPU.
struct RunOptions {
  std::filesystem::path out = "runs";
  std::string device = "auto";   ///< auto, cpu, cuda or cuda:N
  std::int64_t threads = 0;      ///< 0: as many as the machine has cores
  bool resume = false;           ///< go on with the experiment's latest run, where there is one
  double checkpoint_seconds = 60;   ///< from one checkpoint to the next
};

/// Prepares the process for training many small networks: one thread inside LibTorch and OpenBLAS (replicas are
/// divided among our own), and a malloc that keeps freed memory (page faults would take half the time). To be called before
/// anything of LibTorch is: it sets OMP_NUM_THREADS and its like, for child processes too.
void configure_runtime();

/// What an exception says to a user: the first line of what LibTorch and others word, "not enough memory" where that is
/// the reason.
std::string reason_of(const std::exception& error);

/// The device of that name. Throws UsageError for another name, a CUDA device that is absent or a LibTorch without CUDA.
torch::Device parse_device(const std::string& name);

/// Builds what the experiment names, with one replica, and checks that the parts fit: data set, splits and batch size,
/// schedule, model and its hook points, estimators and the layers' shapes, what figures and claims need. Throws
/// UsageError.
void check(const Experiment& experiment);

/// Trains the experiment, observes it and writes its folder; returns the folder. Replicas are divided among threads; the
/// tables are the same bytes for any number of them. Rows are ordered by epoch, replica, then layer and estimator.
/// Throws UsageError before anything is written, also where figures are wanted and there is no gnuplot, and Error where the run fails: the folder then holds
/// whole rows up to the last observed epoch and a provenance that says so.
///
/// A checkpoint is written every `checkpoint_seconds` and at the end. Under options.resume the latest run of the
/// experiment's name goes on from its checkpoint, for any number of threads, and ends with the tables of a run that never
/// stopped, byte for byte; a finished one is left as it is. Throws UsageError where that run's experiment was another:
/// "runs/x/ID: training.learning_rate is 0.01 there and 0.001 here"; figures and claims may differ.
///
/// After a signal (see heed_signals) the run writes a checkpoint within 2 s and throws Interrupted "FOLDER: interrupted
/// after epoch 17, `infoplane resume FOLDER` goes on"; where a step or an estimate takes longer, it tells the same by
/// Progress::interrupted and ends the process.
std::filesystem::path run(const Experiment& experiment, const Catalogue& catalogue, const RunOptions& options,
                          Progress& progress);

/// Goes on with the run in this folder, whose experiment.yaml is its experiment. Throws UsageError where it holds an estimate.
std::filesystem::path resume(const std::filesystem::path& folder, const Catalogue& catalogue,
                             const RunOptions& options, Progress& progress);

/// Writes the weights and buffers of a run's checkpoint to a safetensors file, each under its name in the model and of all
/// replicas: "linear1.weight" [R, O, I]; of ordinary modules "replicas.7.fc.weight". Throws UsageError where the folder
/// holds no checkpoint, Error where the file cannot be written.
void export_weights(const std::filesystem::path& folder, const std::filesystem::path& file);

/// Whether the run in this folder came to its end.
bool is_finished(const std::filesystem::path& folder);

/// Evaluates claims on the tables of a run's folder and writes its claims.csv, a row each; without claims, no file. Throws
/// UsageError where the tables lack what a claim needs, Error where the file cannot be written.
std::vector<ClaimRecord> evaluate_claims(const std::vector<Choice<ClaimFactory>>& claims,
                                         const std::filesystem::path& folder);

/// Draws figures from the tables of a run's folder into its figures/. What one of them throws is thrown when the others
/// are drawn; of several, what the first threw. Where another process draws there, waits for it before the tables are
/// read, so that the pictures that stay are of the latest tables that were read; throws Error after ten minutes.
void draw_figures(const std::vector<Choice<FigureFactory>>& figures, const std::filesystem::path& folder);

}  // namespace infoplane
