#pragma once

#include <cstdint>
#include <string>

#include <torch/types.h>

namespace infoplane::experiments {

/// The name of a file's layer, that of the file without folder and extension. Throws UsageError where it has a line
/// break, which no table takes.
std::string layer_of(const std::string& file);

/// Activations [E, N, M] from a file of [N, units...] or [E, N, units...]; N tells which, and three dimensions are [E,
/// N, M]. Throws UsageError "FILE: ..." where neither fits or, of four dimensions and more, both do, and "FILE: epoch
/// 3: ..." for a value that is not finite.
torch::Tensor read_activations(const std::string& file, std::int64_t samples);

/// Inputs [N, columns] from a file of [N, columns...]; without a file the samples' numbers. Throws UsageError "FILE:
/// ..." where they do not fit or are not finite.
torch::Tensor read_inputs(const std::string& file, std::int64_t samples);

}  // namespace infoplane::experiments
