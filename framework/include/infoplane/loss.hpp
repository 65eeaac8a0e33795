#pragma once

#include <string>

#include <infoplane/config.hpp>
#include <infoplane/fields.hpp>

/// B samples, K classes, z logits, y labels, s the sigmoid, p = softmax(z).
namespace infoplane {

/// What training minimizes, a mean over samples, and the `loss` of training.csv.
enum class Loss {
  cross_entropy,  ///< -(y ln s(z) + (1 - y) ln(1 - s(z))) of one logit, -ln p_y of K; in nats
  quadratic       ///< (2.8): (y - s(z))^2 / 2 of one logit, sum_k (p_k - 1[y = k])^2 / 2 of K; without a unit
};
EnumNames<Loss> names(Loss);

/// The quantity for a label: "loss in nats", "quadratic cost".
std::string title_of(Loss loss);

/// The end of the name of its columns: "_nats", "".
std::string unit_suffix(Loss loss);

/// That of a run's experiment.yaml; cross_entropy if it names none or an unknown one.
Loss loss_of(const Node& experiment);

}  // namespace infoplane
