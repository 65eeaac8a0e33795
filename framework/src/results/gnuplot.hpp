#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace infoplane {

/// Runs `gnuplot SCRIPT` in the folder; what it prints goes to a file there. It is ended by `longest`, by a pending
/// signal and by the end of the calling thread. Returns why it failed, "" where it did not. Throws as require_gnuplot
/// does.
std::string run_gnuplot(const std::filesystem::path& folder, const std::string& script,
                        std::chrono::duration<double> longest);

}  // namespace infoplane
