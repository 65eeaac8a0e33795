#pragma once

#include <infoplane/fields.hpp>

namespace infoplane {

/// A layer's activation function; it determines the range of the activations.
enum class ActivationKind { tanh, relu, leaky_relu, sigmoid, softmax, linear, unknown };

EnumNames<ActivationKind> names(ActivationKind);

}  // namespace infoplane
