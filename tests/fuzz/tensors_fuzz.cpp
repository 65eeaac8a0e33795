#include <cstddef>
#include <cstdint>

#include <infoplane/error.hpp>

#include "results/checkpoint.hpp"

// A file of tensors, which may be a checkpoint: refused in words, or read; what is read is written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace infoplane;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  try {
    const TensorFile file = parse_tensors(bytes, "fuzz");
    if (to_bytes(parse_tensors(to_bytes(file), "again")) != to_bytes(file)) __builtin_trap();
    parse_checkpoint(bytes, "fuzz");
  } catch (const UsageError&) {
  }
  return 0;
}
