#include "provenance.hpp"

#include <ctime>

#include <ATen/Version.h>
#include <nlohmann/json.hpp>
#include <torch/version.h>

#include "git_commit.hpp"

namespace infoplane {
namespace {

std::string utc(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

// The instruction set that LibTorch's kernels use here, as its description of itself says.
std::string cpu_capability() {
  const std::string label = "CPU capability usage: ";
  const std::string config = at::show_config();
  const std::size_t start = config.find(label);
  if (start == std::string::npos) return "unknown";
  return config.substr(start + label.size(), config.find('\n', start) - start - label.size());
}

}  // namespace

std::string Provenance::json() const {
  nlohmann::ordered_json json = {
      {"status", status},
      {"infoplane_version", INFOPLANE_VERSION},
      {"git_commit", infoplane::git_commit},
      {"libtorch_version", TORCH_VERSION},
      {"cpu_capability", cpu_capability()},
      {"device", device},
      {"threads", threads},
      {"seed", seed},
      {"started", utc(started)},
  };
  if (status != "running") {
    const auto now = std::chrono::system_clock::now();
    json["ended"] = utc(now);
    json["wall_seconds"] = std::chrono::duration<double>(now - started).count();
  }
  if (!error.empty()) json["error"] = error;
  return json.dump(2) + "\n";
}

}  // namespace infoplane
