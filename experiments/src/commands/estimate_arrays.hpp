#pragma once

#include <cstdint>
#include <string>

#include <torch/types.h>

namespace infoplane::experiments {

/// The name of a file's layer: the file name without folder and extension. Throws UsageError if it has a line break,
/// which tables cannot hold.
std::string layer_of(const std::string& file);

/// Activations [E, N, M] from a file of [N, units...] or [E, N, units...]; N determines which, and three dimensions are
/// [E, N, M]. Throws UsageError "FILE: ..." if neither fits or, with four or more dimensions, both do, and "FILE: epoch
/// 3: ..." for a value that is not finite.
torch::Tensor read_activations(const std::string& file, std::int64_t samples);

/// Inputs [N, columns] from a file of [N, columns...]; without a file the samples' indices. Throws UsageError "FILE:
/// ..." if they do not fit or are not finite.
torch::Tensor read_inputs(const std::string& file, std::int64_t samples);

}  // namespace infoplane::experiments
