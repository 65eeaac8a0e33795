#pragma once

#include <filesystem>

#include <torch/types.h>

namespace infoplane {

/// Reads an array saved by another program.
///
/// NAME.npy: NumPy's format 1.0 to 3.0, of little-endian float32, float64, bool or integers of up to 64 bits (uint64
/// excepted), in C or Fortran order, with 1 to 8 dimensions. Floats keep their type, the rest becomes int64.
/// NAME.csv: comma-separated rows of numbers, no header, all of the same length: float64 [rows, columns]. A byte order
/// mark, CRLF, spaces around numbers, a leading + and blank lines at the end are accepted.
/// NAME.idx, or a name ending with idx1-ubyte to idx8-ubyte: the format of MNIST, with any of its types.
/// Extensions are case-insensitive.
///
/// The whole file is checked before anything is allocated. Throws UsageError "FILE: ..." or "FILE:LINE: ..." for
/// another extension, an integer in a CSV that a float64 cannot represent, a missing or unreadable file, an empty
/// array, and anything that differs from the above.
torch::Tensor read_array(const std::filesystem::path& file);

/// Whether read_array reads files with this name.
bool is_array_name(const std::filesystem::path& file);

/// Writes a float32, float64 or int64 array of 1 to 8 dimensions as NAME.npy, format 1.0 in C order, as
/// write_output_file does. Throws UsageError for another extension, Error "FILE: cannot write: REASON",
/// std::invalid_argument for an array of another type or rank, an empty and an undefined one.
void write_array(const std::filesystem::path& file, const torch::Tensor& array);

}  // namespace infoplane
