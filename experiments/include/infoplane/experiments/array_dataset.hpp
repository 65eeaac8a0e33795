#pragma once

#include <filesystem>
#include <string>

#include <infoplane/dataset.hpp>
#include <infoplane/experiments/transform.hpp>

namespace infoplane::experiments {

/// Labels as 0 .. K-1, in the order of the integers in a file.
struct Labels {
  torch::Tensor values;      ///< [N] int64
  std::int64_t classes = 0;  ///< K
};

/// Reads one integer per sample from a .npy, .csv or .idx file. Throws UsageError "FILE: ..." if it contains anything
/// else.
Labels read_labels(const std::filesystem::path& file);

struct ArrayDatasetOptions {
  std::string inputs;
  std::string labels;
  Transform transform = Transform::none;
  std::string label_probabilities = {};  ///< "": none
};
Fields fields(ArrayDatasetOptions& options);

/// A data set from two files: inputs [N, D] and labels [N], .npy, .csv (numbers without a header) or .idx; further
/// dimensions of the inputs are columns. They are transformed in double and then rounded to float32. Throws UsageError
/// "FILE: ..." for a file of another format, different numbers of samples, a number that is not finite, an integer that
/// would be rounded (above 2^24, or 2^53 with a transform), and fewer than two different labels.
///
/// With a file of label probabilities [N, K], K >= 2, they are those of the labels 0 .. K-1, which are then not
/// renumbered. Each row is divided by its sum. Throws UsageError also for a shape that does not fit, a negative
/// probability, a row whose sum is not 1 to 1e-4, and a label that is not the number of a column.
Dataset make_array_dataset(const ArrayDatasetOptions& options, std::uint64_t seed);

}  // namespace infoplane::experiments
