#include <infoplane/experiments/array_dataset.hpp>

#include <cmath>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::experiments;
using namespace infoplane::testing;

namespace {

struct Files {
  TemporaryFolder folder;
  std::string inputs = (folder.path() / "x.csv").string();
  std::string labels = (folder.path() / "y.csv").string();
  std::string probabilities = (folder.path() / "p.csv").string();

  Dataset read(const std::string& x, const std::string& y, Transform transform = Transform::none) {
    write_file(inputs, x);
    write_file(labels, y);
    return make_array_dataset({inputs, labels, transform}, 1);
  }

  Dataset read_drawn(const std::string& y, const std::string& p) {
    write_file(inputs, "1\n2\n3\n");
    write_file(labels, y);
    write_file(probabilities, p);
    return make_array_dataset({inputs, labels, Transform::none, probabilities}, 1);
  }

  std::string refusal_of_drawn(const std::string& y, const std::string& p) {
    return message_of<UsageError>([&] { read_drawn(y, p); });
  }

  std::string refusal(const std::string& x, const std::string& y) {
    return message_of<UsageError>([&] { read(x, y); });
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(array_dataset)

BOOST_AUTO_TEST_CASE(inputs_and_labels_come_from_files_and_labels_count_from_zero) {
  Files files;
  const Dataset dataset = files.read("1,2\n3,4\n5,6\n", "7\n-1\n7\n");
  validate(dataset);
  BOOST_TEST(torch::equal(dataset.inputs, torch::tensor({{1.0f, 2.0f}, {3.0f, 4.0f}, {5.0f, 6.0f}})));
  BOOST_TEST(torch::equal(dataset.labels, torch::tensor({1, 0, 1}, torch::kInt64)));
  BOOST_TEST(dataset.classes == 2);
}

BOOST_AUTO_TEST_CASE(a_transform_is_applied) {
  Files files;
  const Dataset dataset = files.read("1\n3\n", "0\n1\n", Transform::standardize);
  BOOST_TEST(torch::equal(dataset.inputs, torch::tensor({{-1.0f}, {1.0f}})));
}

BOOST_AUTO_TEST_CASE(files_that_do_not_fit_are_refused) {
  Files files;
  BOOST_TEST(files.refusal("1\n2\n", "0\n1\n1\n") ==
             files.inputs + ": has 2 samples, but " + files.labels + " has 3 labels");
  BOOST_TEST(files.refusal("1\n2\n", "0.5\n1\n") ==
             files.labels +
                 ": the label of sample 0 is 0.5, labels must be integers below 2^53: number distinct values with "
                 "np.unique(labels, return_inverse=True)[1]");
  BOOST_TEST(files.refusal("1\n2\n", "0,1\n1,0\n") ==
             files.labels +
                 ": labels must be one integer per sample, got shape [2, 2]: number one-hot rows with "
                 "labels.argmax(axis=1)");
  BOOST_TEST(files.refusal("1\n2\n", "0,1\n1,1\n") ==
             files.labels + ": labels must be one integer per sample, got shape [2, 2]");
  BOOST_TEST(files.refusal("1\n2\n", "nan\n1\n") ==
             files.labels + ": the label of sample 0 is nan, labels must be integers below 2^53");
  BOOST_TEST(files.refusal("1\n2\n", "9007199254740994\n1\n") ==
             files.labels + ": the label of sample 0 is 9007199254740994, labels must be integers below 2^53");
  BOOST_TEST(files.refusal("1\n2\n", "3\n3\n") ==
             files.labels + ": all labels are equal, at least two different ones are needed");
  BOOST_TEST(files.refusal("1,2\n3,nan\n", "0\n1\n") ==
             files.inputs + ": column 1 of sample 1 is nan in float32, inputs must be finite");
  BOOST_TEST(files.refusal("1,2\n3,1e300\n", "0\n1\n") ==
             files.inputs + ": column 1 of sample 1 is inf in float32, inputs must be finite");
  BOOST_TEST(files.refusal("1,2\n3\n", "0\n1\n") == files.inputs + ":2: it has 1 fields, the rows before have 2");
  BOOST_TEST(files.refusal("1,2\n3,x\n", "0\n1\n") == files.inputs + ":2: field 2 must be a number, got 'x'");
}

BOOST_AUTO_TEST_CASE(label_probabilities_come_from_a_file_and_labels_are_its_columns) {
  Files files;
  const Dataset dataset = files.read_drawn("2\n2\n0\n", "0.25,0,0.75\n0.3,0.3,0.39999\n1,0,0\n");
  validate(dataset);
  BOOST_TEST(torch::equal(dataset.labels, torch::tensor({2, 2, 0}, torch::kInt64)));
  BOOST_TEST(dataset.classes == 3);
  BOOST_TEST(torch::equal(dataset.label_probabilities[0], torch::tensor({0.25, 0.0, 0.75}, torch::kFloat64)));
  BOOST_TEST(std::abs(dataset.label_probabilities[1].sum().item<double>() - 1) < 1e-15);
}

BOOST_AUTO_TEST_CASE(label_probabilities_that_do_not_fit_are_refused) {
  Files files;
  const std::string p = files.probabilities;
  BOOST_TEST(files.refusal_of_drawn("0\n1\n1\n", "0.5,0.5\n0,1\n") ==
             p + ": label probabilities must be [3, labels], of at least 2 labels, got shape [2, 2]");
  BOOST_TEST(files.refusal_of_drawn("0\n1\n1\n", "1\n1\n1\n") ==
             p + ": label probabilities must be [3, labels], of at least 2 labels, got shape [3, 1]");
  BOOST_TEST(files.refusal_of_drawn("0\n1\n1\n", "0.5,0.5\n0,1\n0.5,0.6\n") ==
             p + ": the probabilities of sample 2 have the sum 1.1, they must have the sum 1");
  BOOST_TEST(files.refusal_of_drawn("0\n1\n1\n", "0.5,0.5\n0,1\n-0.5,1.5\n") ==
             p + ": the probability of label 0 of sample 2 is -0.5, it must be from 0 to 1");
  BOOST_TEST(files.refusal_of_drawn("0\n1\n1\n", "0.5,0.5\n0,nan\n0,1\n") ==
             p + ": the probability of label 1 of sample 1 is nan, it must be from 0 to 1");
  BOOST_TEST(files.refusal_of_drawn("0\n2\n1\n", "0.5,0.5\n0,1\n0,1\n") ==
             files.labels +
                 ": the label of sample 1 is 2, it must be the number of a column of label_probabilities, from 0 to 1");
}

BOOST_AUTO_TEST_SUITE_END()
