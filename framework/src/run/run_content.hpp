#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <infoplane/experiment.hpp>

/// Runs recognized by what determines their numbers, whatever they are called.
namespace infoplane {

/// Identifies what of an experiment determines its numbers: SHA-256, in hexadecimal, of all but its name, figures and
/// claims.
std::string content_of(const Experiment& experiment, const Catalogue& catalogue);

/// The runs of a folder, FOLDER/EXPERIMENT/ID, by their content: of several a finished one, else the youngest. What
/// cannot be read as an experiment of this catalogue is left out. Throws UsageError where the folder cannot be read;
/// one that does not exist holds no runs.
std::map<std::string, std::filesystem::path> runs_by_content(const std::filesystem::path& folder,
                                                             const Catalogue& catalogue);

/// Makes the folder of a run, OUT/EXPERIMENT/ID, that waits for `resume` to begin it; its provenance says "waiting".
/// Throws as the constructor of Store does.
std::filesystem::path prepare(const Experiment& experiment, const Catalogue& catalogue,
                              const std::filesystem::path& out);

}  // namespace infoplane
