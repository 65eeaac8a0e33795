#include "training/quadratic_cost.hpp"

#include <cmath>

#include <boost/test/unit_test.hpp>
#include <torch/nn/functional/activation.h>

#include <infoplane/training.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

struct Case {
  torch::Tensor z, y;
};

// Columns 1 (two classes), 2, 4.
Case random_case(std::int64_t columns) {
  return {torch::randn({3, 21, columns}) * 4,
          torch::randint(0, std::max<std::int64_t>(2, columns), {3, 21}, torch::kInt64)};
}

// The mean of each replica, by torch's operations in double.
torch::Tensor by_definition(const torch::Tensor& z, const torch::Tensor& y) {
  const torch::Tensor logits = z.to(torch::kFloat64);
  const torch::Tensor error = z.size(2) == 1 ? torch::sigmoid(logits) - y.unsqueeze(2)
                                             : torch::softmax(logits, 2) - torch::one_hot(y, z.size(2));
  return error.square().sum(2).mean(1) / 2;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quadratic_cost_of_training)

BOOST_AUTO_TEST_CASE(the_loss_is_half_the_mean_squared_error_of_the_outputs) {
  for (const std::int64_t columns : {1, 2, 4}) {
    const auto [z, y] = random_case(columns);
    const Evaluation evaluation = evaluate(z, y, Loss::quadratic);
    BOOST_TEST((evaluation.loss - by_definition(z, y)).abs().max().item<double>() < 1e-12);
    BOOST_TEST(torch::equal(evaluation.accuracy, evaluate(z, y).accuracy));
  }
}

BOOST_AUTO_TEST_CASE(the_loss_is_known_for_an_undecided_and_for_confident_outputs) {
  const torch::Tensor labels = torch::tensor({{0, 1}}, torch::kInt64);
  BOOST_TEST(evaluate(torch::zeros({1, 2, 1}), labels, Loss::quadratic).loss.item<double>() == 0.125);
  BOOST_TEST(evaluate(torch::zeros({1, 2, 4}), labels, Loss::quadratic).loss.item<double>() == 0.375);
  const torch::Tensor confident = torch::tensor({-1000.0f, 1000.0f}).view({1, 2, 1});
  BOOST_TEST(evaluate(confident, labels, Loss::quadratic).loss.item<double>() == 0.0);
  BOOST_TEST(evaluate(confident, 1 - labels, Loss::quadratic).loss.item<double>() == 0.5);
  BOOST_TEST(std::isnan(evaluate(torch::full({1, 2, 1}, NAN), labels, Loss::quadratic).loss.item<double>()));
  BOOST_TEST(std::isnan(evaluate(torch::full({1, 2, 3}, NAN), labels, Loss::quadratic).loss.item<double>()));
}

BOOST_AUTO_TEST_CASE(the_gradient_is_autograds_by_either_way) {
  for (const std::int64_t columns : {1, 2, 4}) {
    auto [z, y] = random_case(columns);
    z.requires_grad_();
    by_definition(z, y).sum().backward();
    // Single precision: numbers below 1 divided by 21.
    BOOST_TEST((quadratic_gradient(z, y) - z.grad()).abs().max().item<double>() < 1e-7);
    for (std::int64_t r = 0; r < 3; ++r) {
      const torch::Tensor from = z.detach()[r].t().contiguous(), labels = y[r].contiguous();
      const torch::Tensor gradient = torch::empty_like(from);
      quadratic_gradient(from.data_ptr<float>(), labels.data_ptr<std::int64_t>(), gradient.data_ptr<float>(),
                         {columns, 21});
      BOOST_TEST((gradient.t() - z.grad()[r]).abs().max().item<double>() < 1e-7);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_column_has_a_unit_only_if_the_loss_has_one) {
  const auto loss_in = [](const std::string& text) { return loss_of(parse_yaml(text, "x.yaml")); };
  BOOST_TEST((loss_in("training: {loss: quadratic}") == Loss::quadratic));
  for (const char* other : {"training: {loss: cross_entropy}", "training: {epochs: 3}", "training: fast", "name: x",
                            "training: {loss: [quadratic]}", "training: {loss: cubic}"}) {
    BOOST_TEST((loss_in(other) == Loss::cross_entropy), other);
  }
  BOOST_TEST((loss_of({}) == Loss::cross_entropy));
  BOOST_TEST(title_of(Loss::cross_entropy) == "loss in nats");
  BOOST_TEST(title_of(Loss::quadratic) == "quadratic cost");
  BOOST_TEST("loss" + unit_suffix(Loss::cross_entropy) == "loss_nats");
  BOOST_TEST("loss" + unit_suffix(Loss::quadratic) == "loss");
}

BOOST_AUTO_TEST_SUITE_END()
