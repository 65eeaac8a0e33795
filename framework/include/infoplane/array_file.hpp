#pragma once

#include <filesystem>

#include <torch/types.h>

namespace infoplane {

/// Reads an array that another program saved.
///
/// NAME.npy: NumPy's format 1.0 to 3.0, of little-endian float32, float64, bool or integers of up to 64 bits (uint64
/// excepted), in C or Fortran order, of 1 to 8 dimensions. Floats keep their type, the rest becomes int64.
/// NAME.csv: rows of numbers divided by commas, no header, all of one length: float64 [rows, columns].
/// NAME.idx, or one that ends with idx1-ubyte to idx8-ubyte: the format of MNIST, of every type that it knows.
///
/// The file is checked whole before anything is allocated. Throws UsageError "FILE: ..." or "FILE:LINE: ..." for
/// another ending, a missing or unreadable file, an empty array, and whatever departs from the above.
torch::Tensor read_array(const std::filesystem::path& file);

/// Whether read_array takes files of this name.
bool is_array_name(const std::filesystem::path& file);

/// Writes a float32, float64 or int64 array as NAME.npy, format 1.0 in C order, as write_output_file does. Throws
/// UsageError for another ending, Error "FILE: cannot write: REASON".
void write_array(const std::filesystem::path& file, const torch::Tensor& array);

}  // namespace infoplane
