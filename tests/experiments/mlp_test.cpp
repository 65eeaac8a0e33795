#include <infoplane/experiments/mlp.hpp>

#include <cmath>

#include <torch/nn/module.h>

#include <infoplane/capture.hpp>
#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::experiments;
using namespace infoplane::testing;

namespace {

MlpOptions options(std::vector<std::int64_t> widths = {5, 3, 1}) {
  MlpOptions o;
  o.widths = std::move(widths);
  return o;
}

torch::Tensor weight(const torch::nn::AnyModule& model, const std::string& name) {
  return model.ptr()->named_parameters()[name];
}

std::string refusal(const MlpOptions& o, std::int64_t classes) {
  return message_of<UsageError>([&] { make_mlp(o, {4, classes, ReplicaRange{}}); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mlp)

BOOST_AUTO_TEST_CASE(every_layer_is_observed_after_its_activation) {
  torch::nn::AnyModule model = make_mlp(options(), {4, 2, {1, 0, 2}});
  const Activations seen = capture(model, torch::randn({2, 30, 4}) * 3);
  BOOST_TEST(seen.layers.size() == 3u);
  const std::int64_t units[] = {5, 3, 1};
  for (int l = 0; l < 3; ++l) {
    BOOST_TEST(seen.layers[l].name == "L" + std::to_string(l + 1));
    BOOST_TEST((seen.layers[l].values.sizes() == torch::IntArrayRef({2, 30, units[l]})));
    BOOST_TEST(seen.layers[l].values.abs().max().item<float>() <= 1);
  }
  BOOST_TEST((seen.layers[0].kind == ActivationKind::tanh));
  BOOST_TEST((seen.layers[2].kind == ActivationKind::sigmoid));
  // LibTorch rounds the last elements of a tensor otherwise than the rest.
  BOOST_TEST((seen.layers[2].values - torch::sigmoid(seen.outputs)).abs().max().item<double>() < 1e-6);
}

BOOST_AUTO_TEST_CASE(computes_the_composition_of_its_layers) {
  for (const auto& [activation, function] :
       std::vector<std::pair<HiddenActivation, std::function<torch::Tensor(torch::Tensor)>>>{
           {HiddenActivation::tanh, [](torch::Tensor x) { return torch::tanh(x); }},
           {HiddenActivation::relu, [](torch::Tensor x) { return torch::relu(x); }},
           {HiddenActivation::leaky_relu, [](torch::Tensor x) { return torch::leaky_relu(x, 0.2); }},
           {HiddenActivation::sigmoid, [](torch::Tensor x) { return torch::sigmoid(x); }},
           {HiddenActivation::linear, [](torch::Tensor x) { return x; }}}) {
    MlpOptions o = options();
    o.activation = activation;
    o.slope = 0.2;
    torch::nn::AnyModule model = make_mlp(o, {4, 2, {1, 0, 2}});
    torch::Tensor x = torch::randn({2, 9, 4}), y = x;
    for (int l = 1; l <= 3; ++l) {
      const std::string name = "linear" + std::to_string(l);
      y = torch::baddbmm(weight(model, name + ".bias").unsqueeze(1), y,
                         weight(model, name + ".weight").transpose(1, 2));
      if (l < 3) y = function(y);
    }
    BOOST_TEST((model.forward<torch::Tensor>(x) - y).abs().max().item<double>() < 1e-5);
  }
}

BOOST_AUTO_TEST_CASE(softmax_outputs_are_probabilities_and_the_model_returns_logits) {
  MlpOptions o = options({5, 3});
  o.output = OutputKind::softmax;
  torch::nn::AnyModule model = make_mlp(o, {4, 3, {1, 0, 2}});
  const Activations seen = capture(model, torch::randn({2, 10, 4}));
  BOOST_TEST((seen.layers[1].kind == ActivationKind::softmax));
  BOOST_TEST(torch::allclose(seen.layers[1].values.sum(2), torch::ones({2, 10})));
  BOOST_TEST(torch::allclose(seen.layers[1].values, torch::softmax(seen.outputs, 2)));
}

BOOST_AUTO_TEST_CASE(glorot_weights_fill_their_interval_evenly_and_biases_are_zero) {
  const torch::nn::AnyModule model = make_mlp(options({200, 1}), {100, 2, {}});
  const torch::Tensor w = weight(model, "linear1.weight");
  const double bound = std::sqrt(6.0 / 300);
  BOOST_TEST(w.abs().max().item<double>() <= bound);
  // 20000 uniform draws: deviation a / sqrt(3) and mean 0, each within four standard errors.
  BOOST_TEST(std::abs(w.std().item<double>() - bound / std::sqrt(3)) < 4 * 0.45 * bound / std::sqrt(20000));
  BOOST_TEST(std::abs(w.mean().item<double>()) < 4 * bound / std::sqrt(3 * 20000.0));
  BOOST_TEST(weight(model, "linear1.bias").abs().max().item<double>() == 0);
}

BOOST_AUTO_TEST_CASE(lecun_weights_are_normal_cut_at_two_deviations) {
  MlpOptions o = options({200, 1});
  o.initialization = Initialization::lecun_truncated_normal;
  const torch::Tensor w = weight(make_mlp(o, {100, 2, {}}), "linear1.weight");
  BOOST_TEST(w.abs().max().item<double>() <= 0.2);
  // The deviation of a normal cut at two deviations is 0.8796 of its own; four standard errors of 20000 draws.
  BOOST_TEST(std::abs(w.std().item<double>() - 0.08796) < 4 * 0.08796 / std::sqrt(2 * 20000.0));
}

BOOST_AUTO_TEST_CASE(fan_out_weights_have_the_deviation_of_the_units) {
  MlpOptions o = options({400, 1});
  o.initialization = Initialization::fan_out_truncated_normal;
  const torch::nn::AnyModule model = make_mlp(o, {100, 2, {}});
  const torch::Tensor w = weight(model, "linear1.weight"), last = weight(model, "linear2.weight");
  BOOST_TEST(w.abs().max().item<double>() <= 0.1);
  BOOST_TEST(std::abs(w.std().item<double>() - 0.04398) < 4 * 0.04398 / std::sqrt(2 * 40000.0));
  BOOST_TEST(last.abs().max().item<double>() > 1);  // of 400 with deviation 1
  BOOST_TEST(last.abs().max().item<double>() <= 2);
  BOOST_TEST(weight(model, "linear1.bias").abs().max().item<double>() == 0);
}

BOOST_AUTO_TEST_CASE(torch_default_fills_weights_and_biases_up_to_one_over_root_inputs) {
  MlpOptions o = options({400, 1});
  o.initialization = Initialization::torch_default;
  const torch::nn::AnyModule model = make_mlp(o, {100, 2, {}});
  for (const char* name : {"linear1.weight", "linear1.bias"}) {
    const double largest = weight(model, name).abs().max().item<double>();
    BOOST_TEST(largest <= 0.1);
    BOOST_TEST(largest > 0.098);
  }
}

BOOST_AUTO_TEST_CASE(a_replica_starts_the_same_in_company_and_alone) {
  const torch::nn::AnyModule all = make_mlp(options(), {4, 2, {6, 0, 8}});
  const torch::nn::AnyModule one = make_mlp(options(), {4, 2, {6, 7, 1}});
  for (const auto& parameter : one.ptr()->named_parameters()) {
    BOOST_TEST(torch::equal(weight(all, parameter.key())[7], parameter.value()[0]));
  }
  BOOST_TEST(!torch::equal(weight(all, "linear1.weight")[0], weight(all, "linear1.weight")[7]));
}

BOOST_AUTO_TEST_CASE(dropout_works_on_hidden_layers_in_training_mode_alone) {
  MlpOptions o = options({50, 30, 1});
  o.keep_probability = {0.5, 1.0};
  torch::nn::AnyModule model = make_mlp(o, {4, 2, {1, 0, 1}});
  const torch::Tensor x = torch::randn({1, 20, 4});
  model.ptr()->train();
  BOOST_TEST(!torch::equal(model.forward<torch::Tensor>(x), model.forward<torch::Tensor>(x)));
  model.ptr()->eval();
  BOOST_TEST(torch::equal(model.forward<torch::Tensor>(x), model.forward<torch::Tensor>(x)));
}

BOOST_AUTO_TEST_CASE(parts_that_do_not_fit_together_are_refused) {
  BOOST_TEST(refusal(options({5, 2}), 2) ==
             "model.widths: with output sigmoid the last width must be 1 and the data set must have 2 classes, got 2 "
             "and 2 classes");
  MlpOptions softmax = options({5, 2});
  softmax.output = OutputKind::softmax;
  BOOST_TEST(refusal(softmax, 3) ==
             "model.widths: with output softmax the last width must be the number of classes, 3, got 2");
  MlpOptions dropout = options();
  dropout.keep_probability = {0.5};
  BOOST_TEST(refusal(options(std::vector<std::int64_t>(300'001, 1)), 2) ==
             "model.widths must have at most 10000 layers, got 300001");
  BOOST_TEST(refusal(dropout, 2) ==
             "model.keep_probability or dropout must have 2 values, one per hidden layer, got 1");
}

BOOST_AUTO_TEST_SUITE_END()
