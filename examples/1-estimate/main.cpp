// Estimates the information of a layer of two tanh units on 12 bits and on their label, by two estimators.
#include <cstdio>
#include <memory>

#include <infoplane/estimators/binning.hpp>
#include <infoplane/estimators/kernel_density.hpp>

int main() {
  using namespace infoplane;
  const at::Tensor bits = at::arange(4096).unsqueeze(1).bitwise_right_shift(at::arange(12)).bitwise_and(1);  // [N, D]

  LayerSamples samples;
  samples.inputs = bits.to(at::kFloat);
  samples.labels = (bits.sum(1) >= 6).to(at::kLong);  // [N]
  samples.classes = 2;
  samples.activations =
      at::stack({(samples.inputs.sum(1) - 5.5f).tanh(), samples.inputs.select(1, 0).tanh()}, 1);  // [N, M]
  samples.kind = ActivationKind::tanh;
  samples.layer = "T";

  const std::unique_ptr<Estimator> estimators[] = {estimators::make_binning({}, 1),
                                                   estimators::make_kernel_density({}, 1)};
  for (const auto& estimator : estimators) {
    for (const Information& value : estimator->estimate(samples).values) {
      std::printf("%-8s I(X;T) %.3f of at most %.3f bits, I(T;Y) %.3f of at most %.3f bits\n", value.value.c_str(),
                  value.i_xt_bits, value.i_xt_cap_bits, value.i_ty_bits, value.i_ty_cap_bits);
    }
  }
}
