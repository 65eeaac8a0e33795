#include "base/reason_of.hpp"

#include <new>

#include <c10/util/Exception.h>

#include <infoplane/error.hpp>

namespace infoplane {

std::string reason_of(const std::exception& error) {
  if (dynamic_cast<const Error*>(&error) != nullptr) return error.what();
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return "not enough memory";
  const auto* const torch = dynamic_cast<const c10::Error*>(&error);
  const std::string text = torch != nullptr ? torch->what_without_backtrace() : error.what();
  const std::string reason = text.substr(0, text.find('\n'));
  const std::size_t allocator = reason.find("you tried to allocate");
  return allocator == std::string::npos ? reason : "not enough memory: " + reason.substr(allocator);
}

}  // namespace infoplane
