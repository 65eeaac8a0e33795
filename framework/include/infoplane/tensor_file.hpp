#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <torch/types.h>

namespace infoplane {

/// Tensors by their names.
using NamedTensors = std::map<std::string, torch::Tensor>;

/// What a safetensors file holds: names and numbers, nothing that could be executed.
///
///   8 bytes      length of the header, little-endian
///   the header   JSON: {"__metadata__": {KEY: TEXT}, NAME: {"dtype", "shape", "data_offsets": [begin, end]}}
///   the data     the tensors' numbers, row by row, little-endian, without a gap
///
/// Ours carry "sha256" among the metadata, which covers every byte of the file, its own 64 digits read as zeros.
struct TensorFile {
  std::map<std::string, std::string> metadata;  ///< without sha256
  NamedTensors tensors;
  bool checksummed = false;  ///< the file carried a sha256, and it was right
};

/// The file as bytes. The same tensors and metadata give the same bytes.
std::string to_bytes(const TensorFile& file);

/// Reads what to_bytes and other programs write: F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL. Nothing is
/// allocated for a tensor before its length was found to be there. Throws UsageError "SOURCE: ..." for a header that is
/// cut off, no JSON of that form or names something twice, for tensors that are empty, overlap, leave a gap or do not
/// end with the file, and for a wrong sha256. Cost: one pass over the bytes for the sum and one for the tensors.
TensorFile parse_tensors(const std::string& bytes, const std::string& source);

/// Writes the file as write_output_file does. Throws Error "FILE: cannot write: REASON".
void write_tensors(const std::filesystem::path& file, const TensorFile& tensors);

/// Throws UsageError as parse_tensors does, and for a file that cannot be read.
TensorFile read_tensors(const std::filesystem::path& file);

/// The metadata alone, in the time that its header takes; the tensors and the sha256 are not looked at. Throws
/// UsageError as read_tensors does for the header.
std::map<std::string, std::string> read_metadata(const std::filesystem::path& file);

}  // namespace infoplane
