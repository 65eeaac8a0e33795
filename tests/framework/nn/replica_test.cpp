#include <infoplane/replica.hpp>

#include <torch/nn/module.h>
#include <torch/nn/modules/activation.h>
#include <torch/utils.h>

#include <infoplane/capture.hpp>
#include <infoplane/error.hpp>

#include "support/networks.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

torch::nn::AnyModule lifted(std::int64_t first, std::int64_t count) {
  return replicate(make_ordinary_network, ReplicaRange{5, first, count});
}

torch::Tensor inputs(std::int64_t replicas, std::int64_t batch = 9) {
  return torch::arange(replicas * batch * 4, torch::kFloat32).view({replicas, batch, 4}).sin();
}

// A network whose hook points depend on how many were made before.
torch::nn::AnyModule make_changing_network() {
  static int made = 0;
  struct ChangingImpl : torch::nn::Module {
    explicit ChangingImpl(bool second) { register_module(second ? "b" : "a", HookPoint()); }
    torch::Tensor forward(torch::Tensor x) { return x; }
  };
  return torch::nn::AnyModule(std::make_shared<ChangingImpl>(made++ % 2 == 1));
}

struct NestedImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) { return body->forward(x); }
  OrdinaryNetwork body{register_module("body", OrdinaryNetwork())};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(replica)

BOOST_AUTO_TEST_CASE(a_lifted_module_applies_each_network_to_its_own_replica) {
  torch::nn::AnyModule three = lifted(0, 3);
  three.ptr()->eval();
  const torch::Tensor x = inputs(3);
  const torch::Tensor y = three.forward<torch::Tensor>(x);
  BOOST_TEST((y.sizes() == torch::IntArrayRef({3, 9, 1})));
  for (int r = 0; r < 3; ++r) {
    torch::nn::AnyModule one = lifted(r, 1);
    one.ptr()->eval();
    BOOST_TEST(torch::equal(one.forward<torch::Tensor>(x.narrow(0, r, 1))[0], y[r]));
  }
}

BOOST_AUTO_TEST_CASE(replicas_start_from_different_weights) {
  torch::nn::AnyModule two = lifted(0, 2);
  two.ptr()->eval();
  const torch::Tensor x = inputs(1).repeat({2, 1, 1});
  const torch::Tensor y = two.forward<torch::Tensor>(x);
  BOOST_TEST(!torch::allclose(y[0], y[1]));
}

BOOST_AUTO_TEST_CASE(has_the_parameters_of_all_its_networks) {
  BOOST_TEST(lifted(0, 3).ptr()->parameters().size() == 3 * OrdinaryNetwork()->parameters().size());
}

BOOST_AUTO_TEST_CASE(hook_points_keep_their_names_kinds_and_order_and_see_all_replicas) {
  torch::nn::AnyModule two = lifted(0, 2);
  const Activations seen = capture(two, inputs(2));
  BOOST_TEST(seen.layers.size() == 2u);
  BOOST_TEST(seen.layers[0].name == "h1");
  BOOST_TEST(seen.layers[1].name == "h2");
  BOOST_TEST((seen.layers[0].kind == ActivationKind::tanh));
  BOOST_TEST((seen.layers[0].values.sizes() == torch::IntArrayRef({2, 9, 6})));
  BOOST_TEST((seen.layers[1].values.sizes() == torch::IntArrayRef({2, 9, 3})));
}

BOOST_AUTO_TEST_CASE(a_nested_hook_point_keeps_its_dotted_name) {
  torch::nn::AnyModule nested =
      replicate([] { return torch::nn::AnyModule(std::make_shared<NestedImpl>()); }, ReplicaRange{1, 0, 2});
  const Activations seen = capture(nested, inputs(2));
  BOOST_TEST(seen.layers[0].name == "body.h1");
  BOOST_TEST(seen.layers[1].name == "body.h2");
}

BOOST_AUTO_TEST_CASE(dropout_draws_from_the_stream_of_its_replica_and_step) {
  torch::nn::AnyModule all = lifted(0, 3), one = lifted(2, 1);
  const torch::Tensor x = inputs(3);
  const torch::Tensor first = all.forward<torch::Tensor>(x), second = all.forward<torch::Tensor>(x);
  BOOST_TEST(torch::equal(one.forward<torch::Tensor>(x.narrow(0, 2, 1))[0], first[2]));
  BOOST_TEST(torch::equal(one.forward<torch::Tensor>(x.narrow(0, 2, 1))[0], second[2]));
  BOOST_TEST(!torch::equal(first, second));
}

BOOST_AUTO_TEST_CASE(the_global_generator_is_left_as_it_was) {
  torch::manual_seed(3);
  const torch::Tensor before = torch::rand({4});
  torch::manual_seed(3);
  torch::nn::AnyModule two = lifted(0, 2);
  two.forward<torch::Tensor>(inputs(2));
  BOOST_TEST(torch::equal(torch::rand({4}), before));
}

BOOST_AUTO_TEST_CASE(a_value_that_a_network_overwrites_in_place_is_refused) {
  struct InPlaceImpl : torch::nn::Module {
    torch::Tensor forward(torch::Tensor x) { return h(x * 1).relu_(); }
    HookPoint h{register_module("h", HookPoint())};
  };
  torch::nn::AnyModule two =
      replicate([] { return torch::nn::AnyModule(std::make_shared<InPlaceImpl>()); }, ReplicaRange{1, 0, 2});
  BOOST_TEST(
      message_of<Error>([&] { capture(two, inputs(2)); }) ==
      "the tensor of hook point 'h' was overwritten in place afterwards: use an operation that returns a new tensor");
}

BOOST_AUTO_TEST_CASE(a_tensor_that_the_networks_share_is_refused) {
  struct SharedImpl : torch::nn::Module {
    explicit SharedImpl(torch::Tensor buffer) : buffer(std::move(buffer)) {}
    torch::Tensor forward(const torch::Tensor& x) { return h(buffer.copy_(x)) + 0; }
    HookPoint h{register_module("h", HookPoint())};
    torch::Tensor buffer;
  };
  const torch::Tensor buffer = torch::empty({9, 4});
  torch::nn::AnyModule two =
      replicate([&] { return torch::nn::AnyModule(std::make_shared<SharedImpl>(buffer)); }, ReplicaRange{1, 0, 2});
  BOOST_TEST(
      message_of<Error>([&] { capture(two, inputs(2)); }) ==
      "the tensor of hook point 'h' was overwritten in place afterwards: use an operation that returns a new tensor");
}

BOOST_AUTO_TEST_CASE(modules_with_different_hook_points_are_refused) {
  BOOST_TEST(message_of<Error>([] { replicate(make_changing_network, ReplicaRange{1, 0, 2}); }) ==
             "replicate: the factory must make modules with the same hook points each time");
}

BOOST_AUTO_TEST_CASE(a_factory_may_return_a_sequential_with_hook_points) {
  const auto sequence = [] {
    return torch::nn::Sequential({{"fc1", torch::nn::Linear(4, 6)},
                                  {"tanh", torch::nn::Tanh()},
                                  {"h1", HookPoint(ActivationKind::tanh)},
                                  {"dropout", torch::nn::Dropout(0.3)},
                                  {"fc2", torch::nn::Linear(6, 1)}});
  };
  torch::nn::AnyModule three = replicate(sequence, ReplicaRange{5, 0, 3});
  const torch::Tensor x = inputs(3);
  const Activations seen = capture(three, x);
  BOOST_TEST(seen.layers.size() == 1u);
  BOOST_TEST(seen.layers[0].name == "h1");
  BOOST_TEST((seen.layers[0].kind == ActivationKind::tanh));
  three.ptr()->eval();
  BOOST_TEST(torch::equal(seen.outputs, three.forward<torch::Tensor>(x)));
  const auto weights = three.ptr()->named_parameters();
  for (int r = 0; r < 3; ++r) {
    const auto weight = [&](const std::string& name) { return weights["replicas." + std::to_string(r) + "." + name]; };
    const torch::Tensor hidden = torch::tanh(torch::linear(x[r], weight("fc1.weight"), weight("fc1.bias")));
    BOOST_TEST(torch::equal(seen.layers[0].values[r], hidden));
    BOOST_TEST(torch::equal(seen.outputs[r], torch::linear(hidden, weight("fc2.weight"), weight("fc2.bias"))));
  }
}

BOOST_AUTO_TEST_CASE(modules_of_a_sequential_without_names_are_named_by_their_places) {
  torch::nn::AnyModule model = replicate(
      [] {
        return torch::nn::Sequential(torch::nn::Linear(4, 6), torch::nn::ReLU(), HookPoint(ActivationKind::relu),
                                     torch::nn::Linear(6, 1));
      },
      ReplicaRange{5, 0, 2});
  BOOST_TEST(capture(model, inputs(2)).layers[0].name == "2");
  BOOST_TEST(model.ptr()->named_parameters().contains("replicas.1.3.weight"));
}

BOOST_AUTO_TEST_CASE(an_empty_sequential_is_refused) {
  BOOST_CHECK_EXCEPTION(replicate([] { return torch::nn::Sequential(nullptr); }, ReplicaRange{1, 0, 2}),
                        std::invalid_argument, [](const auto& error) {
                          return error.what() ==
                                 std::string("replicate: factory must return a module, got an empty AnyModule");
                        });
}

BOOST_AUTO_TEST_SUITE_END()
