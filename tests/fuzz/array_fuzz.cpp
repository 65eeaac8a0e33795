#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include <infoplane/array_file.hpp>
#include <infoplane/error.hpp>

// An array's file, as .npy, .csv and .idx: refused in words, or read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace infoplane;
  static const std::filesystem::path folder = std::filesystem::temp_directory_path();
  for (const char* extension : {".npy", ".csv", ".idx"}) {
    const std::string file = folder / fmt::format("infoplane-fuzz-{}{}", getpid(), extension);
    std::FILE* stream = std::fopen(file.c_str(), "wb");
    std::fwrite(data, 1, size, stream);
    std::fclose(stream);
    try {
      read_array(file);
    } catch (const UsageError&) {
    }
    std::remove(file.c_str());
  }
  return 0;
}
