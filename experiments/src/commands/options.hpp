#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane::experiments {

/// The option `--format table|csv|json`.
inline void add_format(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}))
      ->capture_default_str();
}

/// The numbers from low to high, in the help as "low..high". CLI11's own range words its refusal by its version, and
/// lets nan pass.
template <class Number>
CLI::Validator range(const std::string& kind, std::int64_t low, std::int64_t high) {
  const auto refusal = [=](const std::string& text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool fits =
        error == std::errc() && end == text.data() + text.size() && number >= Number(low) && number <= Number(high);
    return fits ? std::string() : fmt::format("must be {} from {} to {}, got {}", kind, low, high, in_quotes(text));
  };
  return CLI::Validator(refusal, fmt::format("{}..{}", low, high));
}

inline CLI::Validator whole_range(std::int64_t low, std::int64_t high) {
  return range<std::int64_t>("a whole number", low, high);
}

/// The option `--checkpoint-every SECONDS`.
inline void add_checkpoint_every(CLI::App& command, double& seconds) {
  command.add_option("--checkpoint-every", seconds, "seconds from one checkpoint to the next")
      ->check(range<double>("seconds", 0, 1000000000))
      ->capture_default_str();
}

}  // namespace infoplane::experiments
