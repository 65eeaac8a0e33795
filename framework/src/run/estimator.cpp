#include <infoplane/estimator.hpp>

#include <cmath>
#include <cstring>
#include <type_traits>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/tensor_arguments.hpp"
#include "training/label_probabilities.hpp"

namespace infoplane {
namespace {

[[noreturn]] void refuse(const LayerSamples& samples, const std::string& what) {
  throw Error("layer " + samples.layer + ": " + what);
}

bool is_matrix(const torch::Tensor& tensor) {
  return tensor.defined() && tensor.dim() == 2 && tensor.size(0) > 0 && tensor.size(1) > 0 &&
         (tensor.scalar_type() == torch::kFloat32 || tensor.scalar_type() == torch::kFloat64);
}

void require_shapes(const LayerSamples& samples) {
  if (!is_matrix(samples.activations)) {
    refuse(samples, "activations are " + described(samples.activations) +
                        ", they must be float32 or float64 of [samples, units], at least one of each");
  }
  const std::int64_t n = samples.activations.size(0);
  if (!is_matrix(samples.inputs) || samples.inputs.size(0) != n) {
    refuse(samples, fmt::format("inputs are {}, they must be float32 or float64 of [{}, inputs], as many as the "
                                "activations",
                                described(samples.inputs), n));
  }
  const torch::Tensor& labels = samples.labels;
  if (!labels.defined() || labels.dim() != 1 || labels.size(0) != n || labels.scalar_type() != torch::kInt64) {
    refuse(samples,
           fmt::format("labels are {}, they must be int64 of [{}], as many as the activations", described(labels), n));
  }
  if (samples.classes < 1) refuse(samples, fmt::format("{} classes, there must be at least 1", samples.classes));
}

// A number is infinite or NaN if all bits of its exponent are set: a test that the compiler can vectorize.
template <class T>
bool all_finite(const T* values, std::int64_t count) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  constexpr Bits exponent = sizeof(T) == 4 ? Bits{0x7f800000} : static_cast<Bits>(0x7ff0000000000000);
  Bits found = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    Bits bits;
    std::memcpy(&bits, values + i, sizeof bits);
    found |= static_cast<Bits>((bits & exponent) == exponent);
  }
  return found == 0;
}

template <class T>
void require_finite(const LayerSamples& samples, const torch::Tensor& activations) {
  const T* values = activations.data_ptr<T>();
  if (all_finite(values, activations.numel())) return;
  const std::int64_t units = activations.size(1);
  std::int64_t i = 0;
  while (std::isfinite(values[i])) ++i;
  refuse(samples,
         fmt::format("the activation of sample {}, unit {} is {}, activations must be finite", i / units, i % units,
                     std::isnan(values[i]) ? "nan"
                     : values[i] > 0       ? "inf"
                                           : "-inf"));
}

}  // namespace

void validate(const LayerSamples& samples) {
  require_shapes(samples);
  const torch::Tensor activations = samples.activations.cpu().contiguous();
  if (activations.scalar_type() == torch::kFloat32) {
    require_finite<float>(samples, activations);
  } else {
    require_finite<double>(samples, activations);
  }
  const torch::Tensor labels = samples.labels.cpu().contiguous();
  const std::int64_t* values = labels.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < labels.numel(); ++i) {
    if (values[i] >= 0 && values[i] < samples.classes) continue;
    refuse(samples,
           fmt::format("the label of sample {} is {}, labels must be in 0..{}", i, values[i], samples.classes - 1));
  }
  if (!samples.label_probabilities.defined()) return;
  const std::string wrong = wrong_probabilities(samples.label_probabilities, labels, samples.classes);
  if (!wrong.empty()) refuse(samples, wrong);
}

}  // namespace infoplane
