#pragma once

#include <cstdint>

#include <infoplane/fields.hpp>
#include <infoplane/replica.hpp>

/// Options of the model in a config: `model: {type: residual, width: 6}`.
struct ResidualOptions {
  std::int64_t width = 6;
};
infoplane::Fields fields(ResidualOptions& options);

torch::nn::AnyModule make_residual(const ResidualOptions& options, const infoplane::ModelContext& context);
