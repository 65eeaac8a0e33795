#pragma once

#include <cstdint>
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

}  // namespace infoplane::experiments
