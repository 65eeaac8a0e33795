#include <infoplane/tensor_file.hpp>

#include <cstring>

#include <boost/test/unit_test.hpp>

#include <infoplane/error.hpp>

#include "support/support.hpp"
#include "support/timing.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

TensorFile example() {
  return {{{"kind", "test"}},
          {{"weight", torch::arange(6, torch::kFloat32).reshape({2, 3})},
           {"mean", torch::tensor({0.5, -1e300}, torch::kFloat64)},
           {"steps", torch::scalar_tensor(7, torch::kInt64)}},
          false};
}

// A file with this header and so many bytes of data.
std::string file_of(const std::string& header, std::size_t data) {
  std::string length(8, '\0');
  length[0] = static_cast<char>(header.size());
  length[1] = static_cast<char>(header.size() >> 8);
  length[2] = static_cast<char>(header.size() >> 16);
  return length + header + std::string(data, '\0');
}

std::string refusal(const std::string& bytes) {
  return message_of<UsageError>([&] { parse_tensors(bytes, "f"); });
}

std::string refusal(const std::string& header, std::size_t data) { return refusal(file_of(header, data)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(tensor_file)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  const TensorFile read = parse_tensors(to_bytes(example()), "f");
  BOOST_TEST(read.checksummed);
  BOOST_TEST((read.metadata == example().metadata));
  BOOST_REQUIRE(read.tensors.size() == 3);
  for (const auto& [name, tensor] : example().tensors) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST((read.tensors.at(name).scalar_type() == tensor.scalar_type()));
      BOOST_TEST(torch::equal(read.tensors.at(name), tensor));
    }
  }
  BOOST_TEST(to_bytes(read) == to_bytes(example()));
}

BOOST_AUTO_TEST_CASE(the_format_is_the_published_one) {
  const std::string bytes =
      to_bytes({{}, {{"a", torch::tensor({1.0f, 2.0f})}, {"b", torch::ones({1}, torch::kInt64)}}, false});
  const std::size_t length = static_cast<unsigned char>(bytes[0]) + 256 * static_cast<unsigned char>(bytes[1]);
  BOOST_TEST(length % 8 == 0);
  std::string header = bytes.substr(8, length);
  const std::size_t digits = header.find("\"sha256\":\"") + 10;
  header.replace(digits, 64, "...");
  BOOST_TEST(header.substr(0, header.find_last_not_of(' ') + 1) ==
             "{\"__metadata__\":{\"sha256\":\"...\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
             "\"b\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,16]}}");
  const float values[] = {1, 2};
  BOOST_TEST(std::memcmp(bytes.data() + 8 + length, values, 8) == 0);
  BOOST_TEST(bytes.size() == 8 + length + 16);
}

BOOST_AUTO_TEST_CASE(files_of_other_programs_need_no_sum) {
  const TensorFile read = parse_tensors(file_of("{\"x\":{\"data_offsets\":[0,2],\"dtype\":\"BF16\",\"shape\":[1]},"
                                                "\"flag\":{\"dtype\":\"BOOL\",\"shape\":[],\"data_offsets\":[2,3]}}",
                                                3),
                                        "f");
  BOOST_TEST(!read.checksummed);
  BOOST_TEST((read.tensors.at("x").scalar_type() == torch::kBFloat16));
  BOOST_TEST((read.tensors.at("flag").scalar_type() == torch::kBool));
  BOOST_TEST(read.tensors.at("flag").dim() == 0);
}

BOOST_AUTO_TEST_CASE(transposed_tensors_are_written_row_by_row) {
  const torch::Tensor transposed = torch::arange(6, torch::kFloat32).reshape({2, 3}).t();
  const TensorFile read = parse_tensors(to_bytes({{}, {{"t", transposed}}, false}), "f");
  BOOST_TEST(torch::equal(read.tensors.at("t"), transposed));
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_is_refused) {
  const std::string bytes = to_bytes(example());
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    // What flips in the word sha256 itself leaves a file without a sum: whoever needs one sees that.
    bool sound = false;
    try {
      sound = parse_tensors(damaged, "f").checksummed;
    } catch (const UsageError&) {
    }
    BOOST_REQUIRE_MESSAGE(!sound, "bit " << bit);
  }
}

BOOST_AUTO_TEST_CASE(every_shorter_or_longer_file_is_refused) {
  const std::string bytes = to_bytes(example());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    BOOST_REQUIRE_MESSAGE(!refusal(bytes.substr(0, length)).empty(), length << " bytes");
  }
  BOOST_TEST(refusal(bytes + "x") == "f: its tensors take 48 bytes, 49 follow the header");
}

BOOST_AUTO_TEST_CASE(refusals_say_what_is_wrong) {
  const auto x = [](const std::string& rest) { return "{\"x\":{\"dtype\":\"F32\"," + rest + "}}"; };
  BOOST_TEST(refusal("") == "f: not a safetensors file, or its header is truncated");
  BOOST_TEST(refusal("{", 0) == "f: its header is not JSON");
  BOOST_TEST(refusal("[]", 0) == "f: its header must be a JSON object");
  BOOST_TEST(refusal("{\"__metadata__\":3}", 0) == "f: __metadata__ must be a JSON object");
  BOOST_TEST(refusal("{\"__metadata__\":{\"a\":3}}", 0) == "f: the metadata 'a' must be text");
  BOOST_TEST(refusal("{\"x\":1,\"x\":2}", 0) == "f: its header names 'x' twice");
  BOOST_TEST(refusal("{\"x\":1}", 0) == "f: 'x' must have dtype, shape and data_offsets");
  BOOST_TEST(refusal(x("\"shape\":[1],\"data_offsets\":[0,8]"), 8) ==
             "f: 'x' of shape [1] does not take the 8 bytes of its data_offsets");
  BOOST_TEST(refusal(x("\"shape\":[0],\"data_offsets\":[0,0]"), 0) == "f: 'x' is empty: one of its dimensions is 0");
  BOOST_TEST(refusal(x("\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]"), 4) ==
             "f: 'x' of shape [4611686018427387904, 4] does not take the 4 bytes of its data_offsets");
  BOOST_TEST(refusal(x("\"shape\":[-1],\"data_offsets\":[0,4]"), 4) ==
             "f: 'x' has [-1] where at most 64 whole numbers must be");
  BOOST_TEST(refusal(x("\"shape\":[1],\"data_offsets\":[4,8]"), 8) ==
             "f: 'x' begins at byte 4 of the data, it must be 0");
  BOOST_TEST(refusal(x("\"shape\":[1],\"data_offsets\":[8,4]"), 8) ==
             "f: 'x' must have data_offsets [begin, end] within the 8 bytes of data, got [8,4]");
  BOOST_TEST(refusal("{\"x\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1) ==
             "f: 'x' has the dtype \"F8\", it must be one of F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL");
  std::string wrong = to_bytes(example());
  wrong.back() = static_cast<char>(wrong.back() ^ 1);
  BOOST_TEST(refusal(wrong) == "f: its sha256 does not fit, it is damaged");
}

BOOST_AUTO_TEST_CASE(files_are_written_whole_and_read) {
  const TemporaryFolder folder;
  write_tensors(folder.path() / "t.safetensors", example());
  BOOST_TEST(read_file(folder.path() / "t.safetensors") == to_bytes(example()));
  BOOST_TEST(
      torch::equal(read_tensors(folder.path() / "t.safetensors").tensors.at("weight"), example().tensors.at("weight")));
  const std::string missing = (folder.path() / "no").string();
  BOOST_TEST(message_of<UsageError>([&] { read_tensors(missing); }) == missing + ": no such file");
}

BOOST_AUTO_TEST_CASE(a_file_is_refused_by_its_header_alone) {
  const TemporaryFolder folder;
  write_file(folder.path() / "t.safetensors", file_of("{}", 0));
  std::filesystem::resize_file(folder.path() / "t.safetensors", 1 << 30);
  const long before = peak_kilobytes();
  BOOST_CHECK_THROW(read_tensors(folder.path() / "t.safetensors"), UsageError);
  BOOST_TEST(peak_kilobytes() - before < 100000);
}

BOOST_AUTO_TEST_CASE(what_a_header_says_is_cut_to_a_line) {
  std::string list = "[0";
  for (int i = 0; i < 100; ++i) list += ",0";
  BOOST_TEST(refusal("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":" + list + "]}}", 4) ==
             "f: 'x' has '" + list.substr(0, 60) + "'... where at most 2 whole numbers must be");
}

BOOST_AUTO_TEST_CASE(a_header_is_refused_where_it_is_nested_too_deeply_or_broken_within) {
  const auto lists = [](std::size_t depth, const std::string& within) {
    return "{\"x\":" + std::string(depth, '[') + within + std::string(depth, ']') + "}";
  };
  const std::string deep = "f: its header is nested too deeply",
                    shallow = "f: 'x' must have dtype, shape and data_offsets";
  BOOST_TEST(refusal(lists(7, "0"), 0) == shallow);
  BOOST_TEST(refusal(lists(8, ""), 0) == shallow);
  BOOST_TEST(refusal(lists(8, "0"), 0) == deep);
  BOOST_TEST(refusal(lists(9, ""), 0) == deep);
  BOOST_TEST(refusal("{\"x\":{\"shape\":1,\"shape\":2}}", 0) == "f: its header names 'shape' twice");
  BOOST_TEST(refusal("{\"x\":{\"a\":1},\"y\":{\"a\":1}}", 0) == shallow);
  for (const char* broken :
       {"{\"x\":1e999}", "{\"x\":\"\xff\"}", "{\"x\":1}}", "{\"x\":tru", "{\"x\" 1}", "{\"x\":1,}"}) {
    BOOST_TEST(refusal(broken, 0) == "f: its header is not JSON", broken);
  }
}

// A header that goes on and on may not take the time of the square of its length.
BOOST_AUTO_TEST_CASE(reading_and_writing_are_linear_in_the_number_of_names) {
  const auto of_tensors = [](int count) {
    TensorFile file;
    for (int i = 0; i < count; ++i) file.tensors["layer." + std::to_string(i)] = torch::zeros({1});
    return file;
  };
  const TensorFile few = of_tensors(5000), many = of_tensors(20000);
  const std::string few_bytes = to_bytes(few), many_bytes = to_bytes(many);
  BOOST_TEST(parse_tensors(many_bytes, "f").tensors.size() == 20000);
  BOOST_TEST(least_seconds([&] { to_bytes(many); }) < 8 * least_seconds([&] { to_bytes(few); }));
  BOOST_TEST(least_seconds([&] { parse_tensors(many_bytes, "f"); }) <
             8 * least_seconds([&] { parse_tensors(few_bytes, "f"); }));
}

BOOST_AUTO_TEST_SUITE_END()
