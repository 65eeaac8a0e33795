#include <infoplane/array_file.hpp>
#include <infoplane/tensor_file.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

BOOST_AUTO_TEST_SUITE(arrays_arguments)

// Every one of them would be written as another array, or as a file that read_array refuses.
BOOST_AUTO_TEST_CASE(only_arrays_that_can_be_read_are_written) {
  const TemporaryFolder folder;
  const auto said = [&](const torch::Tensor& array) {
    return argument_error([&] { write_array(folder.path() / "x.npy", array); });
  };
  const std::string fit = "write_array: array must be float32, float64 or int64 of 1 to 8 dimensions, not empty, got ";
  BOOST_TEST(said(torch::zeros({2, 3}, torch::kInt32)) == fit + "Int [2, 3]");
  BOOST_TEST(said(torch::zeros({2}, torch::kBool)) == fit + "Bool [2]");
  BOOST_TEST(said(torch::zeros({2}, torch::kHalf)) == fit + "Half [2]");
  BOOST_TEST(said(torch::zeros({})) == fit + "Float []");
  BOOST_TEST(said(torch::zeros({1, 1, 1, 1, 1, 1, 1, 1, 1})) == fit + "Float [1, 1, 1, 1, 1, 1, 1, 1, 1]");
  BOOST_TEST(said(torch::zeros({2, 0})) == fit + "Float [2, 0]");
  BOOST_TEST(said({}) == fit + "an undefined tensor");
  BOOST_TEST(std::filesystem::is_empty(folder.path()));
  BOOST_TEST(said(torch::zeros({1, 1, 1, 1, 1, 1, 1, 2}).requires_grad_()) == "accepted");
}

BOOST_AUTO_TEST_CASE(only_tensors_that_can_be_read_become_bytes) {
  const auto said = [](const torch::Tensor& tensor) {
    return argument_error([&] { to_bytes({{}, {{"w", tensor}}, false}); });
  };
  const std::string fit = "to_bytes: the tensor 'w' must be of a type of safetensors, not empty, got ";
  BOOST_TEST(said(torch::zeros({2}, torch::kComplexFloat)) == fit + "ComplexFloat [2]");
  BOOST_TEST(said(torch::zeros({0})) == fit + "Float [0]");
  BOOST_TEST(said({}) == fit + "an undefined tensor");
  BOOST_TEST(said(torch::zeros({})) == "accepted");
  BOOST_TEST(argument_error([] { to_bytes({{}, {{"__metadata__", torch::zeros({1})}}, false}); }) ==
             "to_bytes: no tensor may be named __metadata__");
  BOOST_TEST(argument_error([] { to_bytes({{{"sha256", "0"}}, {}, false}); }) ==
             "to_bytes: the metadata must not contain sha256");
}

BOOST_AUTO_TEST_SUITE_END()
