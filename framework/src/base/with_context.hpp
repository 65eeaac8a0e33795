#pragma once

#include <string>

#include <infoplane/error.hpp>

namespace infoplane {

/// What the call returns; what it refuses is told with where it happened: throws UsageError "WHERE: ...".
template <class Call>
auto with_context(const std::string& where, Call call) {
  try {
    return call();
  } catch (const UsageError& error) {
    throw UsageError(where + ": " + error.what());
  }
}

}  // namespace infoplane
