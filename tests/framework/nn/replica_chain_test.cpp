#include <infoplane/replica_chain.hpp>

#include <ATen/CPUGeneratorImpl.h>
#include <torch/nn/module.h>
#include <torch/optim/sgd.h>

#include <infoplane/training.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

struct ChainOptions {
  std::vector<std::int64_t> widths;
  ActivationKind activation = ActivationKind::tanh;
  double keep = 1;
};

// Layers of these widths, the last one linear.
struct ChainNetworkImpl : torch::nn::Module, ReplicaChain {
  ChainNetworkImpl(const ChainOptions& options, std::int64_t inputs, const ReplicaRange& replicas) {
    auto generator = at::detail::createCPUGenerator(5);
    const torch::NoGradGuard no_grad;
    for (std::size_t l = 0; l < options.widths.size(); ++l) {
      const bool last = l + 1 == options.widths.size();
      ReplicaLink link{ReplicaLinear(ReplicaLinearOptions{replicas.count, inputs, options.widths[l],
                                                          last ? ActivationKind::linear : options.activation, 0.2}),
                       HookPoint()};
      if (!last && options.keep < 1) link.dropout = ReplicaDropout(options.keep, replicas, l);
      link.linear->weight.uniform_(-0.5, 0.5, generator);
      register_module("linear" + std::to_string(l), link.linear);
      register_module("point" + std::to_string(l), link.point);
      if (!link.dropout.is_empty()) register_module("dropout" + std::to_string(l), link.dropout);
      links.push_back(link);
      inputs = options.widths[l];
    }
  }

  torch::Tensor forward(torch::Tensor x) {
    for (ReplicaLink& link : links) {
      x = link.point(link.linear(x));
      if (!link.dropout.is_empty()) x = link.dropout(x);
    }
    return x;
  }

  std::vector<ReplicaLink> chain() const override { return links; }

  std::vector<ReplicaLink> links;
};
TORCH_MODULE(ChainNetwork);

Dataset points(std::int64_t inputs, std::int64_t classes) {
  const torch::Tensor x = torch::arange(70 * inputs, torch::kFloat32).view({70, inputs}).sin();
  const torch::Tensor p = torch::softmax(x.repeat({1, classes}).slice(1, 0, classes).to(torch::kFloat64), 1);
  return {x, (x.sum(1) * 1.7).floor().to(torch::kInt64).remainder(classes), classes, p};
}

struct Setting {
  ChainOptions options;
  std::int64_t inputs, classes, batch_size;
  TrainingLabels labels = TrainingLabels::drawn;
  Loss loss = Loss::cross_entropy;
};

Trainer trainer(const Setting& setting, ChainNetwork network, const char* optimizer = "sgd", double rate = 0.1) {
  TrainingOptions training;
  training.learning_rate = rate;
  training.batch_size = setting.batch_size;
  training.labels = setting.labels;
  training.optimizer = optimizers().choose(optimizer);
  training.loss = setting.loss;
  return Trainer(torch::nn::AnyModule(network), points(setting.inputs, setting.classes), {3, 0, 2}, training);
}

ChainNetwork network(const Setting& setting) {
  return ChainNetwork(setting.options, setting.inputs, ReplicaRange{3, 0, 2});
}

using Parameters = std::vector<torch::Tensor>;
using MakeOptimizer = std::function<std::unique_ptr<torch::optim::Optimizer>(const Parameters&, double)>;

// By an optimizer of the test's own.
TrainingOptions training_by(const MakeOptimizer& make, const Setting& setting) {
  Registry<OptimizerFactory> registry("optimizer");
  registry.add<NoOptions>(
      "own", [make](const NoOptions&, const Parameters& p, double rate) { return make(p, rate); }, "the test's own");
  TrainingOptions training;
  training.learning_rate = 0.1;
  training.batch_size = setting.batch_size;
  training.optimizer = registry.choose("own");
  return training;
}

double difference(const ChainNetwork& a, const ChainNetwork& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a->parameters().size(); ++i) {
    largest = std::max(largest, (a->parameters()[i] - b->parameters()[i]).abs().max().item<double>());
  }
  return largest;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(replica_chain)

BOOST_AUTO_TEST_CASE(descent_along_the_chain_is_descent_by_autograd) {
  using Kind = ActivationKind;
  const std::vector<Setting> settings = {
      {{{5, 3, 1}, Kind::tanh}, 4, 2, 16},
      {{{5, 3, 2}, Kind::relu}, 4, 2, 1},
      {{{5, 3, 3}, Kind::sigmoid}, 4, 3, 0},
      {{{40, 3, 1}, Kind::leaky_relu}, 70, 2, 40},
      {{{20, 9, 1}, Kind::tanh, 0.5}, 4, 2, 16},
      {{{6, 5, 4}, Kind::linear, 0.8}, 3, 4, 17},
      {{{1}, Kind::tanh}, 6, 2, 8},
      {{{5, 3, 1}, Kind::tanh}, 4, 2, 16, TrainingLabels::probabilities},
      {{{5, 3, 2}, Kind::tanh}, 4, 2, 16, TrainingLabels::probabilities},
      {{{6, 5, 4}, Kind::relu, 0.8}, 3, 4, 17, TrainingLabels::probabilities},
      {{{5, 3, 1}, Kind::tanh}, 4, 2, 16, TrainingLabels::redrawn},
      {{{6, 5, 4}, Kind::tanh}, 3, 4, 0, TrainingLabels::redrawn},
      {{{5, 3, 1}, Kind::tanh}, 4, 2, 16, TrainingLabels::drawn, Loss::quadratic},
      {{{6, 5, 4}, Kind::linear, 0.8}, 3, 4, 17, TrainingLabels::drawn, Loss::quadratic},
  };
  for (std::size_t i = 0; i < settings.size(); ++i) {
    BOOST_TEST_CONTEXT("setting " << i) {
      ChainNetwork fast = network(settings[i]), slow = network(settings[i]), before = network(settings[i]);
      std::int64_t seen = 0;
      const HookHandle handle = slow->links[0].point->register_forward_hook([&](const torch::Tensor&) { ++seen; });
      Trainer by_chain = trainer(settings[i], fast), by_autograd = trainer(settings[i], slow);
      for (const std::int64_t step : {1, 2, 7, 12, 23}) {
        by_chain.train_until(step);
        by_autograd.train_until(step);
        // 23 steps of single precision.
        BOOST_TEST(difference(fast, slow) < 2e-6);
      }
      BOOST_TEST(seen >= 23);  // autograd was taken, since somebody watched
      BOOST_TEST(difference(fast, before) > 1e-3);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_replica_trains_the_same_in_company_and_alone) {
  const Setting setting{{{8, 3, 1}, ActivationKind::tanh, 0.5}, 4, 2, 16};
  ChainNetwork both = network(setting), one(setting.options, setting.inputs, ReplicaRange{3, 1, 1});
  for (std::size_t i = 0; i < one->parameters().size(); ++i) {
    const torch::NoGradGuard no_grad;
    one->parameters()[i].copy_(both->parameters()[i].narrow(0, 1, 1));
  }
  TrainingOptions training;
  training.batch_size = setting.batch_size;
  training.optimizer = optimizers().choose("sgd");
  Trainer together(torch::nn::AnyModule(both), points(4, 2), {3, 0, 2}, training);
  Trainer alone(torch::nn::AnyModule(one), points(4, 2), {3, 1, 1}, training);
  together.train_until(19);
  alone.train_until(19);
  for (std::size_t i = 0; i < one->parameters().size(); ++i) {
    BOOST_TEST(torch::equal(one->parameters()[i][0], both->parameters()[i][1]));
  }
}

BOOST_AUTO_TEST_CASE(stopping_anywhere_changes_nothing_to_the_last_bit) {
  const Setting setting{{{8, 3, 1}, ActivationKind::tanh, 0.5}, 4, 2, 16};
  ChainNetwork whole = network(setting), parts = network(setting);
  trainer(setting, whole).train_until(23);
  Trainer stopped = trainer(setting, parts);
  for (const std::int64_t step : {0, 1, 4, 5, 11, 23}) stopped.train_until(step);
  BOOST_TEST(difference(whole, parts) == 0);
}

BOOST_AUTO_TEST_CASE(other_optimizers_keep_to_autograd) {
  const Setting setting{{{5, 3, 1}, ActivationKind::tanh}, 4, 2, 16};
  ChainNetwork unwatched = network(setting), watched = network(setting), plain = network(setting);
  const HookHandle handle = watched->links[0].point->register_forward_hook([](const torch::Tensor&) {});
  trainer(setting, unwatched, "momentum").train_until(10);
  trainer(setting, watched, "momentum").train_until(10);
  trainer(setting, plain).train_until(10);
  BOOST_TEST(difference(unwatched, watched) == 0);
  BOOST_TEST(difference(unwatched, plain) > 1e-3);
}

// The fast path may stand in for an optimizer only where it computes the same: each of these, on a network that nobody
// watches and on one whose hook forces autograd.
BOOST_AUTO_TEST_CASE(an_optimizer_of_ones_own_is_obeyed) {
  struct Idle : torch::optim::SGD {
    using SGD::SGD;
    torch::Tensor step(LossClosure) override { return {}; }
  };
  struct Own {
    std::string name;
    MakeOptimizer make;
    bool moves_first, moves_last;
  };
  using torch::optim::SGD, torch::optim::SGDOptions;
  const std::vector<Own> all = {
      {"another rate", [](Parameters p, double rate) { return std::make_unique<SGD>(p, SGDOptions(rate / 10)); }, true,
       true},
      {"weight decay",
       [](Parameters p, double rate) { return std::make_unique<SGD>(p, SGDOptions(rate).weight_decay(0.1)); }, true,
       true},
      {"a step of its own", [](Parameters p, double rate) { return std::make_unique<Idle>(p, SGDOptions(rate)); },
       false, false},
      {"the last layer alone",
       [](Parameters p, double rate) {
         return std::make_unique<SGD>(Parameters(p.end() - 2, p.end()), SGDOptions(rate));
       },
       false, true},
      {"two groups",
       [](Parameters p, double rate) {
         auto sgd = std::make_unique<SGD>(Parameters(p.end() - 2, p.end()), SGDOptions(rate));
         sgd->add_param_group(torch::optim::OptimizerParamGroup(Parameters(p.begin(), p.end() - 2),
                                                                std::make_unique<SGDOptions>(rate / 5)));
         return sgd;
       },
       true, true}};
  const Setting setting{{{5, 3, 1}, ActivationKind::tanh}, 4, 2, 16};
  for (const Own& own : all) {
    BOOST_TEST_CONTEXT(own.name) {
      const TrainingOptions training = training_by(own.make, setting);
      ChainNetwork unwatched = network(setting), watched = network(setting), before = network(setting);
      const HookHandle handle = watched->links[0].point->register_forward_hook([](const torch::Tensor&) {});
      for (ChainNetwork net : {unwatched, watched}) {
        Trainer(torch::nn::AnyModule(net), points(setting.inputs, setting.classes), {3, 0, 2}, training)
            .train_until(10);
      }
      BOOST_TEST(difference(unwatched, watched) < 2e-6);  // 10 steps of single precision
      const auto moves = [&](std::size_t i) {
        return !torch::equal(unwatched->parameters()[i], before->parameters()[i]);
      };
      BOOST_TEST(moves(0) == own.moves_first);
      BOOST_TEST(moves(before->parameters().size() - 1) == own.moves_last);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_frozen_layer_stays_and_a_rate_may_change_on_the_way) {
  const Setting setting{{{5, 3, 1}, ActivationKind::tanh}, 4, 2, 16};
  torch::optim::Optimizer* made = nullptr;
  const auto make = [&](const Parameters& p, double rate) {
    auto sgd = std::make_unique<torch::optim::SGD>(p, torch::optim::SGDOptions(rate));
    made = sgd.get();
    return std::unique_ptr<torch::optim::Optimizer>(std::move(sgd));
  };
  const TrainingOptions training = training_by(make, setting);
  ChainNetwork fast = network(setting), slow = network(setting), frozen = network(setting);
  const HookHandle handle = slow->links[0].point->register_forward_hook([](const torch::Tensor&) {});
  for (ChainNetwork net : {fast, slow}) {
    Trainer trained(torch::nn::AnyModule(net), points(setting.inputs, setting.classes), {3, 0, 2}, training);
    trained.train_until(5);
    static_cast<torch::optim::SGDOptions&>(made->param_groups()[0].options()).lr(0.01);
    trained.train_until(10);
  }
  BOOST_TEST(difference(fast, slow) < 2e-6);
  frozen->links[0].linear->weight.set_requires_grad(false);
  const torch::Tensor before = frozen->links[0].linear->weight.clone();
  trainer(setting, frozen).train_until(10);
  BOOST_TEST(torch::equal(frozen->links[0].linear->weight, before));
  BOOST_TEST(!torch::equal(frozen->links[1].linear->weight, network(setting)->links[1].linear->weight));
}

BOOST_AUTO_TEST_CASE(a_loss_that_diverges_is_refused) {
  const Setting setting{{{5, 3, 1}, ActivationKind::relu}, 4, 2, 16};
  ChainNetwork net = network(setting);
  Trainer t = trainer(setting, net, "sgd", 1e30);
  const std::string message = message_of<NonFiniteLoss>([&] {
    for (int i = 0; i < 20; ++i) t.train_epoch();
  });
  BOOST_TEST(message.rfind("replica ", 0) == 0);
  BOOST_TEST(message.find("the loss is no longer finite, beginning in layer point") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
