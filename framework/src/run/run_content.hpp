#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <infoplane/experiment.hpp>

/// Runs identified by what determines their numbers, independent of their names.
namespace infoplane {

/// Identifies an experiment's numbers: SHA-256, in hexadecimal, of everything except its name, figures and claims.
std::string content_of(const Experiment& experiment, const Catalogue& catalogue);

/// The runs of a folder, FOLDER/EXPERIMENT/ID, by their content: of several a finished one, else the latest.
/// Experiments that this catalogue cannot read are skipped. Throws UsageError if the folder cannot be read; a missing
/// one has no runs.
std::map<std::string, std::filesystem::path> runs_by_content(const std::filesystem::path& folder,
                                                             const Catalogue& catalogue);

/// Makes the folder of a run, OUT/EXPERIMENT/ID, to be started by `resume`; its status is "waiting".
/// Throws as the constructor of Store does.
std::filesystem::path prepare(const Experiment& experiment, const Catalogue& catalogue,
                              const std::filesystem::path& out);

}  // namespace infoplane
