#include <infoplane/training.hpp>

#include <cmath>
#include <functional>

#include <torch/nn/functional/loss.h>
#include <torch/nn/module.h>

#include <infoplane/capture.hpp>

#include "support/networks.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace F = torch::nn::functional;

namespace {

Dataset points(std::int64_t samples = 60) {
  const torch::Tensor x = torch::arange(samples * 4, torch::kFloat32).view({samples, 4}).sin();
  return {x, (x.sum(1) > 0).to(torch::kInt64), 2};
}

TrainingOptions options(const std::string& optimizer = "sgd", double learning_rate = 0.1) {
  TrainingOptions o;
  o.learning_rate = learning_rate;
  o.batch_size = 16;
  o.optimizer = optimizers().choose(optimizer);
  return o;
}

Trainer trainer(const ReplicaRange& replicas, const TrainingOptions& o, const Dataset& dataset = points()) {
  return Trainer(replicate(make_ordinary_network, replicas), dataset, replicas, o);
}

std::vector<torch::Tensor> weights(Trainer& trainer) { return trainer.model().ptr()->parameters(); }

bool equal(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!torch::equal(a[i], b[i])) return false;
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(training)

BOOST_AUTO_TEST_CASE(the_loss_is_torchs_binary_cross_entropy_of_each_replica) {
  const torch::Tensor z = torch::randn({3, 50, 1}) * 5;
  const torch::Tensor y = torch::randint(0, 2, {3, 50}, torch::kInt64);
  const Evaluation evaluation = evaluate(z, y);
  for (int r = 0; r < 3; ++r) {
    const double expected =
        F::binary_cross_entropy_with_logits(z[r].squeeze(1).to(torch::kFloat64), y[r].to(torch::kFloat64))
            .item<double>();
    BOOST_TEST(std::abs(evaluation.loss[r].item<double>() - expected) < 1e-12);
  }
}

BOOST_AUTO_TEST_CASE(the_loss_is_torchs_cross_entropy_of_each_replica) {
  const torch::Tensor z = torch::randn({2, 40, 5}) * 5;
  const torch::Tensor y = torch::randint(0, 5, {2, 40}, torch::kInt64);
  const Evaluation evaluation = evaluate(z, y);
  for (int r = 0; r < 2; ++r) {
    BOOST_TEST(std::abs(evaluation.loss[r].item<double>() -
                        F::cross_entropy(z[r].to(torch::kFloat64), y[r]).item<double>()) < 1e-12);
  }
}

BOOST_AUTO_TEST_CASE(accuracy_counts_a_logit_above_zero_as_one_and_the_first_largest_of_several) {
  const torch::Tensor binary = torch::tensor({-1.0f, 0.0f, 2.0f, 3.0f}).view({1, 4, 1});
  BOOST_TEST(evaluate(binary, torch::tensor({{0, 0, 1, 0}}, torch::kInt64)).accuracy.item<double>() == 0.75);
  const torch::Tensor several = torch::tensor({1.0f, 1.0f, 0.0f, 0.0f, 2.0f, 5.0f}).view({1, 2, 3});
  BOOST_TEST(evaluate(several, torch::tensor({{0, 2}}, torch::kInt64)).accuracy.item<double>() == 1.0);
  BOOST_TEST(evaluate(several, torch::tensor({{1, 2}}, torch::kInt64)).accuracy.item<double>() == 0.5);
}

BOOST_AUTO_TEST_CASE(the_loss_of_confident_logits_neither_overflows_nor_rounds_away) {
  const torch::Tensor z = torch::tensor({1000.0f, -1000.0f}).view({1, 2, 1});
  BOOST_TEST(evaluate(z, torch::tensor({{1, 0}}, torch::kInt64)).loss.item<double>() == 0.0);
  BOOST_TEST(evaluate(z, torch::tensor({{0, 1}}, torch::kInt64)).loss.item<double>() == 1000.0);
}

BOOST_AUTO_TEST_CASE(a_logit_that_is_nan_makes_the_loss_nan) {
  const torch::Tensor labels = torch::tensor({{0, 1}}, torch::kInt64);
  BOOST_TEST(std::isnan(evaluate(torch::full({1, 2, 1}, NAN), labels).loss.item<double>()));
  BOOST_TEST(std::isnan(evaluate(torch::full({1, 2, 3}, NAN), labels).loss.item<double>()));
}

BOOST_AUTO_TEST_CASE(the_gradient_is_autograds_of_the_mean_loss_summed_over_replicas) {
  for (const std::int64_t columns : {1, 2, 4}) {
    const torch::Tensor z = (torch::randn({3, 21, columns}) * 4).requires_grad_();
    const torch::Tensor y = torch::randint(0, std::max<std::int64_t>(2, columns), {3, 21}, torch::kInt64);
    torch::Tensor loss = torch::zeros({});
    for (int r = 0; r < 3; ++r) {
      loss = loss + (columns == 1 ? F::binary_cross_entropy_with_logits(z[r].squeeze(1), y[r].to(torch::kFloat32))
                                  : F::cross_entropy(z[r], y[r]));
    }
    loss.backward();
    // Single precision: probabilities below 1 divided by 21.
    BOOST_TEST((cross_entropy_gradient(z, y) - z.grad()).abs().max().item<double>() < 1e-7);
    BOOST_TEST((cross_entropy_gradient(z.to(torch::kFloat64), y) - z.grad()).abs().max().item<double>() < 1e-7);
  }
}

BOOST_AUTO_TEST_CASE(an_epoch_of_full_batch_descent_is_one_step_of_torchs_own) {
  TrainingOptions o = options();
  o.batch_size = 0;
  const Dataset dataset = points();
  const auto without_dropout = [] {
    OrdinaryNetwork network;
    network->dropout->options.p(0);
    return torch::nn::AnyModule(network);
  };
  const ReplicaRange one{3, 0, 1};
  Trainer ours(replicate(without_dropout, one), dataset, one, o);
  torch::nn::AnyModule model = replicate(without_dropout, one);
  const torch::Tensor x = dataset.inputs.index_select(0, ours.train_samples()[0]);
  const torch::Tensor y = dataset.labels.index_select(0, ours.train_samples()[0]).to(torch::kFloat32);
  F::binary_cross_entropy_with_logits(model.forward<torch::Tensor>(x.unsqueeze(0)).flatten(), y).backward();
  ours.train_epoch();
  for (std::size_t i = 0; i < weights(ours).size(); ++i) {
    const torch::Tensor parameter = model.ptr()->parameters()[i];
    // One step in single precision, its sums in another order.
    BOOST_TEST((parameter - 0.1 * parameter.grad() - weights(ours)[i]).abs().max().item<double>() < 1e-6);
  }
}

BOOST_AUTO_TEST_CASE(training_lowers_the_loss_and_learns_the_labels) {
  Trainer t = trainer({1, 0, 2}, options("adam", 0.02));
  const auto loss = [&] {
    t.model().ptr()->eval();
    return evaluate(t.model().forward<torch::Tensor>(t.inputs(t.train_samples())), t.labels(t.train_samples()));
  };
  const double before = loss().loss.max().item<double>();
  for (int epoch = 0; epoch < 60; ++epoch) t.train_epoch();
  BOOST_TEST(loss().loss.max().item<double>() < before / 2);
  BOOST_TEST(loss().accuracy.min().item<double>() > 0.9);
  BOOST_TEST(t.epoch() == 60);
}

BOOST_AUTO_TEST_CASE(each_replica_may_have_samples_of_its_own) {
  Dataset dataset = points();
  dataset.redraw = [](std::uint64_t seed) {
    Dataset own = points();
    own.inputs = own.inputs + static_cast<float>(seed % 97);
    own.labels = (own.inputs.sum(1) > 200).to(torch::kInt64);
    return own;
  };
  const ReplicaRange replicas{5, 0, 3};
  Trainer t = trainer(replicas, options(), dataset);
  const torch::Tensor all = t.all_samples();
  for (std::int64_t r = 0; r < 3; ++r) {
    const Dataset own = dataset.redraw(replicas.stream(r, Purpose::dataset));
    BOOST_TEST(torch::equal(t.inputs(all)[r], own.inputs));
    BOOST_TEST(torch::equal(t.labels(all)[r], own.labels));
    const Split split = split_samples(60, 0.8, replicas.stream(r, Purpose::split));
    BOOST_TEST(torch::equal(t.inputs(t.test_samples())[r], own.inputs.index_select(0, split.test)));
  }
  BOOST_TEST(!torch::equal(t.inputs(all)[0], t.inputs(all)[1]));
  Trainer alone = trainer({5, 2, 1}, options(), dataset);
  t.train_epoch();
  alone.train_epoch();
  BOOST_TEST(torch::equal(alone.inputs(alone.train_samples())[0], t.inputs(t.train_samples())[2]));
}

BOOST_AUTO_TEST_CASE(without_new_samples_all_replicas_have_those_of_the_data_set) {
  const Dataset dataset = points();
  Trainer t = trainer({5, 0, 2}, options(), dataset);
  for (std::int64_t r = 0; r < 2; ++r) BOOST_TEST(torch::equal(t.inputs(t.all_samples())[r], dataset.inputs));
}

BOOST_AUTO_TEST_CASE(new_samples_of_another_size_are_refused) {
  Dataset dataset = points();
  dataset.redraw = [](std::uint64_t) { return points(59); };
  BOOST_TEST(message_of<Error>([&] { trainer({5, 0, 2}, options(), dataset); }) ==
             "data set: every replica must have as many samples, columns and classes");
}

BOOST_AUTO_TEST_CASE(capture_leaves_training_unchanged_bit_for_bit) {
  for (const std::string& optimizer : optimizers().names()) {
    Trainer plain = trainer({1, 0, 3}, options(optimizer)), watched = trainer({1, 0, 3}, options(optimizer));
    for (int epoch = 0; epoch < 5; ++epoch) {
      plain.train_epoch();
      capture(watched.model(), watched.inputs(watched.test_samples()));
      watched.train_epoch();
      capture(watched.model(), watched.inputs(watched.test_samples()), 5);
    }
    BOOST_TEST(equal(weights(plain), weights(watched)));
  }
}

BOOST_AUTO_TEST_CASE(a_replica_trains_the_same_in_company_and_alone) {
  const Dataset dataset = points();
  Trainer all = trainer({4, 0, 3}, options()), one = trainer({4, 2, 1}, options());
  BOOST_TEST(torch::equal(all.test_samples()[2], one.test_samples()[0]));
  for (int epoch = 0; epoch < 4; ++epoch) {
    all.train_epoch();
    one.train_epoch();
  }
  const auto together = weights(all);
  const std::size_t each = weights(one).size();
  BOOST_TEST(equal(weights(one), {together.begin() + 2 * each, together.end()}));
}

BOOST_AUTO_TEST_CASE(replicas_have_splits_of_their_own) {
  Trainer t = trainer({1, 0, 2}, options());
  BOOST_TEST(!torch::equal(t.test_samples()[0], t.test_samples()[1]));
  BOOST_TEST((t.test_samples().sizes() == torch::IntArrayRef({2, 12})));
  BOOST_TEST((t.train_samples().sizes() == torch::IntArrayRef({2, 48})));
}

BOOST_AUTO_TEST_CASE(inputs_and_labels_are_those_of_the_samples) {
  const Dataset dataset = points();
  Trainer t = trainer({1, 0, 2}, options(), dataset);
  const torch::Tensor indices = torch::tensor({{3, 0}, {59, 7}}, torch::kInt64);
  BOOST_TEST(torch::equal(t.inputs(indices)[1][0], dataset.inputs[59]));
  BOOST_TEST(torch::equal(t.inputs(indices)[0][1], dataset.inputs[0]));
  BOOST_TEST(t.labels(indices)[1][1].item<std::int64_t>() == dataset.labels[7].item<std::int64_t>());
}

BOOST_AUTO_TEST_CASE(a_batch_above_the_training_split_is_refused) {
  TrainingOptions o = options();
  o.batch_size = 49;
  BOOST_TEST(message_of<UsageError>([&] { trainer({1, 0, 1}, o); }) ==
             "training.batch_size must be at most the number of training samples, 48, got 49");
}

BOOST_AUTO_TEST_CASE(logits_of_another_shape_are_refused) {
  Dataset dataset = points();
  dataset.classes = 3;
  BOOST_TEST(message_of<UsageError>([&] { trainer({1, 0, 2}, options(), dataset); }) ==
             "the model returns logits of shape [2, 1, 1] for [2, 1, 4], they must be [2, 1, 3]");
}

BOOST_AUTO_TEST_CASE(a_loss_that_diverges_names_replica_epoch_and_layer) {
  Trainer t = trainer({1, 4, 2}, options("sgd", 1e30));
  std::string message;
  std::int64_t replica = -1, epoch = -1;
  try {
    for (int i = 0; i < 20; ++i) t.train_epoch();
  } catch (const NonFiniteLoss& loss) {
    message = loss.what();
    replica = loss.replica;
    epoch = loss.epoch;
  }
  BOOST_TEST((replica == 4 || replica == 5));
  BOOST_TEST(epoch == t.epoch());
  const std::string head = "replica " + std::to_string(replica) + ", epoch " + std::to_string(epoch) +
                           ": the loss is no longer finite, beginning in layer h";
  BOOST_TEST(message.rfind(head, 0) == 0);
  BOOST_TEST(message.substr(head.size() + 1) == ": try a smaller training.learning_rate");
}

BOOST_AUTO_TEST_CASE(training_until_a_step_stops_there_even_within_an_epoch) {
  const ReplicaRange two{5, 0, 2};
  Trainer whole = trainer(two, options()), parts = trainer(two, options());
  BOOST_TEST(whole.steps_per_epoch() == 3);  // 48 training samples, batches of 16
  whole.train_epoch();
  whole.train_epoch();
  for (const std::int64_t step : {0, 1, 2, 5, 5, 6}) {
    parts.train_until(step);
    BOOST_TEST(parts.step() == step);
    BOOST_TEST(parts.epoch() == step / 3);
  }
  BOOST_TEST(equal(weights(parts), weights(whole)));
}

BOOST_AUTO_TEST_CASE(training_goes_on_from_a_state_as_if_it_had_not_stopped) {
  for (const char* optimizer : {"sgd", "momentum", "adam"}) {
    for (const std::int64_t stop : {0, 4, 6}) {
      BOOST_TEST_CONTEXT(optimizer << " stopped after step " << stop) {
        const ReplicaRange two{5, 0, 2};
        Trainer whole = trainer(two, options(optimizer, 0.01)), first = trainer(two, options(optimizer, 0.01));
        whole.train_until(11);
        first.train_until(stop);
        Trainer second = trainer({9, 0, 2}, options(optimizer, 0.01));  // other weights, to be replaced
        BOOST_TEST(!equal(weights(second), weights(first)));
        Trainer resumed = trainer(two, options(optimizer, 0.01));
        const NamedTensors state = first.state();
        first.train_until(11);  // a state is a copy
        resumed.restore(state, stop);
        resumed.train_until(11);
        BOOST_TEST(equal(weights(resumed), weights(whole)));
        BOOST_TEST(equal(weights(first), weights(whole)));
        second.restore(state, stop);
        BOOST_TEST(second.step() == stop);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_state_names_what_the_optimizer_keeps) {
  Trainer t = trainer({5, 0, 1}, options("adam"));
  BOOST_TEST(t.state().count("optimizer.replicas.0.fc3.weight.exp_avg") == 0u);
  t.train_until(2);
  const NamedTensors state = t.state();
  BOOST_TEST(state.at("optimizer.replicas.0.fc3.weight.step").item<std::int64_t>() == 2);
  BOOST_TEST(
      (state.at("optimizer.replicas.0.fc3.weight.exp_avg").sizes() == state.at("model.replicas.0.fc3.weight").sizes()));
  BOOST_TEST(state.at("model.steps").item<std::int64_t>() == 2);
}

BOOST_AUTO_TEST_CASE(a_state_that_does_not_fit_is_refused_and_changes_nothing) {
  Trainer t = trainer({5, 0, 1}, options("momentum"));
  t.train_until(2);
  const NamedTensors good = t.state();
  const auto refusal = [&](const std::function<void(NamedTensors&)>& change) {
    NamedTensors state = good;
    change(state);
    Trainer fresh = trainer({5, 0, 1}, options("momentum"));
    const auto before = fresh.state();
    const std::string message = message_of<UsageError>([&] { fresh.restore(state, 2); });
    for (const auto& [name, tensor] : before) BOOST_TEST(torch::equal(tensor, fresh.state().at(name)));
    BOOST_TEST(fresh.step() == 0);
    return message;
  };
  const std::string weight = "model.replicas.0.fc3.weight",
                    momentum = "optimizer.replicas.0.fc3.weight.momentum_buffer";
  BOOST_TEST(refusal([&](auto& s) { s.erase(weight); }) == "the tensor 'replicas.0.fc3.weight' is missing");
  BOOST_TEST(refusal([&](auto& s) { s["model.x"] = s[weight]; }) == "unknown tensor 'x'");
  BOOST_TEST(refusal([&](auto& s) { s["y"] = s[weight]; }) == "unknown tensor 'y'");
  BOOST_TEST(refusal([&](auto& s) { s["optimizer.x"] = s[weight]; }) == "unknown tensor 'optimizer.x'");
  BOOST_TEST(refusal([&](auto& s) {
               s[weight] = torch::zeros({3});
             }).find("the tensor 'replicas.0.fc3.weight' must be Float [") == 0u);
  BOOST_TEST(refusal([&](auto& s) { s[weight] = s[weight].to(torch::kFloat64); }).find("got Double [") !=
             std::string::npos);
  BOOST_TEST(refusal([&](auto& s) {
               s[momentum] = torch::zeros({3});
             }).find("the tensor 'replicas.0.fc3.weight.momentum_buffer' must be Float [") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
