#pragma once

#include <cstdint>

#include <infoplane/dataset.hpp>
#include <infoplane/experiments/transform.hpp>

namespace infoplane::experiments {

struct IrisOptions {
  Transform transform = Transform::none;
};
Fields fields(IrisOptions& options);

/// Fisher's 150 flowers (third_party/iris): four lengths in cm, and the species 0 setosa, 1 versicolor, 2 virginica.
Dataset make_iris(const IrisOptions& options, std::uint64_t seed);

}  // namespace infoplane::experiments
