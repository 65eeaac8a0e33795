#pragma once

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <CLI/CLI.hpp>

namespace infoplane::experiments {

/// The option `--format table|csv|json`.
inline void add_format(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}))
      ->capture_default_str();
}

/// The whole numbers from low to high, in the help as "low..high".
inline CLI::Range whole_range(std::int64_t low, std::int64_t high) {
  return {low, high, std::to_string(low) + ".." + std::to_string(high)};
}

/// The option `--checkpoint-every SECONDS`.
inline void add_checkpoint_every(CLI::App& command, double& seconds) {
  const auto is_number = [](const std::string& text) {   // of nan a range says nothing
    return std::isnan(std::strtod(text.c_str(), nullptr)) ? "Value " + text + " not in range 0 to 1e9" : "";
  };
  command.add_option("--checkpoint-every", seconds, "seconds from one checkpoint to the next")
      ->check(CLI::Range(0.0, 1e9))
      ->check(is_number)
      ->capture_default_str();
}

}  // namespace infoplane::experiments
