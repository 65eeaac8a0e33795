#include "datasets/exact_floats.hpp"

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane::experiments {

torch::Tensor exact_floats(const torch::Tensor& array, torch::ScalarType type, const std::string& file) {
  if (array.is_floating_point()) return array;
  const torch::Tensor floats = array.to(type), rounded = floats.to(torch::kInt64) != array;
  if (!rounded.any().item<bool>()) return floats;
  throw UsageError(fmt::format("{}: the integer {} of sample {} is not exact in {}: subtract an offset or save floats",
                               file, array.masked_select(rounded)[0].item<std::int64_t>(),
                               rounded.nonzero()[0][0].item<std::int64_t>(),
                               type == torch::kFloat64 ? "float64" : "float32"));
}

}  // namespace infoplane::experiments
