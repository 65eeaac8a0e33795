#include <infoplane/dataset.hpp>

#include <cmath>

#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

Dataset good() { return {torch::ones({4, 2}), torch::tensor({0, 1, 1, 0}, torch::kInt64), 2}; }

std::string refusal(const std::function<void(Dataset&)>& spoil) {
  Dataset dataset = good();
  spoil(dataset);
  return message_of<Error>([&] { validate(dataset); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dataset)

BOOST_AUTO_TEST_CASE(a_good_one_passes) { BOOST_CHECK_NO_THROW(validate(good())); }

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named) {
  BOOST_TEST(refusal([](Dataset& d) { d.inputs = torch::ones({4, 2}, torch::kFloat64); }) ==
             "data set: inputs must be float32 of shape [samples, columns]");
  BOOST_TEST(refusal([](Dataset& d) { d.labels = torch::ones({4}); }) ==
             "data set: labels must be int64 of shape [samples]");
  BOOST_TEST(refusal([](Dataset& d) { d.inputs = torch::ones({0, 2}); }) ==
             "data set: there must be at least one sample and one column");
  BOOST_TEST(refusal([](Dataset& d) { d.inputs = torch::ones({5, 2}); }) ==
             "data set: there are 5 samples of inputs and 4 labels, one label each is due");
  BOOST_TEST(refusal([](Dataset& d) { d.classes = 1; }) == "data set: there must be at least 2 classes, got 1");
  BOOST_TEST(refusal([](Dataset& d) { d.inputs[2][1] = NAN; }) ==
             "data set: the input of sample 2, column 1 is nan, inputs must be finite");
  BOOST_TEST(refusal([](Dataset& d) { d.labels[3] = 2; }) ==
             "data set: the label of sample 3 is 2, labels must be in 0..1");
  BOOST_TEST(refusal([](Dataset& d) { d.labels[1] = -100; }) ==
             "data set: the label of sample 1 is -100, labels must be in 0..1");
}

BOOST_AUTO_TEST_CASE(a_split_covers_every_sample_once) {
  for (const std::int64_t samples : {2, 3, 10, 4096}) {
    const Split split = split_samples(samples, 0.5, 11);
    const torch::Tensor all = std::get<0>(torch::cat({split.train, split.test}).sort());
    BOOST_TEST(torch::equal(all, torch::arange(samples)));
    BOOST_TEST(torch::equal(split.train, std::get<0>(split.train.sort())));
  }
}

BOOST_AUTO_TEST_CASE(the_twelve_bit_split_is_3277_and_819) {
  const Split split = split_samples(4096, 0.8, 1);
  BOOST_TEST(split.train.size(0) == 3277);
  BOOST_TEST(split.test.size(0) == 819);
}

BOOST_AUTO_TEST_CASE(a_seed_gives_its_split_again_and_another_seed_another) {
  BOOST_TEST(torch::equal(split_samples(100, 0.8, 5).test, split_samples(100, 0.8, 5).test));
  BOOST_TEST(!torch::equal(split_samples(100, 0.8, 5).test, split_samples(100, 0.8, 6).test));
}

BOOST_AUTO_TEST_CASE(every_sample_is_in_the_test_split_as_often_as_its_share) {
  torch::Tensor counts = torch::zeros({10}, torch::kInt64);
  for (std::uint64_t seed = 0; seed < 1000; ++seed)
    counts.index_add_(0, split_samples(10, 0.8, seed).test, torch::ones({2}, torch::kInt64));
  // 1000 draws with probability 0.2: four standard deviations are 51.
  BOOST_TEST((counts - 200).abs().max().item<std::int64_t>() < 51);
}

BOOST_AUTO_TEST_CASE(a_split_with_an_empty_side_is_refused) {
  BOOST_TEST(message_of<UsageError>([] { split_samples(3, 0.9, 1); }) ==
             "training.train_fraction 0.9 of 3 samples leaves 3 for training and 0 for the test, both need at least 1");
}

BOOST_AUTO_TEST_SUITE_END()
