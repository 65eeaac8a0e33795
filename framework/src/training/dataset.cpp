#include <infoplane/dataset.hpp>

#include <cmath>
#include <string>

#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/tensor_arguments.hpp"
#include "training/label_probabilities.hpp"

namespace infoplane {
namespace {

void require(bool holds, const std::string& message) {
  if (!holds) throw Error("data set: " + message);
}

void require_finite(const torch::Tensor& inputs) {
  const torch::Tensor bad = torch::isfinite(inputs).logical_not().nonzero();
  if (bad.size(0) == 0) return;
  const std::int64_t sample = bad[0][0].item<std::int64_t>();
  const std::int64_t column = bad[0][1].item<std::int64_t>();
  throw Error("data set: the input of sample " + std::to_string(sample) + ", column " + std::to_string(column) +
              " is " + std::to_string(inputs[sample][column].item<double>()) + ", inputs must be finite");
}

void require_labels(const torch::Tensor& labels, std::int64_t classes) {
  const torch::Tensor bad = torch::logical_or(labels < 0, labels >= classes).nonzero();
  if (bad.size(0) == 0) return;
  const std::int64_t sample = bad[0][0].item<std::int64_t>();
  throw Error("data set: the label of sample " + std::to_string(sample) + " is " +
              std::to_string(labels[sample].item<std::int64_t>()) + ", labels must be in 0.." +
              std::to_string(classes - 1));
}

}  // namespace

std::int64_t Dataset::samples() const {
  require_tensor(inputs.defined() && inputs.dim() == 2, "Dataset::samples", "inputs", "[N, D]", inputs);
  return inputs.size(0);
}

void validate(const Dataset& dataset) {
  const torch::Tensor& inputs = dataset.inputs;
  const torch::Tensor& labels = dataset.labels;
  require(inputs.defined() && inputs.dim() == 2 && inputs.scalar_type() == torch::kFloat32,
          "inputs must be float32 of shape [samples, columns]");
  require(labels.defined() && labels.dim() == 1 && labels.scalar_type() == torch::kInt64,
          "labels must be int64 of shape [samples]");
  require(inputs.size(0) > 0 && inputs.size(1) > 0, "there must be at least one sample and one column");
  require(inputs.size(0) == labels.size(0), "there are " + std::to_string(inputs.size(0)) + " samples of inputs and " +
                                                std::to_string(labels.size(0)) + " labels, one label each is due");
  require(dataset.classes >= 2, "there must be at least 2 classes, got " + std::to_string(dataset.classes));
  require_finite(inputs);
  require_labels(labels, dataset.classes);
  if (dataset.label_probabilities.defined()) {
    const std::string wrong = wrong_probabilities(dataset.label_probabilities, labels, dataset.classes);
    require(wrong.empty(), wrong);
  }
}

Split split_samples(std::int64_t samples, double train_fraction, std::uint64_t seed) {
  require_at_least("split_samples", "samples", samples, 1);
  if (!(train_fraction >= 0 && train_fraction <= 1)) {
    refuse_argument("split_samples", fmt::format("train_fraction must be from 0 to 1, got {}", train_fraction));
  }
  const std::int64_t train = std::llround(train_fraction * static_cast<double>(samples));
  if (train < 1 || train >= samples) {
    throw UsageError(
        fmt::format("training.train_fraction {} of {} samples leaves {} for training and {} for the test, "
                    "both need at least 1",
                    train_fraction, samples, train, samples - train));
  }
  const torch::Tensor order = torch::randperm(samples, at::detail::createCPUGenerator(seed), torch::kInt64);
  return {std::get<0>(order.narrow(0, 0, train).sort()), std::get<0>(order.narrow(0, train, samples - train).sort())};
}

}  // namespace infoplane
