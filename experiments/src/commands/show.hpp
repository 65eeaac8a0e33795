#pragma once

#include <CLI/CLI.hpp>

namespace infoplane::experiments {

/// `infoplane show RUN`: where a run stands, how it was made, and what came of it.
///   table  provenance, experiment, loss and accuracy, information by layer, claims, pictures
///   csv    the information, as information_table
///   json   an object of all that
void add_show(CLI::App& app);

}  // namespace infoplane::experiments
