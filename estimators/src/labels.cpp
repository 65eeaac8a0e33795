#include "labels.hpp"

namespace infoplane::estimators {

Words label_words(const torch::Tensor& labels) {
  const torch::Tensor on_cpu = labels.cpu().contiguous();
  const std::int64_t* label = on_cpu.data_ptr<std::int64_t>();
  return {{label, label + on_cpu.numel()}, static_cast<std::int32_t>(on_cpu.max().item<std::int64_t>() + 1)};
}

}  // namespace infoplane::estimators
