#include <cstddef>
#include <cstdint>

#include <infoplane/config.hpp>

// A config: refused in words, or a tree that is written as YAML which reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace infoplane;
  try {
    const std::string text = to_yaml(parse_yaml(std::string(reinterpret_cast<const char*>(data), size), "fuzz"));
    if (to_yaml(parse_yaml(text, "again")) != text) __builtin_trap();
  } catch (const UsageError&) {
  }
  return 0;
}
