#pragma once

#include <CLI/CLI.hpp>

namespace infoplane::experiments {

/// `infoplane compare RUN RUN...`: what differs in the experiments and in the results of runs, and their planes in one
/// picture.
///   table  the runs; the settings that differ; information by layer, estimator and run
///   csv    the information: a row by run, layer and estimator, with the run's values of the settings that differ
///   json   an object of all that
void add_compare(CLI::App& app);

}  // namespace infoplane::experiments
