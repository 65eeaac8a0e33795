#include <limits>

#include <torch/nn/module.h>

#include <infoplane/replica_chain.hpp>
#include <infoplane/schedule.hpp>
#include <infoplane/training.hpp>

#include "support/networks.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Dataset data() { return {torch::arange(80, torch::kFloat32).view({20, 4}).sin(), torch::arange(20) % 2, 2}; }

TrainingOptions options() {
  TrainingOptions options;
  options.batch_size = 4;
  options.optimizer = optimizers().choose("sgd");
  return options;
}

Trainer trainer(const TrainingOptions& options = ::options(), const Dataset& dataset = data(), std::int64_t count = 2) {
  return Trainer(replicate(make_ordinary_network, {1, 0, 2}), dataset, {1, 0, count}, options);
}

// A chain that forward does not use.
struct LyingChainImpl : torch::nn::Module, ReplicaChain {
  LyingChainImpl() { register_module("point", point); }
  torch::Tensor forward(const torch::Tensor& x) { return point(x.sum(2, true)); }
  std::vector<ReplicaLink> chain() const override { return links; }

  HookPoint point;
  std::vector<ReplicaLink> links;
};
TORCH_MODULE(LyingChain);

ReplicaLink link(std::int64_t replicas, std::int64_t inputs, std::int64_t units) {
  return {ReplicaLinear(ReplicaLinearOptions{replicas, inputs, units}), HookPoint()};
}

std::string refusal_of_chain(const std::vector<ReplicaLink>& links) {
  LyingChain chain;
  chain->links = links;
  chain->register_parameter("weight", torch::zeros({2}));
  return argument_error([&] { Trainer(torch::nn::AnyModule(chain), data(), {1, 0, 2}, options()); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(training_arguments)

BOOST_AUTO_TEST_CASE(a_data_set_without_inputs_has_no_number_of_samples) {
  BOOST_TEST(argument_error([] { Dataset().samples(); }) ==
             "Dataset::samples: inputs must be [N, D], got an undefined tensor");
  BOOST_TEST(argument_error([] { Dataset{torch::zeros({3}), {}, 2}.samples(); }) ==
             "Dataset::samples: inputs must be [N, D], got Float [3]");
}

BOOST_AUTO_TEST_CASE(a_split_is_a_share_of_samples) {
  BOOST_TEST(argument_error([] { split_samples(0, 0.5, 1); }) == "split_samples: samples must be at least 1, got 0");
  BOOST_TEST(argument_error([] { split_samples(10, kNan, 1); }) ==
             "split_samples: train_fraction must be from 0 to 1, got nan");
  BOOST_TEST(argument_error([] { split_samples(10, -0.5, 1); }) ==
             "split_samples: train_fraction must be from 0 to 1, got -0.5");
  BOOST_TEST(argument_error([] { split_samples(10, 1e300, 1); }) ==
             "split_samples: train_fraction must be from 0 to 1, got 1e+300");
}

BOOST_AUTO_TEST_CASE(schedules_refuse_negative_epochs) {
  BOOST_TEST(argument_error([] { every_schedule({}, -1); }) == "every_schedule: epochs must be at least 0, got -1");
  BOOST_TEST(argument_error([] { logarithmic_schedule({}, -1); }) ==
             "logarithmic_schedule: epochs must be at least 0, got -1");
  BOOST_TEST(argument_error([] { list_schedule({}, -1); }) == "list_schedule: epochs must be at least 0, got -1");
}

BOOST_AUTO_TEST_CASE(optimizers_refuse_what_cannot_be_trained) {
  const torch::Tensor parameter = torch::zeros({2}).requires_grad_();
  for (const std::string& name : optimizers().names()) {
    const auto make = optimizers().choose(name);
    BOOST_TEST(argument_error([&] { make({}, 0.1); }) == name + ": there must be at least one parameter");
    BOOST_TEST(argument_error([&] { make({parameter, {}}, 0.1); }) ==
               name + ": every parameter must be a tensor, got an undefined one");
    BOOST_TEST(argument_error([&] { make({parameter}, -1); }) ==
               name + ": learning_rate must be above 0 and finite, got -1");
    BOOST_TEST(argument_error([&] { make({parameter}, kNan); }) ==
               name + ": learning_rate must be above 0 and finite, got nan");
    BOOST_TEST(argument_error([&] { make({parameter}, 0.1); }) == "accepted");
  }
}

BOOST_AUTO_TEST_CASE(the_loss_refuses_labels_that_do_not_fit_the_logits) {
  const torch::Tensor logits = torch::zeros({2, 3, 4}), labels = torch::zeros({2, 3}, torch::kInt64);
  const std::vector<std::pair<std::string, std::function<void(const torch::Tensor&, const torch::Tensor&)>>> losses = {
      {"evaluate", [](const torch::Tensor& z, const torch::Tensor& y) { evaluate(z, y); }},
      {"cross_entropy_gradient", [](const torch::Tensor& z, const torch::Tensor& y) { cross_entropy_gradient(z, y); }}};
  for (const auto& [name, loss] : losses) {
    const auto said = [&, &loss = loss](const torch::Tensor& z, const torch::Tensor& y) {
      return argument_error([&] { loss(z, y); });
    };
    BOOST_TEST(said(logits, labels) == "accepted");
    BOOST_TEST(said(logits[0], labels) == name + ": logits must be floats [R, N, K], not empty, got Float [3, 4]");
    BOOST_TEST(said({}, labels) == name + ": logits must be floats [R, N, K], not empty, got an undefined tensor");
    BOOST_TEST(said(logits.to(torch::kInt64), labels) ==
               name + ": logits must be floats [R, N, K], not empty, got Long [2, 3, 4]");
    BOOST_TEST(said(logits.slice(1, 0, 0), labels.slice(1, 0, 0)) ==
               name + ": logits must be floats [R, N, K], not empty, got Float [2, 0, 4]");
    const std::string fit = name + ": labels must be int64 [2, 3], one for each of the logits Float [2, 3, 4], got ";
    BOOST_TEST(said(logits, labels.slice(1, 0, 2)) == fit + "Long [2, 2]");
    BOOST_TEST(said(logits, labels.to(torch::kFloat32)) == fit + "Float [2, 3]");
    BOOST_TEST(said(logits, {}) == fit + "an undefined tensor");
    BOOST_TEST(said(logits, labels + 4) == name + ": every label must be from 0 to 3, got 4");
    BOOST_TEST(said(logits, labels - 1) == name + ": every label must be from 0 to 3, got -1");
    BOOST_TEST(said(logits.slice(2, 0, 1), labels + 2) == name + ": every label must be from 0 to 1, got 2");
  }
}

BOOST_AUTO_TEST_CASE(a_trainer_refuses_what_cannot_be_trained) {
  BOOST_TEST(argument_error([] { Trainer({}, data(), {1, 0, 2}, options()); }) ==
             "Trainer: model must hold a module, got an empty AnyModule");
  BOOST_TEST(argument_error([] { trainer(options(), data(), 0); }) ==
             "Trainer: replicas.count must be at least 1, got 0");
  TrainingOptions none = options();
  none.optimizer = {};
  BOOST_TEST(argument_error([&] { trainer(none); }) == "Trainer: options.optimizer must be chosen");
  TrainingOptions negative = options();
  negative.batch_size = -1;
  BOOST_TEST(argument_error([&] { trainer(negative); }) == "Trainer: options.batch_size must be at least 0, got -1");
  Dataset wrong = data();
  wrong.labels[3] = 2;
  BOOST_TEST(message_of<Error>([&] { trainer(options(), wrong); }) ==
             "data set: the label of sample 3 is 2, labels must be in 0..1");
}

BOOST_AUTO_TEST_CASE(a_trainer_refuses_samples_that_it_does_not_have) {
  Trainer trained = trainer();
  const torch::Tensor indices = torch::zeros({2, 3}, torch::kInt64);
  for (const auto& [name, take] : std::vector<std::pair<std::string, std::function<void(const torch::Tensor&)>>>{
           {"Trainer::inputs", [&](const torch::Tensor& i) { trained.inputs(i); }},
           {"Trainer::labels", [&](const torch::Tensor& i) { trained.labels(i); }}}) {
    const auto said = [&, &take = take](const torch::Tensor& i) { return argument_error([&] { take(i); }); };
    BOOST_TEST(said(indices) == "accepted");
    BOOST_TEST(said(indices + 20) == name + ": every index must be from 0 to 19, got 20");
    BOOST_TEST(said(indices - 1) == name + ": every index must be from 0 to 19, got -1");
    BOOST_TEST(said(indices[0]) == name + ": indices must be int64 [R, n], got Long [3]");
    BOOST_TEST(said(indices.to(torch::kInt32)) == name + ": indices must be int64 [R, n], got Int [2, 3]");
    BOOST_TEST(said({}) == name + ": indices must be int64 [R, n], got an undefined tensor");
  }
}

BOOST_AUTO_TEST_CASE(a_state_is_of_a_step) {
  Trainer trained = trainer();
  const NamedTensors state = trained.state();
  BOOST_TEST(argument_error([&] { trained.restore(state, -1); }) ==
             "Trainer::restore: step must be at least 0, got -1");
  NamedTensors undefined = state;
  undefined.begin()->second = torch::Tensor();
  BOOST_TEST(message_of<UsageError>([&] { trained.restore(undefined, 0); }).find("got an undefined tensor") !=
             std::string::npos);
}

// The steps along a chain take pointers to its weights.
BOOST_AUTO_TEST_CASE(a_chain_that_is_not_the_model_is_refused) {
  BOOST_TEST(refusal_of_chain({}) == "ReplicaChain::chain: there must be at least one layer");
  BOOST_TEST(refusal_of_chain({link(2, 4, 1)}) == "accepted");
  BOOST_TEST(refusal_of_chain({link(2, 4, 3), link(2, 3, 1)}) == "accepted");
  BOOST_TEST(refusal_of_chain({link(1, 4, 1)}) ==
             "ReplicaChain::chain: the weight of layer 0 must be [2, 1, 4], got Float [1, 1, 4]");
  BOOST_TEST(refusal_of_chain({link(2, 5, 1)}) ==
             "ReplicaChain::chain: the weight of layer 0 must be [2, 1, 4], got Float [2, 1, 5]");
  BOOST_TEST(refusal_of_chain({link(2, 4, 3), link(2, 2, 1)}) ==
             "ReplicaChain::chain: the weight of layer 1 must be [2, 1, 3], got Float [2, 1, 2]");
  BOOST_TEST(refusal_of_chain({link(2, 4, 2)}) ==
             "ReplicaChain::chain: the weight of layer 0 must be [2, 1, 4], got Float [2, 2, 4]");
  ReplicaLink biased = link(2, 4, 1);
  biased.linear->bias = torch::zeros({1, 1});
  BOOST_TEST(refusal_of_chain({biased}) == "ReplicaChain::chain: the bias of layer 0 must be [2, 1], got Float [1, 1]");
  ReplicaLink dropped = link(2, 4, 1);
  dropped.dropout = ReplicaDropout(0.5, ReplicaRange{1, 0, 2}, 0);
  BOOST_TEST(refusal_of_chain({dropped}) == "ReplicaChain::chain: the last layer must not have dropout");
  ReplicaLink empty = link(2, 4, 1);
  empty.linear = ReplicaLinear(nullptr);
  BOOST_TEST(refusal_of_chain({empty}) == "ReplicaChain::chain: every layer must have a ReplicaLinear and a HookPoint");
}

BOOST_AUTO_TEST_SUITE_END()
