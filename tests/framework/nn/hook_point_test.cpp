#include <infoplane/hook_point.hpp>

#include <sstream>

#include <boost/test/unit_test.hpp>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/linear.h>

using namespace infoplane;

BOOST_AUTO_TEST_SUITE(hook_point)

BOOST_AUTO_TEST_CASE(returns_the_very_tensor_that_it_is_given) {
  HookPoint point;
  const torch::Tensor x = torch::ones({2, 3}, torch::requires_grad());
  BOOST_TEST(point(x).is_same(x));
}

BOOST_AUTO_TEST_CASE(calls_hooks_in_the_order_of_registration_while_their_handles_live) {
  HookPoint point;
  std::string calls;
  const HookHandle first = point->register_forward_hook([&](const torch::Tensor&) { calls += "1"; });
  {
    const HookHandle second = point->register_forward_hook([&](const torch::Tensor&) { calls += "2"; });
    point(torch::ones({1}));
  }
  point(torch::ones({1}));
  BOOST_TEST(calls == "121");
}

BOOST_AUTO_TEST_CASE(is_observed_only_while_a_handle_lives) {
  HookPoint point;
  BOOST_TEST(!point->is_observed());
  HookHandle handle = point->register_forward_hook([](const torch::Tensor&) {});
  BOOST_TEST(point->is_observed());
  handle.remove();
  handle.remove();
  BOOST_TEST(!point->is_observed());
}

BOOST_AUTO_TEST_CASE(a_moved_handle_keeps_the_hook_and_an_overwritten_one_lets_it_go) {
  HookPoint point;
  int calls = 0;
  HookHandle kept;
  {
    HookHandle made = point->register_forward_hook([&](const torch::Tensor&) { ++calls; });
    kept = std::move(made);
  }
  point(torch::ones({1}));
  BOOST_TEST(calls == 1);
  kept = HookHandle();
  BOOST_TEST(!point->is_observed());
}

BOOST_AUTO_TEST_CASE(a_handle_may_outlive_its_module) {
  HookHandle handle;
  {
    HookPoint point;
    handle = point->register_forward_hook([](const torch::Tensor&) {});
  }
  handle.remove();
}

BOOST_AUTO_TEST_CASE(a_clone_keeps_the_kind_and_starts_unobserved) {
  HookPoint point(ActivationKind::relu);
  const HookHandle handle = point->register_forward_hook([](const torch::Tensor&) {});
  const auto copy = std::dynamic_pointer_cast<HookPointImpl>(point->clone());
  BOOST_REQUIRE(copy);
  BOOST_TEST(!copy->is_observed());
  BOOST_TEST((copy->kind() == ActivationKind::relu));
  BOOST_TEST(point->is_observed());
}

BOOST_AUTO_TEST_CASE(has_no_parameters_and_stays_out_of_checkpoints) {
  const HookPoint point;
  BOOST_TEST(point->parameters().empty());
  BOOST_TEST(!point->is_serializable());
}

BOOST_AUTO_TEST_CASE(prints_its_kind) {
  std::ostringstream text;
  HookPoint(ActivationKind::leaky_relu)->pretty_print(text);
  BOOST_TEST(text.str() == "HookPoint(leaky_relu)");
}

BOOST_AUTO_TEST_CASE(is_a_module_of_a_sequential) {
  HookPoint point;
  torch::nn::Sequential sequence(torch::nn::Linear(3, 2), point);
  torch::Tensor seen;
  const HookHandle handle = point->register_forward_hook([&](const torch::Tensor& x) { seen = x; });
  const torch::Tensor y = sequence->forward(torch::ones({5, 3}));
  BOOST_TEST(seen.is_same(y));
}

BOOST_AUTO_TEST_SUITE_END()
