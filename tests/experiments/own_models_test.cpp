#include <functional>

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/linear.h>

#include <infoplane/check.hpp>

#include "support/small_run.hpp"

using namespace infoplane;
using namespace infoplane::testing;

/// What check() finds wrong with a user's own model before a run would.
namespace {

/// A network whose hidden layer is what a test makes of it.
struct VariedImpl : torch::nn::Module {
  using Change = std::function<torch::Tensor(VariedImpl&, torch::Tensor)>;

  explicit VariedImpl(Change c) : change(std::move(c)) {}
  torch::Tensor forward(torch::Tensor x) { return out(change(*this, torch::tanh(in(x)))); }

  Change change;
  torch::nn::Linear in{register_module("in", torch::nn::Linear(12, 4))};
  torch::nn::Linear out{register_module("out", torch::nn::Linear(4, 1))};
  torch::nn::BatchNorm1d norm{register_module("norm", torch::nn::BatchNorm1d(4))};
  HookPoint hidden{register_module("hidden", HookPoint(ActivationKind::tanh))};
  HookPoint other{register_module("other", HookPoint())};
};
TORCH_MODULE(Varied);

/// The answer of check() to a model: its error, else its warnings.
struct Answer {
  std::string error;
  std::vector<std::string> warnings;
};

Answer answer_to(
    const VariedImpl::Change& change, const std::vector<std::string>& settings = {},
    const std::function<void(VariedImpl&)>& prepare = [](VariedImpl&) {}) {
  Catalogue catalogue = experiments::catalogue();
  catalogue.models.add<NoOptions>(
      "varied",
      [=](const NoOptions&, const ModelContext& context) {
        const auto make = [=] {
          Varied model(change);
          prepare(*model);
          return torch::nn::AnyModule(model);
        };
        return replicate(make, context.replicas);
      },
      "a model of a test");
  Node node = parse_yaml(kSmallRun, "small.yaml");
  set_value(node, "model=varied");
  for (const std::string& setting : settings) set_value(node, setting);
  const Experiment experiment = read_experiment(node, catalogue);
  Answer answer;
  answer.error = message_of<Error>([&] { answer.warnings = check(experiment); });
  return answer;
}

torch::Tensor both(VariedImpl& m, torch::Tensor x) { return m.other(m.hidden(x)); }

const std::string kNever =
    "hook point other: never fires, so that it is not in the results: forward must pass the layer's output through it";

}  // namespace

BOOST_AUTO_TEST_SUITE(own_models)

BOOST_AUTO_TEST_CASE(a_good_model_is_accepted_without_warnings) {
  const Answer answer = answer_to(both);
  BOOST_TEST(answer.error == "");
  BOOST_TEST(answer.warnings == std::vector<std::string>{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_hook_point_that_never_fires_is_reported) {
  const auto change = [](VariedImpl& m, torch::Tensor x) { return m.hidden(x); };
  BOOST_TEST(answer_to(change).warnings == std::vector{kNever}, boost::test_tools::per_element());
  BOOST_TEST(answer_to(change, {"observe.layers=[hidden, other]"}).error ==
             "observe.layers lists 'other', a hook point that does not fire in evaluation");
  BOOST_TEST(answer_to(change, {"observe.histograms={epochs: [0], layers: [other]}"}).error ==
             "observe.histograms: unknown layer 'other'; known: hidden");
}

BOOST_AUTO_TEST_CASE(a_hook_point_that_fires_in_one_mode_is_reported) {
  const auto in_training = [](VariedImpl& m, torch::Tensor x) { return m.is_training() ? both(m, x) : m.hidden(x); };
  BOOST_TEST(answer_to(in_training).warnings ==
                 std::vector<std::string>{"hook point other: fires only in training, so that it is not in the results: "
                                          "layers are observed in evaluation"},
             boost::test_tools::per_element());
  const auto in_evaluation = [](VariedImpl& m, torch::Tensor x) { return m.is_training() ? m.hidden(x) : both(m, x); };
  BOOST_TEST(answer_to(in_evaluation).warnings ==
                 std::vector<std::string>{"hook point other: fires only in evaluation: what is observed there is not "
                                          "what is trained"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(activations_that_estimators_reject_are_refused) {
  for (const auto type : {torch::kInt64, torch::kBool, torch::kHalf}) {
    const auto change = [type](VariedImpl& m, torch::Tensor x) {
      m.other(x.to(type));
      return m.hidden(x);
    };
    const std::string error = answer_to(change).error;
    BOOST_TEST(error.rfind("layer other: activations are ", 0) == 0u, error);
    BOOST_TEST(answer_to(change, {"observe.layers=[hidden]"}).error == "");
    BOOST_TEST(answer_to(change, {"estimators=[]"}).error == "");
  }
}

BOOST_AUTO_TEST_CASE(a_first_pass_that_is_not_finite_is_refused) {
  const auto change = [](VariedImpl& m, torch::Tensor x) { return both(m, x / x.sign().abs().sub(1)); };
  BOOST_TEST(answer_to(change).error ==
             "layer hidden: the activation of sample 0, unit 0 is inf, activations must be finite");
  const auto last = [](VariedImpl& m, torch::Tensor x) { return both(m, x) * std::nan(""); };
  BOOST_TEST(answer_to(last).error == "the model's output is not finite before training, first for observed sample 0");
}

BOOST_AUTO_TEST_CASE(a_last_batch_of_one_sample_is_refused_for_batch_norm) {
  const auto change = [](VariedImpl& m, torch::Tensor x) { return both(m, m.norm(x)); };
  BOOST_TEST(answer_to(change).error == "");
  const std::string error = answer_to(change, {"training.batch_size=63"}).error;  // 3277 = 52 * 63 + 1
  BOOST_TEST(error.rfind("a training step with the last batch of an epoch, 1 sample of 3277 in batches of "
                         "training.batch_size 63, fails: Expected more than 1 value per channel when training",
                         0) == 0u,
             error);
}

BOOST_AUTO_TEST_CASE(a_frozen_model_is_refused) {
  const auto freeze = [](VariedImpl& m) {
    for (torch::Tensor& parameter : m.parameters()) parameter.set_requires_grad(false);
  };
  BOOST_TEST(answer_to(both, {}, freeze).error ==
             "the model has no parameter to train: requires_grad is false for all of them");
  const auto half = [](VariedImpl& m) { m.in->weight.set_requires_grad(false); };
  BOOST_TEST(answer_to(both, {}, half).error == "");
}

BOOST_AUTO_TEST_CASE(an_output_without_gradient_is_refused) {
  const auto detached = [](VariedImpl& m, torch::Tensor x) { return both(m, x); };
  const auto freeze_last = [](VariedImpl& m) {
    for (torch::Tensor& parameter : m.out->parameters()) parameter.set_requires_grad(false);
  };
  const auto cut = [](VariedImpl& m, torch::Tensor x) { return both(m, x).detach(); };
  BOOST_TEST(answer_to(detached, {}, freeze_last).error == "");
  const std::string error = answer_to(cut, {}, freeze_last).error;
  BOOST_TEST(
      error.rfind("a training step with the first batch fails: element 0 of tensors does not require grad", 0) == 0u,
      error);
}

BOOST_AUTO_TEST_CASE(a_check_draws_no_random_numbers_of_the_process) {
  torch::manual_seed(7);
  const torch::Tensor expected = torch::rand({3});
  torch::manual_seed(7);
  answer_to([](VariedImpl& m, torch::Tensor x) { return both(m, x + 0.01 * torch::rand_like(x)); });
  BOOST_TEST(torch::equal(torch::rand({3}), expected));
}

BOOST_AUTO_TEST_SUITE_END()
