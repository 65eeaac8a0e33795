#include "commands/estimate_arrays.hpp"

#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include <infoplane/array_file.hpp>
#include <infoplane/error.hpp>

#include "datasets/exact_floats.hpp"

namespace infoplane::experiments {
namespace {

// For values [N, columns].
void require_finite(const torch::Tensor& values, const std::string& where, const std::string& column,
                    const std::string& things) {
  const torch::Tensor finite = torch::isfinite(values);
  if (finite.all().item<bool>()) return;
  const torch::Tensor place = finite.logical_not().nonzero()[0];
  const auto n = place[0].item<std::int64_t>(), c = place[1].item<std::int64_t>();
  const auto value = values[n][c].item<double>();
  const char* shown = std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
  throw UsageError(fmt::format("{}: {} {} of sample {} is {}, {} must be finite", where, column, c, n, shown, things));
}

// The numbers of epochs and samples are equal, so the shape does not show which comes first.
[[noreturn]] void throw_ambiguous(const std::string& file, const torch::Tensor& array) {
  const std::int64_t n = array.size(0), units = array[0][0].numel();
  throw UsageError(
      fmt::format("{0}: activations of shape {1} may be {2} epochs or one: reshape them to [{2}, {2}, {3}] for {2} "
                  "epochs, or to [{2}, {4}] for one",
                  file, c10::str(array.sizes()), n, units, n * units));
}

torch::Tensor as_epochs(const torch::Tensor& array, const std::string& file, std::int64_t samples) {
  const bool has_epochs = array.dim() >= 3 && array.size(1) == samples, is_epoch = array.size(0) == samples;
  if (has_epochs && is_epoch && array.dim() > 3 && samples > 1) throw_ambiguous(file, array);
  if (has_epochs) return array.flatten(2);
  if (is_epoch) return array.reshape({1, samples, -1});
  throw UsageError(
      fmt::format("{}: activations of shape {} do not fit {} labels, they must be [{}, units] or [epochs, {}, units]",
                  file, c10::str(array.sizes()), samples, samples, samples));
}

}  // namespace

std::string layer_of(const std::string& file) {
  std::string layer = std::filesystem::path(file).stem().string();
  if (layer.find_first_of("\r\n") == std::string::npos) return layer;
  throw UsageError(file + ": the file name, which becomes the layer's, must not contain a line break");
}

torch::Tensor read_activations(const std::string& file, std::int64_t samples) {
  const torch::Tensor epochs = as_epochs(read_array(file), file, samples);
  std::vector<torch::Tensor> floats;
  for (std::int64_t epoch = 0; epoch < epochs.size(0); ++epoch) {
    const std::string where = fmt::format("{}: epoch {}", file, epoch);
    floats.push_back(exact_floats(epochs[epoch], torch::kFloat64, where));
    require_finite(floats.back(), where, "unit", "activations");
  }
  return epochs.is_floating_point() ? epochs : torch::stack(floats);
}

torch::Tensor read_inputs(const std::string& file, std::int64_t samples) {
  if (file.empty()) return torch::arange(samples, torch::kFloat64).unsqueeze(1);
  const torch::Tensor array = read_array(file);
  if (array.size(0) != samples) {
    throw UsageError(fmt::format("{}: inputs of shape {} do not fit {} labels, they must be [{}, columns]", file,
                                 c10::str(array.sizes()), samples, samples));
  }
  const torch::Tensor inputs = exact_floats(array.reshape({samples, -1}), torch::kFloat64, file);
  require_finite(inputs, file, "column", "inputs");
  return inputs;
}

}  // namespace infoplane::experiments
