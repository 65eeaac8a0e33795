#pragma once

#include <cstdint>
#include <string>

#include <torch/types.h>

#include "base/arguments.hpp"

/// Checks of tensors that are arguments of public functions; see arguments.hpp.
namespace infoplane {

/// "Float [10, 2]"; "an undefined tensor".
std::string described(const torch::Tensor& tensor);

/// Throws unless `fits`: "FUNCTION: NAME must be EXPECTED, got Float [10, 2]".
void require_tensor(bool fits, const char* function, const char* name, const char* expected,
                    const torch::Tensor& tensor);

/// int64 with every value in 0 .. count - 1: "FUNCTION: NAME must be from 0 to 2, got 3".
void require_indices(const char* function, const char* name, const torch::Tensor& indices, std::int64_t count);

}  // namespace infoplane
