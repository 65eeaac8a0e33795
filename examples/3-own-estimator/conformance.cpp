#include <infoplane/estimators/conformance.hpp>

#include <cstdio>

#include "sign_pattern.hpp"

int main() {
  const auto failures =
      infoplane::estimators::check_conformance([](std::uint64_t seed) { return make_sign_pattern({}, seed); });
  for (const auto& failure : failures) std::printf("%s: %s\n", failure.check.c_str(), failure.what.c_str());
  std::printf("%zu checks fail\n", failures.size());
  return failures.empty() ? 0 : 1;
}
