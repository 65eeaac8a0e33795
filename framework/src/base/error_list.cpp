#include <infoplane/error_list.hpp>

#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace infoplane {

UsageErrors::UsageErrors(std::vector<std::string> all)
    : UsageError(fmt::format("{}", fmt::join(all, "; "))), lines(std::move(all)) {}

void ErrorList::raise() const {
  std::vector<std::string> lines;  // one of --set is found again in every config
  std::set<std::string> seen;
  for (const std::string& line : lines_) {
    if (seen.insert(line).second) lines.push_back(line);
  }
  if (lines.size() == 1) throw UsageError(lines[0]);
  if (lines.size() > 1) throw UsageErrors(std::move(lines));
}

}  // namespace infoplane
