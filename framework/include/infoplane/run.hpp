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
};

/// Prepares the process for training many small networks: one thread inside LibTorch and OpenBLAS (replicas are
/// divided among our own), and a malloc that keeps freed memory (page faults would take half the time).
void configure_runtime();

/// The device of that name. Throws UsageError for another name, a CUDA device that is absent or a LibTorch without CUDA.
torch::Device parse_device(const std::string& name);

/// Builds what the experiment names, with one replica, and checks that the parts fit: data set, splits and batch size,
/// schedule, model and its hook points, estimators, the layers and estimators that figures name. Throws UsageError.
void check(const Experiment& experiment);

/// Trains the experiment, observes it and writes its folder; returns the folder. Replicas are divided among threads; the
/// tables are the same bytes for any number of them. Rows are ordered by epoch, replica, then layer and estimator.
/// Throws UsageError before anything is written, and Error where the run fails: the folder then holds
/// whole rows up to the last observed epoch and a provenance that says so.
std::filesystem::path run(const Experiment& experiment, const Catalogue& catalogue, const RunOptions& options,
                          Progress& progress);

/// Draws figures from the tables of a run's folder into its figures/.
void draw_figures(const std::vector<Choice<FigureFactory>>& figures, const std::filesystem::path& folder);

}  // namespace infoplane
