#pragma once

#include <filesystem>
#include <string>

#include <torch/types.h>

namespace infoplane {

/// Whether a file has this extension, given in lower case; case-insensitive.
bool has_extension(const std::filesystem::path& file, const std::string& extension);

/// Whether a file has a name of the IDX format: NAME.idx, or one ending with idx1-ubyte to idx8-ubyte as in MNIST.
bool is_idx_name(const std::filesystem::path& file);

/// Reads an IDX file (see array_file.hpp): two zeros, a byte for the type, one for the number of dimensions, each size
/// and then each number with its most significant byte first. Throws UsageError "FILE: ...".
torch::Tensor read_idx(const std::filesystem::path& file);

}  // namespace infoplane
