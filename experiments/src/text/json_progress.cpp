#include "text/json_progress.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <infoplane/error.hpp>

#include "base/foreign_json.hpp"
#include "text/standard_streams.hpp"

namespace infoplane::experiments {

void JsonProgress::begin(const std::string&, std::int64_t first, std::int64_t epochs, std::int64_t) {
  epochs_ = epochs;
  report(first);
}

void JsonProgress::warned(const std::string& message) { print_stderr("{}{}\n", kWarning, printable(message)); }

void JsonProgress::trained(std::int64_t epoch) {
  if (std::chrono::steady_clock::now() - reported_ >= std::chrono::milliseconds(100)) report(epoch);
}

void JsonProgress::observed(std::int64_t epoch, double, double) { report(epoch); }

void JsonProgress::interrupted(const std::string& message) { print_stderr("{}\n", printable(message)); }

void JsonProgress::report(std::int64_t epoch) {
  reported_ = std::chrono::steady_clock::now();
  print_stderr("{{\"epoch\":{},\"epochs\":{}}}\n", epoch, epochs_);
}

double completed_part(const std::string& line) {
  const auto json = parse_foreign<nlohmann::json>(line);
  if (!json.is_object() || !json.contains("epoch") || !json.contains("epochs")) return -1;
  if (!json["epoch"].is_number_integer() || !json["epochs"].is_number_integer()) return -1;
  const double epochs = json["epochs"].get<double>();
  return epochs > 0 ? json["epoch"].get<double>() / epochs : -1;
}

}  // namespace infoplane::experiments
