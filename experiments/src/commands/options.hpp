#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace infoplane::experiments {

/// The option `--format table|csv|json`.
inline void add_format(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}))
      ->capture_default_str();
}

}  // namespace infoplane::experiments
