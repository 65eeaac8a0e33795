#pragma once

#include <infoplane/fields.hpp>

namespace infoplane {

/// The function that a layer applies to its weighted sums; it determines the range that activations can take.
enum class ActivationKind { tanh, relu, leaky_relu, sigmoid, softmax, linear, unknown };

EnumNames<ActivationKind> names(ActivationKind);

}  // namespace infoplane
