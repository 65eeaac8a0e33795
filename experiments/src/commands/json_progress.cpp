#include "commands/json_progress.hpp"

#include <csignal>
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace infoplane::experiments {
namespace {

// The program that called may be gone; the run then ends by its signal, with a checkpoint, not by a closed pipe.
void say(const std::string& line) { std::fputs((line + "\n").c_str(), stderr); }

}  // namespace

JsonProgress::JsonProgress() { std::signal(SIGPIPE, SIG_IGN); }

void JsonProgress::begin(const std::string&, std::int64_t first, std::int64_t epochs, std::int64_t) {
  epochs_ = epochs;
  tell(first);
}

void JsonProgress::trained(std::int64_t epoch) {
  if (std::chrono::steady_clock::now() - told_ >= std::chrono::milliseconds(100)) tell(epoch);
}

void JsonProgress::observed(std::int64_t epoch, double, double) { tell(epoch); }

void JsonProgress::interrupted(const std::string& message) { say(message); }

void JsonProgress::tell(std::int64_t epoch) {
  told_ = std::chrono::steady_clock::now();
  say(fmt::format("{{\"epoch\":{},\"epochs\":{}}}", epoch, epochs_));
}

double done_in(const std::string& line) {
  const auto json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("epoch") || !json.contains("epochs")) return -1;
  if (!json["epoch"].is_number_integer() || !json["epochs"].is_number_integer()) return -1;
  const double epochs = json["epochs"].get<double>();
  return epochs > 0 ? json["epoch"].get<double>() / epochs : -1;
}

}  // namespace infoplane::experiments
