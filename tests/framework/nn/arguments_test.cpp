#include <limits>

#include <torch/nn/module.h>

#include <infoplane/capture.hpp>
#include <infoplane/replica.hpp>
#include <infoplane/replica_dropout.hpp>
#include <infoplane/replica_linear.hpp>

#include "support/networks.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

BOOST_AUTO_TEST_SUITE(nn_arguments)

BOOST_AUTO_TEST_CASE(capture_refuses_what_is_not_a_batch_of_replicas) {
  torch::nn::AnyModule model = replicate(make_ordinary_network, {1, 0, 2}), none;
  const torch::Tensor x = torch::zeros({2, 5, 4});
  BOOST_TEST(argument_error([&] { capture(none, x); }) == "capture: model must hold a module, got an empty AnyModule");
  BOOST_TEST(argument_error([&] { capture(model, x[0]); }) ==
             "capture: inputs must be [R, N, D], not empty, got Float [5, 4]");
  BOOST_TEST(argument_error([&] { capture(model, torch::zeros({2, 0, 4})); }) ==
             "capture: inputs must be [R, N, D], not empty, got Float [2, 0, 4]");
  BOOST_TEST(argument_error([&] { capture(model, {}); }) ==
             "capture: inputs must be [R, N, D], not empty, got an undefined tensor");
  for (const std::int64_t size : {0, -1}) {
    BOOST_TEST(argument_error([&] { capture(model, x, size); }) ==
               "capture: batch_size must be at least 1, got " + std::to_string(size));
  }
  BOOST_TEST(argument_error([&] { capture(model, x, 1); }) == "accepted");
}

BOOST_AUTO_TEST_CASE(an_empty_hook_is_refused) {
  HookPoint point;
  BOOST_TEST(argument_error([&] { const auto handle = point->register_forward_hook(nullptr); }) ==
             "HookPoint::register_forward_hook: hook must not be empty");
}

BOOST_AUTO_TEST_CASE(replicas_are_made_of_modules) {
  BOOST_TEST(argument_error([] { replicate(nullptr, {1, 0, 2}); }) == "replicate: factory must not be null");
  BOOST_TEST(argument_error([] { replicate(make_ordinary_network, {1, 0, 0}); }) ==
             "replicate: replicas.count must be at least 1, got 0");
  BOOST_TEST(argument_error([] { replicate([] { return torch::nn::AnyModule(); }, {1, 0, 2}); }) ==
             "replicate: factory must return a module, got an empty AnyModule");
}

BOOST_AUTO_TEST_CASE(replicas_take_as_many_inputs_as_they_are) {
  torch::nn::AnyModule model = replicate(make_ordinary_network, {1, 0, 2});
  BOOST_TEST(argument_error([&] { model.forward<torch::Tensor>(torch::zeros({3, 5, 4})); }) ==
             "replicate: x must be [2, B, ...], got Float [3, 5, 4]");
  BOOST_TEST(argument_error([&] { model.forward<torch::Tensor>(torch::zeros({2})); }) ==
             "replicate: x must be [2, B, ...], got Float [2]");
}

BOOST_AUTO_TEST_CASE(a_stream_belongs_to_a_replica_of_the_range) {
  const ReplicaRange replicas{1, 5, 3};
  for (const std::int64_t i : {-1, 3}) {
    BOOST_TEST(argument_error([&] { replicas.stream(i, Purpose::split); }) ==
               "ReplicaRange::stream: i must be from 0 to 2, got " + std::to_string(i));
  }
  BOOST_TEST(replicas.stream(2, Purpose::split) == stream_seed(1, 7, Purpose::split));
}

BOOST_AUTO_TEST_CASE(dropout_refuses_other_replicas) {
  BOOST_TEST(argument_error([] { ReplicaDropout(0.5, ReplicaRange{1, 0, 0}, 0); }) ==
             "ReplicaDropout: replicas.count must be at least 1, got 0");
  ReplicaDropout dropout(0.5, ReplicaRange{1, 0, 2}, 0);
  BOOST_TEST(argument_error([&] { dropout(torch::zeros({3, 5, 4})); }) ==
             "ReplicaDropout: x must be [2, B, M], got Float [3, 5, 4]");
  BOOST_TEST(argument_error([&] { dropout(torch::zeros({2, 5})); }) ==
             "ReplicaDropout: x must be [2, B, M], got Float [2, 5]");
  BOOST_TEST(argument_error([&] { dropout(torch::Tensor()); }) ==
             "ReplicaDropout: x must be [2, B, M], got an undefined tensor");
  float mask[4];
  for (const std::int64_t r : {-1, 2}) {
    BOOST_TEST(argument_error([&] { dropout->mask(r, 0, mask, 4); }) ==
               "ReplicaDropout::mask: r must be from 0 to 1, got " + std::to_string(r));
  }
  BOOST_TEST(argument_error([&] { dropout->mask(0, 0, mask, -1); }) ==
             "ReplicaDropout::mask: count must be at least 0, got -1");
  BOOST_TEST(argument_error([&] { dropout->mask(0, 0, nullptr, 4); }) == "ReplicaDropout::mask: out must not be null");
  BOOST_TEST(argument_error([&] { dropout->advance(-1); }) ==
             "ReplicaDropout::advance: steps must be at least 0, got -1");
  BOOST_TEST(dropout->steps() == 0);
}

BOOST_AUTO_TEST_CASE(a_layer_has_replicas_inputs_and_units) {
  BOOST_TEST(argument_error([] { ReplicaLinear(ReplicaLinearOptions{0, 2, 2}); }) ==
             "ReplicaLinear: replicas must be at least 1, got 0");
  BOOST_TEST(argument_error([] { ReplicaLinear(ReplicaLinearOptions{1, 0, 2}); }) ==
             "ReplicaLinear: inputs must be at least 1, got 0");
  BOOST_TEST(argument_error([] { ReplicaLinear(ReplicaLinearOptions{1, 2, -1}); }) ==
             "ReplicaLinear: units must be at least 1, got -1");
  BOOST_TEST(argument_error([] {
               ReplicaLinear(
                   ReplicaLinearOptions{1, 2, 2, ActivationKind::leaky_relu, std::numeric_limits<double>::quiet_NaN()});
             }) == "ReplicaLinear: slope must be finite");
  for (const ActivationKind kind : {ActivationKind::softmax, ActivationKind::unknown}) {
    BOOST_TEST(argument_error([&] { ReplicaLinear(ReplicaLinearOptions{1, 2, 2, kind}); }) ==
               "ReplicaLinear: activation must be tanh, relu, leaky_relu, sigmoid or linear");
  }
}

BOOST_AUTO_TEST_CASE(a_layer_refuses_inputs_of_another_shape) {
  ReplicaLinear layer(ReplicaLinearOptions{2, 3, 4});
  for (const auto& [x, got] : {std::pair(torch::zeros({2, 5, 4}), "Float [2, 5, 4]"),
                               {torch::zeros({1, 5, 3}), "Float [1, 5, 3]"},
                               {torch::zeros({5, 3}), "Float [5, 3]"},
                               {torch::Tensor(), "an undefined tensor"}}) {
    BOOST_TEST(argument_error([&, &x = x] { layer(x); }) ==
               std::string("ReplicaLinear: x must be [2, B, 3], got ") + got);
  }
  layer->bias = torch::zeros({2, 1});
  BOOST_TEST(argument_error([&] { layer(torch::zeros({2, 5, 3})); }) ==
             "ReplicaLinear: bias must be [2, 4], got Float [2, 1]");
}

BOOST_AUTO_TEST_SUITE_END()
