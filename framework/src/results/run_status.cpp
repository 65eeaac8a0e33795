#include "results/run_status.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace infoplane {
namespace {

constexpr std::array<std::pair<RunStatus, const char*>, 8> kNames{{{RunStatus::running, "running"},
                                                                   {RunStatus::finished, "finished"},
                                                                   {RunStatus::failed, "failed"},
                                                                   {RunStatus::interrupted, "interrupted"},
                                                                   {RunStatus::waiting, "waiting"},
                                                                   {RunStatus::estimate, "estimate"},
                                                                   {RunStatus::killed, "killed"},
                                                                   {RunStatus::damaged, "damaged"}}};

}  // namespace

std::string status_name(RunStatus status) {
  return std::find_if(kNames.begin(), kNames.end(), [&](const auto& known) { return known.first == status; })->second;
}

std::optional<RunStatus> find_status(const std::string& name) {
  const auto found =
      std::find_if(kNames.begin(), kNames.end(), [&](const auto& known) { return known.second == name; });
  return found == kNames.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace infoplane
