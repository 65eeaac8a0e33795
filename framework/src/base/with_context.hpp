#pragma once

#include <string>

#include <infoplane/error.hpp>

namespace infoplane {

/// The result of the call; rethrows its UsageError as "WHERE: ...".
template <class Call>
auto with_context(const std::string& where, Call call) {
  try {
    return call();
  } catch (const UsageError& error) {
    throw UsageError(where + ": " + error.what());
  }
}

}  // namespace infoplane
