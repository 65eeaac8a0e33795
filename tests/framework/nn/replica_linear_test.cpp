#include <infoplane/replica_linear.hpp>

#include <cmath>
#include <limits>

#include <ATen/core/PhiloxRNGEngine.h>
#include <torch/autograd.h>
#include <torch/nn/modules/linear.h>

#include <infoplane/error.hpp>
#include <infoplane/replica_dropout.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

ReplicaLinear make_layer(const ReplicaLinearOptions& options) {
  torch::manual_seed(7);
  ReplicaLinear layer(options);
  const torch::NoGradGuard no_grad;
  layer->weight.uniform_(-1, 1);
  layer->bias.uniform_(-1, 1);
  return layer;
}

// The definition, by torch's own operations in double precision.
torch::Tensor by_definition(const ReplicaLinear& layer, const torch::Tensor& x, ActivationKind kind) {
  const torch::Tensor z = torch::einsum("rbi,roi->rbo", {x.to(torch::kFloat64), layer->weight.to(torch::kFloat64)}) +
                          layer->bias.to(torch::kFloat64).unsqueeze(1);
  switch (kind) {
    case ActivationKind::tanh:
      return torch::tanh(z);
    case ActivationKind::sigmoid:
      return torch::sigmoid(z);
    case ActivationKind::relu:
      return torch::relu(z);
    case ActivationKind::leaky_relu:
      return torch::leaky_relu(z, 0.2);
    default:
      return z;
  }
}

const ActivationKind kKinds[] = {ActivationKind::tanh, ActivationKind::sigmoid, ActivationKind::relu,
                                 ActivationKind::leaky_relu, ActivationKind::linear};

// Rounding of sums of up to 256 products of numbers below 1 in single precision, and of the approximation of tanh.
constexpr double kForward = 2e-5;

double difference(const torch::Tensor& a, const torch::Tensor& b) {
  return (a.to(torch::kFloat64) - b.to(torch::kFloat64)).abs().max().item<double>();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(replica_linear)

BOOST_AUTO_TEST_CASE(forward_is_the_definition_for_every_activation_and_awkward_sizes) {
  for (const ActivationKind kind : kKinds) {
    for (const std::int64_t batch : {1, 2, 15, 16, 17, 63, 64, 65, 127, 200}) {
      const std::int64_t inputs = 1 + batch % 7, units = 1 + batch % 5;
      const ReplicaLinear layer = make_layer({3, inputs, units, kind, 0.2});
      const torch::Tensor x = torch::randn({3, batch, inputs});
      ReplicaLinear callable = layer;
      BOOST_TEST(difference(callable(x), by_definition(layer, x, kind)) < kForward);
    }
  }
}

BOOST_AUTO_TEST_CASE(gradients_are_those_of_autograd_on_the_definition) {
  for (const ActivationKind kind : kKinds) {
    for (const std::int64_t batch : {1, 33, 128, 150}) {
      ReplicaLinear layer = make_layer({4, 9, 6, kind, 0.2});
      const torch::Tensor x = torch::randn({4, batch, 9}).requires_grad_();
      const torch::Tensor wanted = torch::randn({4, batch, 6});
      const std::vector<torch::Tensor> leaves = {x, layer->weight, layer->bias};
      const auto own = torch::autograd::grad({layer(x)}, leaves, {wanted});
      const auto reference =
          torch::autograd::grad({by_definition(layer, x, kind)}, leaves, {wanted.to(torch::kFloat64)});
      // Sums of up to 150 products in single precision, each below about 10.
      for (std::size_t i = 0; i < leaves.size(); ++i) BOOST_TEST(difference(own[i], reference[i]) < 1e-4);
    }
  }
}

BOOST_AUTO_TEST_CASE(wide_layers_are_the_definition_too) {
  for (const std::int64_t units : {1, 2, 3, 7, 16, 23}) {
    for (const std::int64_t batch : {5, 16, 47, 96}) {
      ReplicaLinear layer = make_layer({2, 90, units, ActivationKind::tanh});
      const torch::Tensor x = torch::randn({2, batch, 90}).requires_grad_();
      const torch::Tensor wanted = torch::randn({2, batch, units});
      const std::vector<torch::Tensor> leaves = {x, layer->weight, layer->bias};
      const torch::Tensor y = layer(x), expected = by_definition(layer, x, ActivationKind::tanh);
      BOOST_TEST(difference(y, expected) < kForward);
      const auto own = torch::autograd::grad({y}, leaves, {wanted});
      const auto reference = torch::autograd::grad({expected}, leaves, {wanted.to(torch::kFloat64)});
      // Sums of up to 96 products in single precision, each below about 10.
      for (std::size_t i = 0; i < leaves.size(); ++i) BOOST_TEST(difference(own[i], reference[i]) < 1e-4);
    }
  }
}

BOOST_AUTO_TEST_CASE(gradients_agree_with_finite_differences) {
  ReplicaLinear layer = make_layer({2, 3, 2, ActivationKind::tanh});
  const torch::Tensor x = torch::randn({2, 5, 3});
  const auto loss = [&] { return layer(x).pow(2).sum(); };
  const torch::Tensor gradient = torch::autograd::grad({loss()}, {layer->weight})[0];
  const torch::NoGradGuard no_grad;
  for (int i = 0; i < 12; ++i) {
    torch::Tensor weight = layer->weight.view(-1)[i];
    const double step = 1e-2;
    weight += step;
    const double above = loss().item<double>();
    weight -= 2 * step;
    const double below = loss().item<double>();
    weight += step;
    // A central difference of step 0.01 on single-precision sums near 10 is right to about 1e-3.
    BOOST_TEST(std::abs((above - below) / (2 * step) - gradient.view(-1)[i].item<double>()) < 1e-2);
  }
}

BOOST_AUTO_TEST_CASE(a_gradient_that_arrives_expanded_or_sample_major_is_read_right) {
  ReplicaLinear layer = make_layer({2, 3, 4, ActivationKind::relu});
  const torch::Tensor x = torch::randn({2, 20, 3});
  const auto summed = torch::autograd::grad({layer(x).sum()}, {layer->weight})[0];
  const auto given = torch::autograd::grad({layer(x)}, {layer->weight}, {torch::ones({2, 20, 4})})[0];
  BOOST_TEST(torch::equal(summed, given));
}

BOOST_AUTO_TEST_CASE(a_replica_does_not_depend_on_its_neighbors_to_the_last_bit) {
  ReplicaLinear all = make_layer({5, 7, 3, ActivationKind::tanh});
  const torch::Tensor x = torch::randn({5, 77, 7});
  const torch::Tensor together = all(x);
  const auto gradient = torch::autograd::grad({together.pow(2).sum()}, {all->weight})[0];
  for (int r = 0; r < 5; ++r) {
    ReplicaLinear one(ReplicaLinearOptions{1, 7, 3, ActivationKind::tanh});
    {
      const torch::NoGradGuard no_grad;
      one->weight.copy_(all->weight.narrow(0, r, 1));
      one->bias.copy_(all->bias.narrow(0, r, 1));
    }
    const torch::Tensor alone = one(x.narrow(0, r, 1));
    BOOST_TEST(torch::equal(alone[0], together[r]));
    BOOST_TEST(torch::equal(torch::autograd::grad({alone.pow(2).sum()}, {one->weight})[0][0], gradient[r]));
  }
}

BOOST_AUTO_TEST_CASE(one_replica_is_what_torch_linear_computes) {
  ReplicaLinear layer = make_layer({1, 8, 5, ActivationKind::linear});
  torch::nn::Linear linear(8, 5);
  {
    const torch::NoGradGuard no_grad;
    linear->weight.copy_(layer->weight[0]);
    linear->bias.copy_(layer->bias[0]);
  }
  const torch::Tensor x = torch::randn({40, 8});
  BOOST_TEST(difference(layer(x.unsqueeze(0))[0], linear(x)) < kForward);
}

BOOST_AUTO_TEST_CASE(double_precision_takes_the_general_path_with_the_same_result) {
  ReplicaLinear layer = make_layer({2, 6, 4, ActivationKind::tanh});
  const torch::Tensor x = torch::randn({2, 30, 6});
  const torch::Tensor single = layer(x).detach();
  layer->to(torch::kFloat64);
  BOOST_TEST(difference(layer(x.to(torch::kFloat64)), single) < kForward);
}

BOOST_AUTO_TEST_CASE(tanh_saturates_at_one_and_passes_nan_and_signs) {
  ReplicaLinear layer(ReplicaLinearOptions{1, 1, 1, ActivationKind::tanh});
  {
    const torch::NoGradGuard no_grad;
    layer->weight.fill_(1);
  }
  const float infinity = std::numeric_limits<float>::infinity();
  const torch::Tensor x = torch::tensor({-infinity, -1e30f, -20.0f, 0.0f, 20.0f, 1e30f, infinity, NAN}).view({1, 8, 1});
  const torch::Tensor y = layer(x).flatten();
  const torch::Tensor expected = torch::tensor({-1.0f, -1.0f, -1.0f, 0.0f, 1.0f, 1.0f, 1.0f});
  BOOST_TEST(torch::equal(y.narrow(0, 0, 7), expected));
  BOOST_TEST(std::isnan(y[7].item<float>()));
}

BOOST_AUTO_TEST_CASE(tanh_is_right_to_a_few_units_in_the_last_place_and_never_beyond_one) {
  ReplicaLinear layer(ReplicaLinearOptions{1, 1, 1, ActivationKind::tanh});
  {
    const torch::NoGradGuard no_grad;
    layer->weight.fill_(1);
  }
  const torch::Tensor x = torch::linspace(-12, 12, 200001).view({1, -1, 1});
  const torch::Tensor y = layer(x).detach();
  // Of numbers just below 1. Builds for the sanitizers, which do not fuse multiplications and additions, take the
  // sixth.
  const double unit = std::numeric_limits<float>::epsilon() / 2;
  BOOST_TEST(difference(y, torch::tanh(x.to(torch::kFloat64))) < 6 * unit);
  BOOST_TEST(y.abs().max().item<float>() <= 1);
}

BOOST_AUTO_TEST_SUITE_END()
