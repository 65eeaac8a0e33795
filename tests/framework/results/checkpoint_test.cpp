#include "results/checkpoint.hpp"

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

Checkpoint example() {
  return {
      "abc",
      1234567890123,
      5,
      {{"training.csv", {77, std::string(64, 'a')}}, {"information.csv", {0, ""}}},
      {{"model.weight", torch::arange(3, torch::kFloat32)}, {"model.steps", torch::scalar_tensor(4, torch::kInt64)}}};
}

std::string refusal(const std::string& bytes) {
  return message_of<UsageError>([&] { parse_checkpoint(bytes, "f"); });
}

// A checkpoint's file with one entry of the metadata changed, its sum right; "" takes the entry away.
std::string with(const std::string& key, const std::string& value) {
  TensorFile file = parse_tensors(to_bytes(example()), "f");
  if (value.empty()) {
    file.metadata.erase(key);
  } else {
    file.metadata[key] = value;
  }
  return to_bytes(file);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checkpoint)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  const Checkpoint read = parse_checkpoint(to_bytes(example()), "f");
  BOOST_TEST(read.experiment == "abc");
  BOOST_TEST(read.step == 1234567890123);
  BOOST_TEST(read.observations == 5);
  BOOST_REQUIRE(read.tables.size() == 2u);
  BOOST_TEST(read.tables.at("training.csv").bytes == 77u);
  BOOST_TEST(read.tables.at("training.csv").sha256 == std::string(64, 'a'));
  BOOST_TEST(read.tables.at("information.csv").bytes == 0u);
  BOOST_TEST(read.tables.at("information.csv").sha256 == "");
  BOOST_REQUIRE(read.tensors.size() == 2);
  BOOST_TEST(torch::equal(read.tensors.at("model.weight"), torch::arange(3, torch::kFloat32)));
  BOOST_TEST(read.tensors.at("model.steps").item<std::int64_t>() == 4);
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_and_every_cut_is_refused) {
  const std::string bytes = to_bytes(example());
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    BOOST_REQUIRE_MESSAGE(!refusal(damaged).empty(), "bit " << bit);
  }
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    BOOST_REQUIRE_MESSAGE(!refusal(bytes.substr(0, length)).empty(), length << " bytes");
  }
}

BOOST_AUTO_TEST_CASE(a_checkpoint_of_before_that_tells_no_sha256_is_read) {
  const Checkpoint read = parse_checkpoint(with("sha256 of training.csv", ""), "f");
  BOOST_TEST(read.tables.at("training.csv").bytes == 77u);
  BOOST_TEST(read.tables.at("training.csv").sha256 == "");
}

BOOST_AUTO_TEST_CASE(a_sound_file_of_something_else_is_refused) {
  BOOST_TEST(refusal(to_bytes(TensorFile{})) == "f: it does not contain its 'kind'");
  BOOST_TEST(refusal(with("kind", "weights")) == "f: not a checkpoint");
  BOOST_TEST(refusal(with("version", "2")) == "f: it is a checkpoint of version '2', this program reads version 1");
  BOOST_TEST(refusal(with("experiment", "")) == "f: it does not contain its 'experiment'");
  BOOST_TEST(refusal(with("step", "-1")) == "f: its 'step' must be a whole number from 0, got '-1'");
  BOOST_TEST(refusal(with("observations", "4x")) == "f: its 'observations' must be a whole number from 0, got '4x'");
  BOOST_TEST(refusal(with("bytes of training.csv", "99999999999999999999")) ==
             "f: its 'bytes of training.csv' must be a whole number from 0, got '99999999999999999999'");
}

BOOST_AUTO_TEST_SUITE_END()
