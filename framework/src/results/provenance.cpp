#include "results/provenance.hpp"

#include <unistd.h>

#include <ctime>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <infoplane/error.hpp>
#include <infoplane/version.hpp>

#include "base/file.hpp"
#include "base/foreign_json.hpp"
#include "results/run_files.hpp"

namespace infoplane {
namespace {

std::string utc_now() {
  const std::time_t seconds = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

// The file's object, an empty one if it has none.
nlohmann::json read_json(const std::filesystem::path& file) {
  nlohmann::json json = parse_foreign<nlohmann::json>(first_bytes(file, kMostForeign));
  return json.is_object() ? json : nlohmann::json::object();
}

// A text of the object, "" if it has no such text.
std::string text_in(const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

// The versions and the device of this process, by their names in the file.
std::vector<std::pair<std::string, std::string>> versions_and_device(const std::string& device) {
  const Version v = version();
  return {{"infoplane_version", v.infoplane},   {"git_commit", v.git_commit},
          {"libtorch_version", v.libtorch},     {"blas", v.blas},
          {"cpu_capability", v.cpu_capability}, {"device", device}};
}

// A text, or the texts of a list.
std::vector<std::string> texts_in(const nlohmann::json& json, const std::string& key) {
  const auto found = json.find(key);
  std::vector<std::string> texts;
  if (found == json.end()) return texts;
  for (const auto& text : found->is_array() ? *found : nlohmann::json::array({*found})) {
    if (text.is_string()) texts.push_back(text.get<std::string>());
  }
  return texts;
}

}  // namespace

Provenance::Provenance() : started(utc_now()) {}

std::vector<std::string> Provenance::resume(const std::filesystem::path& file) {
  const nlohmann::json json = read_json(file);
  resumed = {started};
  if (const std::string before = text_in(json, "started"); !before.empty()) started = before;
  const std::vector<std::string> earlier = texts_in(json, "resumed");
  resumed.insert(resumed.begin(), earlier.begin(), earlier.end());
  std::vector<std::string> changes;
  for (const auto& [name, now] : versions_and_device(device)) {
    std::vector<std::string> texts = texts_in(json, name);
    if (texts.empty()) continue;
    if (texts.back() != now) changes.push_back(fmt::format("{} was {} and is {}", name, printable(texts.back()), now));
    if (texts.size() > 1 || texts.back() != now) before[name] = std::move(texts);
  }
  return changes;
}

std::optional<RunStatus> read_status(const std::filesystem::path& file) {
  return find_status(text_in(read_json(file), "status"));
}

bool is_finished(const std::filesystem::path& folder) {
  return read_status(folder / kProvenance) == RunStatus::finished;
}

std::string read_digests_name(const std::filesystem::path& file) { return text_in(read_json(file), "tables"); }

std::string Provenance::json() const {
  nlohmann::ordered_json json = {{"status", status_name(status)}};
  for (const auto& [name, now] : versions_and_device(device)) {
    const auto earlier = before.find(name);
    if (earlier == before.end()) {
      json[name] = now;
      continue;
    }
    json[name] = earlier->second;
    if (earlier->second.back() != now) json[name].push_back(now);
  }
  json["threads"] = threads;
  json["seed"] = seed;
  json["process"] = getpid();
  json["started"] = started;
  if (!resumed.empty()) json["resumed"] = resumed;
  if (status == RunStatus::finished || status == RunStatus::estimate) json["tables"] = kDigests;
  if (status != RunStatus::running) {
    json["ended"] = utc_now();
    json["wall_seconds"] =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();  // of this process
  }
  if (!error.empty()) json["error"] = printable(error);  // JSON must be UTF-8
  return json.dump(2) + "\n";
}

}  // namespace infoplane
