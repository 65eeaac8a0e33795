#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <torch/types.h>

namespace infoplane {

/// Tensors by name.
using NamedTensors = std::map<std::string, torch::Tensor>;

/// The contents of a safetensors file: names and numbers, nothing that could be executed.
///
///   8 bytes      length of the header, little-endian
///   the header   JSON: {"__metadata__": {KEY: TEXT}, NAME: {"dtype", "shape", "data_offsets": [begin, end]}}
///   the data     the tensors' numbers, row by row, little-endian, without gaps
///
/// Files written by to_bytes have "sha256" in the metadata: of all bytes of the file, with its own 64 digits as zeros.
struct TensorFile {
  std::map<std::string, std::string> metadata;  ///< without sha256
  NamedTensors tensors;
  bool checksummed = false;  ///< the file had a sha256, and it matched
};

/// The file as bytes. The same tensors and metadata give the same bytes. Throws std::invalid_argument naming the tensor
/// that is undefined, empty or of a type not listed below, and for the names __metadata__ and, in the metadata, sha256.
std::string to_bytes(const TensorFile& file);

/// Reads the output of to_bytes and of other programs: F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL. A tensor is
/// allocated only after its length is verified. Throws UsageError "SOURCE: ..." for a header that is truncated, is not
/// JSON of that form or has a duplicate name, for tensors that are empty, overlap, leave a gap or do not end with the
/// file, and for a wrong sha256. Cost: one pass over the bytes for the checksum and one for the tensors.
TensorFile parse_tensors(const std::string& bytes, const std::string& source);

/// Writes the file as write_output_file does. Throws Error "FILE: cannot write: REASON", std::invalid_argument as
/// to_bytes does.
void write_tensors(const std::filesystem::path& file, const TensorFile& tensors);

/// Throws UsageError as parse_tensors does, and for a file that cannot be read.
TensorFile read_tensors(const std::filesystem::path& file);

/// Reads only the header; tensors and sha256 are not checked. Throws UsageError as read_tensors does for the header.
std::map<std::string, std::string> read_metadata(const std::filesystem::path& file);

}  // namespace infoplane
