#include <infoplane/experiments/array_dataset.hpp>

#include <cmath>

#include <fmt/format.h>

#include <infoplane/array_file.hpp>
#include <infoplane/error.hpp>

#include "datasets/exact_floats.hpp"

namespace infoplane::experiments {

namespace {

constexpr const char* kHintOfValues = ": number distinct values with np.unique(labels, return_inverse=True)[1]";

// For rows of 0 with a single 1.
std::string hint_of_one_hot(const torch::Tensor& rows) {
  const torch::Tensor ones = rows == 1;
  const bool is_one_hot = ones.logical_or(rows == 0).all().item<bool>() && (ones.sum(1) == 1).all().item<bool>();
  return is_one_hot ? ": number one-hot rows with labels.argmax(axis=1)" : "";
}

}  // namespace

Labels read_labels(const std::filesystem::path& file) {
  const torch::Tensor read = read_array(file).squeeze();
  if (read.dim() > 1) {
    throw UsageError(fmt::format("{}: labels must be one integer per sample, got shape {}{}", file.string(),
                                 c10::str(read.sizes()), read.dim() == 2 ? hint_of_one_hot(read) : ""));
  }
  const torch::Tensor whole = read.reshape({-1}).to(torch::kInt64);
  if (read.is_floating_point()) {
    const torch::Tensor numbers = read.reshape({-1}).to(torch::kFloat64);
    constexpr double exact = 9007199254740992;  // not every integer from 2^53 on is a double
    const torch::Tensor wrong = (whole.to(torch::kFloat64) != numbers).logical_or(numbers.abs() >= exact).nonzero();
    if (wrong.size(0) > 0) {
      const auto sample = wrong[0][0].item<std::int64_t>();
      const auto label = numbers[sample].item<double>();
      throw UsageError(fmt::format("{}: the label of sample {} is {}, labels must be integers below 2^53{}",
                                   file.string(), sample, label, std::abs(label) < exact ? kHintOfValues : ""));
    }
  }
  const auto [distinct, index] = at::_unique(whole, true, true);
  return {index, distinct.size(0)};
}

Dataset make_array_dataset(const ArrayDatasetOptions& options, std::uint64_t) {
  const Labels labels = read_labels(options.labels);
  const torch::Tensor array = read_array(options.inputs);
  if (array.size(0) != labels.values.size(0)) {
    throw UsageError(fmt::format("{}: has {} samples, but {} has {} labels", options.inputs, array.size(0),
                                 options.labels, labels.values.size(0)));
  }
  if (labels.classes < 2)
    throw UsageError(options.labels + ": all labels are equal, at least two different ones are needed");
  // The networks are float32; large numbers that differ little still differ after their offset is subtracted.
  const auto type = options.transform == Transform::none ? torch::kFloat32 : torch::kFloat64;
  const torch::Tensor given = exact_floats(array.reshape({array.size(0), -1}), type, options.inputs);
  const torch::Tensor inputs = given.to(torch::kFloat32), wrong = inputs.isfinite().logical_not().nonzero();
  if (wrong.size(0) > 0) {
    const auto row = wrong[0][0].item<std::int64_t>(), column = wrong[0][1].item<std::int64_t>();
    throw UsageError(fmt::format("{}: column {} of sample {} is {} in float32, inputs must be finite", options.inputs,
                                 column, row, inputs[row][column].item<float>()));
  }
  return {transformed(given, options.transform).to(torch::kFloat32).contiguous(), labels.values, labels.classes};
}

Fields fields(ArrayDatasetOptions& o) {
  const Check<std::string> named{
      "the name of a .npy, .csv or .idx file", is_array_name,
      keywords({{"pattern",
                 Node::of_scalar("\\.([nN][pP][yY]|[cC][sS][vV]|[iI][dD][xX])$|[iI][dD][xX][1-8]-[uU][bB][yY][tT][eE]$",
                                 true)}})};
  return {required(field("inputs", o.inputs, "file of the inputs, [samples, columns]", named)),
          required(field("labels", o.labels, "file of the labels, an integer per sample", named)),
          field("transform", o.transform, "transform of the inputs")};
}

}  // namespace infoplane::experiments
