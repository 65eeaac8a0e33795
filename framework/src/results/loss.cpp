#include <infoplane/loss.hpp>

namespace infoplane {

EnumNames<Loss> names(Loss) { return {{Loss::cross_entropy, "cross_entropy"}, {Loss::quadratic, "quadratic"}}; }

std::string title_of(Loss loss) { return loss == Loss::quadratic ? "quadratic cost" : "loss in nats"; }

std::string unit_suffix(Loss loss) { return loss == Loss::quadratic ? "" : "_nats"; }

Loss loss_of(const Node& experiment) {
  const Node* const training = experiment.find("training");
  const Node* const loss = training == nullptr ? nullptr : training->find("loss");
  const bool is_quadratic = loss != nullptr && loss->kind == Node::Kind::scalar && loss->scalar == "quadratic";
  return is_quadratic ? Loss::quadratic : Loss::cross_entropy;
}

}  // namespace infoplane
