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

BOOST_AUTO_TEST_CASE(an_input_of_another_shape_is_refused) {
  ReplicaLinear layer(ReplicaLinearOptions{2, 3, 4});
  std::string text;
  try {
    layer(torch::ones({2, 5, 4}));
  } catch (const c10::Error& error) {
    text = error.what_without_backtrace();
  }
  BOOST_TEST(text == "ReplicaLinear takes [2, batch, 3], got [2, 5, 4]");
}

BOOST_AUTO_TEST_CASE(softmax_is_refused_as_an_activation_of_single_units) {
  BOOST_CHECK_THROW(ReplicaLinear(ReplicaLinearOptions{1, 2, 2, ActivationKind::softmax}), c10::Error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(replica_dropout)

BOOST_AUTO_TEST_CASE(passes_everything_in_eval_mode_and_with_keep_one) {
  const torch::Tensor x = torch::randn({2, 10, 3});
  ReplicaDropout dropout(0.5, ReplicaRange{1, 0, 2}, 0);
  dropout->eval();
  BOOST_TEST(dropout(x).is_same(x));
  BOOST_TEST(ReplicaDropout(1.0, ReplicaRange{1, 0, 2}, 0)(x).is_same(x));
}

BOOST_AUTO_TEST_CASE(keeps_the_stated_share_and_divides_by_it) {
  ReplicaDropout dropout(0.8, ReplicaRange{1, 0, 4}, 0);
  const torch::Tensor y = dropout(torch::ones({4, 1000, 50}));
  const torch::Tensor kept = (y > 0).to(torch::kFloat64);
  BOOST_TEST(difference(y, kept / 0.8) < 1e-6);
  // 200000 draws: four standard deviations of the share are 0.0036.
  BOOST_TEST(std::abs(kept.mean().item<double>() - 0.8) < 0.0036);
}

BOOST_AUTO_TEST_CASE(masks_differ_between_steps_layers_and_replicas_and_repeat_for_a_seed) {
  const auto draw = [](std::uint64_t seed, std::int64_t first, std::int64_t layer, int steps) {
    ReplicaDropout dropout(0.5, ReplicaRange{seed, first, 1}, layer);
    torch::Tensor y;
    for (int s = 0; s < steps; ++s) y = dropout(torch::ones({1, 20, 5}));
    return y;
  };
  const torch::Tensor base = draw(1, 3, 0, 1);
  BOOST_TEST(torch::equal(base, draw(1, 3, 0, 1)));
  BOOST_TEST(!torch::equal(base, draw(2, 3, 0, 1)));
  BOOST_TEST(!torch::equal(base, draw(1, 4, 0, 1)));
  BOOST_TEST(!torch::equal(base, draw(1, 3, 1, 1)));
  BOOST_TEST(!torch::equal(base, draw(1, 3, 0, 2)));
}

BOOST_AUTO_TEST_CASE(masks_are_torchs_philox_numbers_below_the_threshold) {
  const ReplicaRange replicas{11, 4, 2};
  for (const double keep : {0.3, 0.5, 1.0}) {
    const ReplicaDropout dropout(keep, replicas, 6);
    for (const std::int64_t count : {1, 3, 64, 65, 1000}) {
      std::vector<float> mask(count);
      dropout->mask(1, 17, mask.data(), count);
      at::Philox4_32 stream(replicas.stream(1, Purpose::dropout, 17), 6);
      for (std::int64_t k = 0; k < count; ++k) {
        BOOST_TEST(mask[k] == (stream() < keep * 4294967296.0 ? static_cast<float>(1 / keep) : 0.0f));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_replica_draws_the_same_masks_in_company) {
  ReplicaDropout all(0.5, ReplicaRange{9, 0, 3}, 1), one(0.5, ReplicaRange{9, 2, 1}, 1);
  const torch::Tensor x = torch::ones({3, 11, 4});
  BOOST_TEST(torch::equal(all(x)[2], one(x.narrow(0, 2, 1))[0]));
}

BOOST_AUTO_TEST_CASE(the_gradient_passes_where_the_unit_was_kept) {
  ReplicaDropout dropout(0.5, ReplicaRange{1, 0, 1}, 0);
  const torch::Tensor x = torch::ones({1, 30, 2}, torch::requires_grad());
  const torch::Tensor y = dropout(x);
  BOOST_TEST(torch::equal(torch::autograd::grad({y.sum()}, {x})[0], y));
}

BOOST_AUTO_TEST_CASE(a_keep_probability_outside_its_range_is_refused) {
  BOOST_TEST(message_of<UsageError>([] { ReplicaDropout(0.0, ReplicaRange{}, 0); }) ==
             "dropout's keep probability must be above 0 and at most 1, got 0.000000");
}

BOOST_AUTO_TEST_SUITE_END()
