#include <infoplane/activation_kind.hpp>

namespace infoplane {

EnumNames<ActivationKind> names(ActivationKind) {
  return {{ActivationKind::tanh, "tanh"},
          {ActivationKind::relu, "relu"},
          {ActivationKind::leaky_relu, "leaky_relu"},
          {ActivationKind::sigmoid, "sigmoid"},
          {ActivationKind::softmax, "softmax"},
          {ActivationKind::linear, "linear"},
          {ActivationKind::unknown, "unknown"}};
}

}  // namespace infoplane
