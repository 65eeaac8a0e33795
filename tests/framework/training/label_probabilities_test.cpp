#include <algorithm>
#include <cmath>
#include <functional>

#include <torch/nn/functional/loss.h>
#include <torch/nn/init.h>
#include <torch/nn/module.h>

#include <infoplane/capture.hpp>
#include <infoplane/error.hpp>
#include <infoplane/training.hpp>

#include "support/networks.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

torch::Tensor probabilities_of(std::int64_t samples, std::int64_t classes) {
  const torch::Tensor z = torch::arange(samples * classes, torch::kFloat64).view({samples, classes}).mul(7).sin();
  return torch::softmax(2 * z, 1);
}

Dataset uncertain(std::int64_t samples = 60, std::int64_t classes = 2) {
  const torch::Tensor x = torch::arange(samples * 4, torch::kFloat32).view({samples, 4}).sin();
  return {x, (x.sum(1) > 0).to(torch::kInt64), classes, probabilities_of(samples, classes)};
}

Dataset good() {
  Dataset dataset{torch::ones({3, 2}), torch::tensor({0, 1, 1}, torch::kInt64), 2};
  dataset.label_probabilities = torch::tensor({{0.75, 0.25}, {0.0, 1.0}, {0.5, 0.5}}, torch::kFloat64);
  return dataset;
}

std::string refusal(const std::function<void(Dataset&)>& spoil) {
  Dataset dataset = good();
  spoil(dataset);
  return message_of<Error>([&] { validate(dataset); });
}

TrainingOptions options(TrainingLabels labels, const std::string& optimizer = "sgd") {
  TrainingOptions o;
  o.learning_rate = 0.1;
  o.batch_size = 16;
  o.optimizer = optimizers().choose(optimizer);
  o.labels = labels;
  return o;
}

Trainer trainer(const ReplicaRange& replicas, const TrainingOptions& o, const Dataset& dataset = uncertain()) {
  return Trainer(replicate(make_ordinary_network, replicas), dataset, replicas, o);
}

bool equal(const NamedTensors& a, const NamedTensors& b) {
  return a.size() == b.size() &&
         std::all_of(a.begin(), a.end(), [&](const auto& item) { return torch::equal(item.second, b.at(item.first)); });
}

torch::Tensor weight(Trainer& trainer, std::int64_t replica) {
  return trainer.model().ptr()->named_parameters()["replicas." + std::to_string(replica) + ".fc3.weight"];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(label_probabilities)

BOOST_AUTO_TEST_CASE(a_data_set_with_probabilities_is_checked) {
  BOOST_TEST(refusal([](Dataset&) {}) == "");
  BOOST_TEST(refusal([](Dataset& d) { d.label_probabilities = torch::ones({3, 2}); }) ==
             "data set: label probabilities must be Double [3, 2], got Float [3, 2]");
  BOOST_TEST(refusal([](Dataset& d) { d.label_probabilities = torch::ones({3, 3}, torch::kFloat64); }) ==
             "data set: label probabilities must be Double [3, 2], got Double [3, 3]");
  BOOST_TEST(refusal([](Dataset& d) { d.label_probabilities[2][0] = 0.6; }) ==
             "data set: the label probabilities of sample 2 have the sum 1.1, they must have the sum 1");
  BOOST_TEST(refusal([](Dataset& d) { d.label_probabilities[2][0] = -0.5; }) ==
             "data set: the probability of label 0 of sample 2 is -0.5, it must be from 0 to 1");
  BOOST_TEST(refusal([](Dataset& d) { d.label_probabilities[0][1] = NAN; }) ==
             "data set: the probability of label 1 of sample 0 is nan, it must be from 0 to 1");
  BOOST_TEST(refusal([](Dataset& d) { d.labels[1] = 0; }) ==
             "data set: the label of sample 1 is 0, which has probability 0");
}

BOOST_AUTO_TEST_CASE(the_loss_is_the_mean_of_the_labels_losses) {
  for (const std::int64_t columns : {1, 3}) {
    const std::int64_t classes = std::max<std::int64_t>(2, columns);
    const torch::Tensor z = torch::randn({2, 30, columns}, torch::kFloat64) * 5;
    const torch::Tensor p = probabilities_of(60, classes).view({2, 30, classes});
    torch::Tensor expected = torch::zeros({2}, torch::kFloat64);
    const torch::Tensor likely = columns == 1 ? torch::cat({-z, z}, 2) / 2 : z;  // a sigmoid is a softmax of -z/2, z/2
    for (int r = 0; r < 2; ++r) expected[r] = -(p[r] * torch::log_softmax(likely[r], 1)).sum() / 30;
    const torch::Tensor labels = torch::zeros({2, 30}, torch::kInt64);
    const Evaluation evaluation = evaluate(z, labels, Loss::cross_entropy, p);
    BOOST_TEST((evaluation.loss - expected).abs().max().item<double>() < 1e-12);
    BOOST_TEST(torch::equal(evaluation.accuracy, evaluate(z, labels).accuracy));
    const torch::Tensor certain = torch::one_hot(labels, classes).to(torch::kFloat64);
    BOOST_TEST(torch::equal(evaluate(z, labels, Loss::cross_entropy, certain).loss, evaluate(z, labels).loss));
  }
}

BOOST_AUTO_TEST_CASE(a_probability_of_zero_adds_nothing_to_the_loss_however_large_the_logit) {
  const torch::Tensor z = torch::full({1, 1, 1}, INFINITY), y = torch::ones({1, 1}, torch::kInt64);
  BOOST_TEST(evaluate(z, y, Loss::cross_entropy, torch::tensor({{{0.0, 1.0}}}, torch::kFloat64)).loss.item<double>() ==
             0.0);
}

BOOST_AUTO_TEST_CASE(the_gradient_is_autograds_of_the_loss_with_targets) {
  namespace F = torch::nn::functional;
  for (const std::int64_t columns : {1, 2, 4}) {
    const torch::Tensor z = (torch::randn({3, 21, columns}) * 4).requires_grad_();
    const torch::Tensor p = columns == 1 ? torch::rand({3, 21, 1}) : torch::softmax(torch::randn({3, 21, columns}), 2);
    torch::Tensor loss = torch::zeros({});
    for (int r = 0; r < 3; ++r) {
      loss = loss + (columns == 1 ? F::binary_cross_entropy_with_logits(z[r], p[r])
                                  : -(p[r] * torch::log_softmax(z[r], 1)).sum() / 21);
    }
    loss.backward();
    // Single precision: probabilities below 1 divided by 21.
    BOOST_TEST((soft_cross_entropy_gradient(z, p) - z.grad()).abs().max().item<double>() < 1e-7);
    const torch::Tensor in_double = soft_cross_entropy_gradient(z.to(torch::kFloat64), p.to(torch::kFloat64));
    BOOST_TEST((in_double - z.grad()).abs().max().item<double>() < 1e-7);
    const torch::Tensor y = torch::randint(0, std::max<std::int64_t>(2, columns), {3, 21}, torch::kInt64);
    const torch::Tensor certain = columns == 1 ? y.unsqueeze(2) : torch::one_hot(y, columns);
    BOOST_TEST(torch::equal(soft_cross_entropy_gradient(z, certain.to(torch::kFloat32)), cross_entropy_gradient(z, y)));
  }
}

BOOST_AUTO_TEST_CASE(targets_and_probabilities_that_do_not_fit_the_logits_are_refused) {
  const torch::Tensor z = torch::zeros({2, 3, 1}), y = torch::zeros({2, 3}, torch::kInt64);
  BOOST_TEST(argument_error([&] { soft_cross_entropy_gradient(z, torch::zeros({2, 3, 2})); }) ==
             "soft_cross_entropy_gradient: targets must be like the logits, Float [2, 3, 1], got Float [2, 3, 2]");
  BOOST_TEST(argument_error([&] { soft_cross_entropy_gradient(z, z.to(torch::kFloat64)); }) ==
             "soft_cross_entropy_gradient: targets must be like the logits, Float [2, 3, 1], got Double [2, 3, 1]");
  BOOST_TEST(argument_error([&] { soft_cross_entropy_gradient(z[0], z[0]); }) ==
             "soft_cross_entropy_gradient: logits must be floats [R, N, K], not empty, got Float [3, 1]");
  BOOST_TEST(argument_error([&] { evaluate(z, y, Loss::cross_entropy, torch::zeros({2, 3, 1}, torch::kFloat64)); }) ==
             "evaluate: probabilities must be Double [2, 3, 2] for the logits Float [2, 3, 1], got Double [2, 3, 1]");
  BOOST_TEST(argument_error([&] { evaluate(z, y, Loss::cross_entropy, torch::zeros({2, 3, 2})); }) ==
             "evaluate: probabilities must be Double [2, 3, 2] for the logits Float [2, 3, 1], got Float [2, 3, 2]");
}

BOOST_AUTO_TEST_CASE(certain_probabilities_train_as_their_labels_do) {
  Dataset certain = uncertain();
  certain.label_probabilities = torch::one_hot(certain.labels, 2).to(torch::kFloat64);
  const ReplicaRange two{3, 0, 2};
  for (const char* optimizer : {"sgd", "adam"}) {
    Trainer by_labels = trainer(two, options(TrainingLabels::drawn, optimizer), certain);
    for (const TrainingLabels labels : {TrainingLabels::redrawn, TrainingLabels::probabilities}) {
      Trainer other = trainer(two, options(labels, optimizer), certain);
      by_labels.train_until(9);
      other.train_until(9);
      BOOST_TEST(equal(by_labels.state(), other.state()));
    }
  }
}

BOOST_AUTO_TEST_CASE(other_targets_train_another_network) {
  const ReplicaRange one{3, 0, 1};
  std::vector<torch::Tensor> ends;
  for (const TrainingLabels labels : {TrainingLabels::drawn, TrainingLabels::redrawn, TrainingLabels::probabilities}) {
    Trainer t = trainer(one, options(labels));
    t.train_until(9);
    for (const torch::Tensor& other : ends) BOOST_TEST(!torch::equal(weight(t, 0), other));
    ends.push_back(weight(t, 0).clone());
  }
}

// The weights after a step of full-batch descent are linear in the labels, so their mean over epochs of redrawn labels
// is that of the probabilities: each first step of a replica draws its own.
BOOST_AUTO_TEST_CASE(redrawn_labels_have_their_probabilities) {
  constexpr std::int64_t kReplicas = 400;
  const torch::Tensor x = torch::eye(4).repeat({8, 1});
  Dataset dataset{x, torch::zeros({32}, torch::kInt64), 2};
  const torch::Tensor p = torch::tensor({0.1, 0.5, 0.8, 0.97}, torch::kFloat64).repeat(8);
  dataset.label_probabilities = torch::stack({1 - p, p}, 1);
  const ReplicaRange replicas{1, 0, kReplicas};
  const auto linear = [] {
    torch::nn::Sequential network(torch::nn::Linear(torch::nn::LinearOptions(4, 1).bias(false)), HookPoint());
    torch::nn::init::zeros_(network->parameters()[0]);
    return network;
  };
  TrainingOptions o = options(TrainingLabels::redrawn);
  o.batch_size = 0;
  o.train_fraction = 0.97;  // 31 of 32
  Trainer t(replicate(linear, replicas), dataset, replicas, o);
  t.train_until(1);
  // From zero weights the step of w_j is 0.1 (ones - zeros) / 2 / 31 over the samples of input j.
  torch::Tensor ones = torch::zeros({4}, torch::kFloat64), all = torch::zeros({4}, torch::kFloat64);
  for (std::int64_t r = 0; r < kReplicas; ++r) {
    const torch::Tensor seen = x.index_select(0, t.train_samples()[r]).sum(0).to(torch::kFloat64);
    const torch::Tensor step = t.model().ptr()->parameters()[r][0].to(torch::kFloat64) * 620;
    ones += (step + seen) / 2;
    all += seen;
  }
  const torch::Tensor first = t.model().ptr()->parameters()[0].clone();
  t.train_until(2);
  // The second step is nearly as large for the same labels, since the weights have hardly moved.
  BOOST_TEST((t.model().ptr()->parameters()[0] - 2 * first).abs().max().item<double>() > 0.005,
             "the same labels again");
  const torch::Tensor expected = p.narrow(0, 0, 4), share = ones / all;
  // Some 3100 draws of each: four standard deviations.
  BOOST_TEST(((share - expected).abs() < 4 * (expected * (1 - expected) / 3100).sqrt()).all().item<bool>(),
             c10::str(share));
}

BOOST_AUTO_TEST_CASE(redrawn_labels_are_the_replicas_own_wherever_it_trains) {
  Trainer all = trainer({4, 0, 3}, options(TrainingLabels::redrawn)),
          part = trainer({4, 2, 1}, options(TrainingLabels::redrawn));
  all.train_until(7);
  part.train_until(7);
  BOOST_TEST(torch::equal(weight(all, 2), weight(part, 0)));
}

BOOST_AUTO_TEST_CASE(training_on_redrawn_labels_goes_on_from_a_state_as_if_it_had_not_stopped) {
  const ReplicaRange two{5, 0, 2};
  for (const std::int64_t stop : {0, 4, 6}) {
    Trainer whole = trainer(two, options(TrainingLabels::redrawn)),
            first = trainer(two, options(TrainingLabels::redrawn));
    whole.train_until(11);
    first.train_until(stop);
    Trainer resumed = trainer(two, options(TrainingLabels::redrawn));
    resumed.restore(first.state(), stop);
    resumed.train_until(11);
    BOOST_TEST(equal(resumed.state(), whole.state()));
  }
}

BOOST_AUTO_TEST_CASE(probabilities_come_with_their_samples_and_with_the_loss_unless_it_is_of_the_drawn_labels) {
  const Dataset dataset = uncertain();
  const torch::Tensor indices = torch::tensor({{3, 0}, {59, 7}}, torch::kInt64);
  for (const TrainingLabels labels : {TrainingLabels::drawn, TrainingLabels::redrawn, TrainingLabels::probabilities}) {
    Trainer t = trainer({1, 0, 2}, options(labels), dataset);
    BOOST_TEST((t.label_probabilities(indices).sizes() == torch::IntArrayRef({2, 2, 2})));
    BOOST_TEST(torch::equal(t.label_probabilities(indices)[1][0], dataset.label_probabilities[59]));
    BOOST_TEST(t.loss_probabilities(indices).defined() == (labels != TrainingLabels::drawn));
  }
}

BOOST_AUTO_TEST_CASE(labels_of_a_data_set_without_probabilities_can_only_be_those_drawn) {
  Dataset plain = uncertain();
  plain.label_probabilities = torch::Tensor();
  const auto said = [&](TrainingLabels labels) {
    return message_of<UsageError>([&] { trainer({1, 0, 1}, options(labels), plain); });
  };
  BOOST_TEST(said(TrainingLabels::drawn) == "");
  BOOST_TEST(said(TrainingLabels::redrawn) ==
             "training.labels is redrawn, but the data set has no label probabilities: it must be drawn");
  BOOST_TEST(said(TrainingLabels::probabilities) ==
             "training.labels is probabilities, but the data set has no label probabilities: it must be drawn");
  TrainingOptions quadratic = options(TrainingLabels::probabilities);
  quadratic.loss = Loss::quadratic;
  BOOST_TEST(message_of<UsageError>([&] { trainer({1, 0, 1}, quadratic, uncertain()); }) ==
             "training.labels is probabilities, but training.loss is quadratic: it must be drawn");
  Trainer t = trainer({1, 0, 1}, options(TrainingLabels::drawn), plain);
  BOOST_TEST(!t.label_probabilities(torch::zeros({1, 1}, torch::kInt64)).defined());
}

BOOST_AUTO_TEST_SUITE_END()
