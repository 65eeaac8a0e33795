#include <infoplane/provenance.hpp>

#include <unistd.h>

#include <ctime>

#include <nlohmann/json.hpp>

#include <infoplane/error.hpp>
#include <infoplane/version.hpp>

#include "file.hpp"

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

// The file's object, an empty one where it holds none.
nlohmann::json read_json(const std::filesystem::path& file) {
  nlohmann::json json = nlohmann::json::parse(first_bytes(file, 1 << 20), nullptr, /*allow_exceptions=*/false);
  return json.is_object() ? json : nlohmann::json::object();
}

// A text of the object, "" where it has no such text.
std::string text_in(const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

Provenance::Provenance() : started(utc(begun)) {}

void Provenance::resume(const std::filesystem::path& file) {
  const nlohmann::json json = read_json(file);
  resumed = {started};
  if (const std::string before = text_in(json, "started"); !before.empty()) started = before;
  if (const auto list = json.find("resumed"); list != json.end() && list->is_array()) {
    std::vector<std::string> earlier;
    for (const auto& time : *list) {
      if (time.is_string()) earlier.push_back(time.get<std::string>());
    }
    resumed.insert(resumed.begin(), earlier.begin(), earlier.end());
  }
}

std::string status_in(const std::filesystem::path& file) { return text_in(read_json(file), "status"); }

std::string Provenance::json() const {
  const Version made_of = version();
  nlohmann::ordered_json json = {
      {"status", status},
      {"infoplane_version", made_of.infoplane},
      {"git_commit", made_of.git_commit},
      {"libtorch_version", made_of.libtorch},
      {"blas", made_of.blas},
      {"cpu_capability", made_of.cpu_capability},
      {"device", device},
      {"threads", threads},
      {"seed", seed},
      {"process", getpid()},
      {"started", started},
  };
  if (!resumed.empty()) json["resumed"] = resumed;
  if (status != "running") {
    const auto now = std::chrono::system_clock::now();
    json["ended"] = utc(now);
    json["wall_seconds"] = std::chrono::duration<double>(now - begun).count();   // of this process
  }
  if (!error.empty()) json["error"] = printable(error);   // JSON takes nothing but UTF-8
  return json.dump(2) + "\n";
}

}  // namespace infoplane
