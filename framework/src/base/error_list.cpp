#include <infoplane/error_list.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace infoplane {

UsageErrors::UsageErrors(std::vector<std::string> all)
    : UsageError(fmt::format("{}", fmt::join(all, "; "))), lines(std::move(all)) {}

void ErrorList::raise() const {
  if (lines_.empty()) return;
  if (lines_.size() == 1) throw UsageError(lines_[0]);
  throw UsageErrors(lines_);
}

}  // namespace infoplane
