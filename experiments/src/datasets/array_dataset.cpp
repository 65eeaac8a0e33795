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

// [N] int64.
torch::Tensor read_integers(const std::filesystem::path& file) {
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
  return whole;
}

// [N, K] float64, each row divided by its sum.
torch::Tensor read_probabilities(const std::filesystem::path& file, std::int64_t samples) {
  constexpr double kTolerance = 1e-4;
  const torch::Tensor p = read_array(file).to(torch::kFloat64);
  if (p.dim() != 2 || p.size(0) != samples || p.size(1) < 2) {
    throw UsageError(fmt::format("{}: label probabilities must be [{}, labels], of at least 2 labels, got shape {}",
                                 file.string(), samples, c10::str(p.sizes())));
  }
  const torch::Tensor sum = p.sum(1), negative = p.ge(0).logical_not().nonzero();
  if (negative.size(0) > 0) {
    const auto sample = negative[0][0].item<std::int64_t>(), label = negative[0][1].item<std::int64_t>();
    throw UsageError(fmt::format("{}: the probability of label {} of sample {} is {}, it must be from 0 to 1",
                                 file.string(), label, sample, p[sample][label].item<double>()));
  }
  const torch::Tensor wrong = sum.sub(1).abs().le(kTolerance).logical_not().nonzero();
  if (wrong.size(0) > 0) {
    const auto sample = wrong[0][0].item<std::int64_t>();
    throw UsageError(fmt::format("{}: the probabilities of sample {} have the sum {}, they must have the sum 1",
                                 file.string(), sample, sum[sample].item<double>()));
  }
  return p / sum.unsqueeze(1);
}

// Labels that are numbers of columns of the probabilities.
Labels read_columns(const std::filesystem::path& file, std::int64_t classes) {
  const torch::Tensor labels = read_integers(file);
  const torch::Tensor wrong = labels.lt(0).logical_or(labels.ge(classes)).nonzero();
  if (wrong.size(0) == 0) return {labels, classes};
  const auto sample = wrong[0][0].item<std::int64_t>();
  throw UsageError(
      fmt::format("{}: the label of sample {} is {}, it must be the number of a column of "
                  "label_probabilities, from 0 to {}",
                  file.string(), sample, labels[sample].item<std::int64_t>(), classes - 1));
}

}  // namespace

Labels read_labels(const std::filesystem::path& file) {
  const auto [distinct, index] = at::_unique(read_integers(file), true, true);
  return {index, distinct.size(0)};
}

Dataset make_array_dataset(const ArrayDatasetOptions& options, std::uint64_t) {
  const torch::Tensor array = read_array(options.inputs);
  const bool has_probabilities = !options.label_probabilities.empty();
  const torch::Tensor p =
      has_probabilities ? read_probabilities(options.label_probabilities, array.size(0)) : torch::Tensor();
  const Labels labels = has_probabilities ? read_columns(options.labels, p.size(1)) : read_labels(options.labels);
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
  return {transformed(given, options.transform).to(torch::kFloat32).contiguous(), labels.values, labels.classes, p};
}

Fields fields(ArrayDatasetOptions& o) {
  constexpr const char* kPattern =
      "\\.([nN][pP][yY]|[cC][sS][vV]|[iI][dD][xX])$|[iI][dD][xX][1-8]-[uU][bB][yY][tT][eE]$";
  const auto pattern = [](const std::string& text) { return keywords({{"pattern", Node::of_scalar(text, true)}}); };
  const std::string name = "the name of a .npy, .csv or .idx file";
  const Check<std::string> named{name, is_array_name, pattern(kPattern)};
  const Check<std::string> named_or_none{name,
                                         [](const std::string& file) { return file.empty() || is_array_name(file); },
                                         pattern(fmt::format("^$|{}", kPattern))};
  return {
      required(field("inputs", o.inputs, "file of the inputs, [samples, columns]", named)),
      required(field("labels", o.labels, "file of the labels, an integer per sample", named)),
      field("transform", o.transform, "transform of the inputs"),
      field("label_probabilities", o.label_probabilities,
            "file of the probabilities from which the labels were drawn, [samples, labels]; labels are then numbers "
            "of columns, from 0",
            named_or_none)};
}

}  // namespace infoplane::experiments
