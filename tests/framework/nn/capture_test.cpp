#include <infoplane/capture.hpp>

#include <infoplane/error.hpp>

#include "support/networks.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

torch::nn::AnyModule function(FunctionImpl::Body body) { return torch::nn::AnyModule(Function(std::move(body))); }

std::string refusal(torch::nn::AnyModule model, const torch::Tensor& inputs = torch::ones({2, 5, 3}),
                    std::int64_t batch = 4096) {
  return message_of<Error>([&] { capture(model, inputs, batch); });
}

struct TwoPointsImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) {
    const bool swapped = x.sum().item<float>() < 0;
    x = swapped ? second(x) : first(x);
    return swapped ? first(x) : second(x);
  }
  HookPoint first{register_module("first", HookPoint())};
  HookPoint second{register_module("second", HookPoint())};
};
TORCH_MODULE(TwoPoints);

struct SharedPointImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) { return a(x); }
  HookPoint a{register_module("a", HookPoint())};
  HookPoint b{register_module("b", a)};
};
TORCH_MODULE(SharedPoint);

}  // namespace

BOOST_AUTO_TEST_SUITE(activations)

BOOST_AUTO_TEST_CASE(holds_what_passed_each_hook_point_in_firing_order_and_the_outputs) {
  auto model = function([](FunctionImpl& f, torch::Tensor x) { return f.h(x * 2) + 1; });
  const torch::Tensor x = torch::arange(30, torch::kFloat32).view({2, 5, 3});
  const Activations seen = capture(model, x);
  BOOST_TEST(seen.layers.size() == 1u);
  BOOST_TEST(seen.layers[0].name == "h");
  BOOST_TEST(torch::equal(seen.layers[0].values, x * 2));
  BOOST_TEST(torch::equal(seen.outputs, x * 2 + 1));
}

BOOST_AUTO_TEST_CASE(the_order_is_that_of_firing_not_of_registration) {
  torch::nn::AnyModule model{TwoPoints()};
  const Activations seen = capture(model, -torch::ones({1, 2, 3}));
  BOOST_TEST(seen.layers[0].name == "second");
  BOOST_TEST(seen.layers[1].name == "first");
}

BOOST_AUTO_TEST_CASE(batches_of_any_size_give_the_same_tensors) {
  auto model = function([](FunctionImpl& f, torch::Tensor x) { return f.h(torch::tanh(x)); });
  const torch::Tensor x = torch::arange(42, torch::kFloat32).view({2, 7, 3}) / 50;
  const Activations whole = capture(model, x);
  for (const std::int64_t batch : {1, 2, 3, 6, 7, 100}) {
    const Activations parts = capture(model, x, batch);
    BOOST_TEST(torch::equal(parts.layers[0].values, whole.layers[0].values));
    BOOST_TEST(torch::equal(parts.outputs, whole.outputs));
  }
}

BOOST_AUTO_TEST_CASE(further_dimensions_are_flattened_into_units) {
  auto model = function([](FunctionImpl& f, torch::Tensor x) { return f.h(x.view({2, 5, 4, 3})); });
  BOOST_TEST((capture(model, torch::ones({2, 5, 12})).layers[0].values.sizes() == torch::IntArrayRef({2, 5, 12})));
}

BOOST_AUTO_TEST_CASE(gradients_are_off_and_the_mode_is_eval_and_comes_back) {
  bool training = true, gradients = true;
  auto model = function([&](FunctionImpl& f, torch::Tensor x) {
    training = f.is_training();
    gradients = torch::GradMode::is_enabled();
    return f.h(x);
  });
  model.ptr()->train();
  model.ptr()->children()[0]->eval();
  capture(model, torch::ones({1, 1, 1}));
  BOOST_TEST(!training);
  BOOST_TEST(!gradients);
  BOOST_TEST(model.ptr()->is_training());
  BOOST_TEST(!model.ptr()->children()[0]->is_training());
  BOOST_TEST(torch::GradMode::is_enabled());
}

BOOST_AUTO_TEST_CASE(the_mode_and_the_hooks_come_back_even_when_forward_throws) {
  auto model = function([](FunctionImpl& f, torch::Tensor x) -> torch::Tensor {
    f.h(x);
    throw std::runtime_error("broken");
  });
  model.ptr()->train();
  BOOST_CHECK_THROW(capture(model, torch::ones({1, 1, 1})), std::runtime_error);
  BOOST_TEST(model.ptr()->is_training());
  BOOST_TEST(!model.get<Function>()->h->is_observed());
}

BOOST_AUTO_TEST_CASE(a_model_without_hook_point_is_refused) {
  BOOST_TEST(refusal(torch::nn::AnyModule(torch::nn::Linear(3, 2))) ==
             "model 'torch::nn::LinearImpl' has no hook point: register a HookPoint for each layer to observe and "
             "pass its output through it");
}

BOOST_AUTO_TEST_CASE(a_hook_point_under_two_names_is_refused) {
  BOOST_TEST(refusal(torch::nn::AnyModule(SharedPoint())) ==
             "hook point 'b' is also registered as 'a': give each layer a HookPoint of its own");
}

BOOST_AUTO_TEST_CASE(a_hook_point_that_fires_twice_is_refused) {
  BOOST_TEST(refusal(function([](FunctionImpl& f, torch::Tensor x) { return f.h(f.h(x)); })) ==
             "hook point 'h' fired twice in one pass: use a HookPoint of its own for each place");
}

BOOST_AUTO_TEST_CASE(another_order_in_another_batch_is_refused) {
  torch::Tensor x = torch::ones({1, 2, 3});
  x[0][1] = -1;
  BOOST_TEST(refusal(torch::nn::AnyModule(TwoPoints()), x, 1) ==
             "hook point 'second' did not fire in the same place in every batch: forward must pass its hook points in "
             "one order for all inputs");
}

BOOST_AUTO_TEST_CASE(a_hook_point_that_falls_silent_in_another_batch_is_refused) {
  torch::Tensor x = torch::ones({1, 2, 3});
  x[0][1] = -1;
  auto model = function([](FunctionImpl& f, torch::Tensor y) { return y.sum().item<float>() > 0 ? f.h(y) : y; });
  BOOST_TEST(refusal(model, x, 1) ==
             "hook point 'h' did not fire in the same place in every batch: forward must pass its hook points in one "
             "order for all inputs");
}

BOOST_AUTO_TEST_CASE(a_value_overwritten_in_place_is_refused) {
  BOOST_TEST(
      refusal(function([](FunctionImpl& f, torch::Tensor x) { return f.h(x * 1).relu_(); })) ==
      "the tensor of hook point 'h' was overwritten in place afterwards: use an operation that returns a new tensor");
}

BOOST_AUTO_TEST_CASE(a_value_overwritten_by_the_next_batch_is_refused) {
  const torch::Tensor buffer = torch::empty({2, 1, 3});
  BOOST_TEST(
      refusal(function([&](FunctionImpl& f, torch::Tensor x) { return f.h(buffer.copy_(x)) + 0; }),
              torch::ones({2, 5, 3}), 1) ==
      "the tensor of hook point 'h' was overwritten in place afterwards: use an operation that returns a new tensor");
}

BOOST_AUTO_TEST_CASE(a_value_of_another_shape_is_refused) {
  BOOST_TEST(refusal(function([](FunctionImpl& f, torch::Tensor x) { return f.h(x.flatten(0, 1)); })) ==
             "hook point 'h' recorded a tensor of [10, 3], it must be [2, 5, units]: replicas, samples, units");
}

BOOST_AUTO_TEST_CASE(a_forward_that_throws_is_named_with_the_shape_of_its_inputs) {
  const auto model = function([](FunctionImpl& f, torch::Tensor x) { return f.h(torch::mm(x, x)); });
  BOOST_TEST(refusal(model).rfind("the model's forward() failed for inputs of [2, 5, 3]: ", 0) == 0u, refusal(model));
  BOOST_TEST(refusal(model).find('\n') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
