#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace infoplane {

/// Runs `gnuplot SCRIPT` in the folder; its output goes to a file there. It is ended after `longest`, by a pending
/// signal and by the end of the calling thread. Returns the reason of a failure, else "". Throws as require_gnuplot
/// does.
std::string run_gnuplot(const std::filesystem::path& folder, const std::string& script,
                        std::chrono::duration<double> longest);

}  // namespace infoplane
