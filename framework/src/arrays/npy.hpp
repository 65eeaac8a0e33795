#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace infoplane {

/// The header of an NPY file.
struct NpyHeader {
  char kind = 'f';  ///< f, i, u or b
  std::int64_t item_bytes = 4;
  bool fortran_order = false;
  std::vector<std::int64_t> shape;
  std::size_t data_offset = 0;

  std::int64_t items() const;
};

/// The largest length of a header, including the bytes before it.
constexpr std::size_t npy_longest_start = 12 + 65536;

/// Parses the header in the first bytes of a file, `npy_longest_start` or all, and checks that the data after it have
/// exactly its length: `size` is that of the file. Throws UsageError "SOURCE: ...".
NpyHeader parse_npy_header(const std::string& start, std::size_t size, const std::string& source);

}  // namespace infoplane
