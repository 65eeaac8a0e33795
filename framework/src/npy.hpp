#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace infoplane {

/// What the header of an NPY file says.
struct NpyHeader {
  char kind = 'f';              ///< f, i, u or b
  std::int64_t item_bytes = 4;
  bool fortran_order = false;
  std::vector<std::int64_t> shape;
  std::size_t data_offset = 0;

  std::int64_t items() const;
};

/// Parses the header at the start of the file's bytes and checks that the data after it are exactly as long as it says.
/// Throws UsageError "SOURCE: ...".
NpyHeader parse_npy_header(const std::string& bytes, const std::string& source);

}  // namespace infoplane
