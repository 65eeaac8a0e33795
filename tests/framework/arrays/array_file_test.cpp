#include <infoplane/array_file.hpp>

#include <unistd.h>

#include <cmath>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

// An NPY file of format 1.0 with this header and data.
std::string npy(const std::string& header, const std::string& data) {
  const std::string padded = header + std::string(63 - (10 + header.size()) % 64, ' ') + "\n";
  std::string bytes = std::string("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(padded.size() % 256);
  bytes += static_cast<char>(padded.size() / 256);
  return bytes + padded + data;
}

template <class T>
std::string raw(std::initializer_list<T> values) {
  return std::string(reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(T));
}

std::string header(const std::string& type, const std::string& shape, const std::string& order = "False") {
  return "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
}

torch::Tensor read(const std::string& bytes, const std::string& name = "a.npy") {
  const TemporaryFolder folder;
  write_file(folder.path() / name, bytes);
  return read_array(folder.path() / name);
}

// The refusal without the folder before the file's name.
std::string refusal(const std::string& bytes, const std::string& name = "a.npy") {
  const TemporaryFolder folder;
  write_file(folder.path() / name, bytes);
  const std::string message = message_of<UsageError>([&] { read_array(folder.path() / name); });
  BOOST_TEST(message.rfind(folder.path().string() + "/", 0) == 0);
  return message.substr(folder.path().string().size() + 1);
}

const std::string kTwoFloats = npy(header("<f4", "(2,)"), raw<float>({1.5f, -2.0f}));

}  // namespace

BOOST_AUTO_TEST_SUITE(array_file)

BOOST_AUTO_TEST_CASE(floats_keep_their_type_and_shape) {
  const torch::Tensor single = read(npy(header("<f4", "(2, 3)"), raw<float>({1, 2, 3, 4, 5, 6})));
  BOOST_TEST(torch::equal(single, torch::tensor({{1.0f, 2.0f, 3.0f}, {4.0f, 5.0f, 6.0f}})));
  const torch::Tensor twice = read(npy(header("<f8", "(1, 1, 2)"), raw<double>({0.1, 1e300})));
  BOOST_TEST(torch::equal(twice, torch::tensor({{{0.1, 1e300}}}, torch::kFloat64)));
}

BOOST_AUTO_TEST_CASE(fortran_order_gives_the_same_array_as_c_order) {
  const torch::Tensor array = read(npy(header("<f4", "(2, 3)", "True"), raw<float>({1, 4, 2, 5, 3, 6})));
  BOOST_TEST(torch::equal(array, torch::tensor({{1.0f, 2.0f, 3.0f}, {4.0f, 5.0f, 6.0f}})));
  BOOST_TEST(array.is_contiguous());
}

BOOST_AUTO_TEST_CASE(integers_of_every_width_become_int64) {
  const torch::Tensor expected = torch::tensor({1, 200}, torch::kInt64);
  BOOST_TEST(torch::equal(read(npy(header("|u1", "(2,)"), raw<std::uint8_t>({1, 200}))), expected));
  BOOST_TEST(torch::equal(read(npy(header("<i2", "(2,)"), raw<std::int16_t>({1, 200}))), expected));
  BOOST_TEST(torch::equal(read(npy(header("<i4", "(2,)"), raw<std::int32_t>({1, 200}))), expected));
  BOOST_TEST(torch::equal(read(npy(header("<i8", "(2,)"), raw<std::int64_t>({1, 200}))), expected));
  BOOST_TEST(
      torch::equal(read(npy(header("|i1", "(2,)"), raw<std::int8_t>({-1, 7}))), torch::tensor({-1, 7}, torch::kInt64)));
  BOOST_TEST(
      torch::equal(read(npy(header("|b1", "(2,)"), raw<std::uint8_t>({0, 1}))), torch::tensor({0, 1}, torch::kInt64)));
  BOOST_TEST(torch::equal(read(npy(header("<u2", "(1,)"), raw<std::uint16_t>({65535}))),
                          torch::tensor({65535}, torch::kInt64)));
  BOOST_TEST(torch::equal(read(npy(header("<u4", "(1,)"), raw<std::uint32_t>({4294967295u}))),
                          torch::tensor({4294967295}, torch::kInt64)));
}

BOOST_AUTO_TEST_CASE(another_kind_of_number_is_refused) {
  for (const std::string type : {"<c8", ""}) {
    BOOST_TEST(refusal(npy(header(type, "(2,)"), std::string(8, '\0'))) ==
               "a.npy: its type must be float32, float64, bool or an integer, little-endian, got '" + type + "'");
  }
}

BOOST_AUTO_TEST_CASE(data_of_another_length_than_the_header_says_are_refused_before_anything_is_allocated) {
  const std::string data = raw<float>({1, 2});
  BOOST_TEST(refusal(npy(header("<f4", "(3,)"), data)) ==
             "a.npy: its header describes more bytes of data than the 8 that follow");
  BOOST_TEST(refusal(npy(header("<f4", "(1,)"), data)) ==
             "a.npy: its header describes fewer bytes of data than the 8 that follow");
  for (const std::string shape :
       {"(4611686018427387904, 4)", "(2, 4611686018427387904)", "(65536, 65536, 65536, 65536)"}) {
    BOOST_TEST(refusal(npy(header("<f4", shape), data)) ==
               "a.npy: its header describes more bytes of data than the 8 that follow");
  }
  BOOST_TEST(refusal(npy(header("<f4", "(99999999999999999999,)"), data)) == "a.npy: its shape is too large");
}

BOOST_AUTO_TEST_CASE(empty_and_shapeless_arrays_are_refused) {
  for (const char* shape : {"(0, 3)", "(200, 0)"}) {
    BOOST_TEST(refusal(npy(header("<f4", shape), "")) == "a.npy: it is empty: one of its dimensions is 0");
  }
  BOOST_TEST(refusal(npy(header("<f4", "()"), raw<float>({1}))) == "a.npy: it must have 1 to 8 dimensions, got 0");
  BOOST_TEST(refusal(npy(header("<f4", "(1,1,1,1,1,1,1,1,1)"), raw<float>({1}))) ==
             "a.npy: it must have 1 to 8 dimensions, got 9");
}

BOOST_AUTO_TEST_CASE(malformed_headers_are_refused) {
  const std::string data = raw<float>({1, 2});
  for (const std::string text : {"{'descr': '<f4', 'fortran_order': False, 'shape': (2,)", "{'descr': <f4}", "",
                                 "{'descr': '<f4' 'fortran_order': False}", "{'descr': '<f4', 'fortran_order': Maybe}",
                                 "{'descr': '<f4", "{'shape': (2 3)}"}) {
    BOOST_TEST(refusal(npy(text, data)) == "a.npy: its header is malformed");
  }
  BOOST_TEST(refusal(npy("{'shape': (-2,)}", data)) == "a.npy: its shape must consist of whole numbers");
  BOOST_TEST(refusal(npy("{'shape': (2,), 'shape': (2,)}", data)) == "a.npy: its header names 'shape' twice");
  BOOST_TEST(refusal(npy("{'shape': (2,), 'evil': 'x'}", data)) == "a.npy: its header has an unknown key 'evil'");
  BOOST_TEST(refusal(npy("{'shape': (2,)}", data)) == "a.npy: its header must name descr, fortran_order and shape");
  BOOST_TEST(refusal(npy(header("<f4", "(2,)") + "x", data)) == "a.npy: its header continues after the closing brace");
}

BOOST_AUTO_TEST_CASE(every_cut_of_a_file_is_refused) {
  for (std::size_t length = 1; length < kTwoFloats.size(); ++length) {
    BOOST_TEST(!refusal(kTwoFloats.substr(0, length)).empty(), "cut to " << length << " bytes");
  }
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_the_header_is_refused_or_harmless) {
  const std::size_t head = kTwoFloats.size() - 8;
  for (std::size_t bit = 0; bit < 8 * head; ++bit) {
    std::string bytes = kTwoFloats;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    try {
      BOOST_TEST(read(bytes).numel() <= 8);
    } catch (const UsageError&) {
    }
  }
}

BOOST_AUTO_TEST_CASE(later_versions_have_a_longer_length) {
  const std::string text = header("<f4", "(2,)") + "\n";
  std::string bytes("\x93NUMPY\x02\x00", 8);
  bytes += static_cast<char>(text.size());
  bytes += std::string(3, '\0') + text + raw<float>({1.5f, -2.0f});
  BOOST_TEST(torch::equal(read(bytes), torch::tensor({1.5f, -2.0f})));
  bytes[6] = 4;
  BOOST_TEST(refusal(bytes) == "a.npy: its NPY version must be 1, 2 or 3, got 4");
}

BOOST_AUTO_TEST_CASE(csv_rows_become_a_matrix_of_doubles) {
  const torch::Tensor expected = torch::tensor({{1.0, -2.5}, {3e10, 0.1}}, torch::kFloat64);
  BOOST_TEST(torch::equal(read("1,-2.5\n3e10,0.1\n", "a.csv"), expected));
  BOOST_TEST(torch::equal(read("1,-2.5\r\n3e10,0.1", "a.csv"), expected));
}

BOOST_AUTO_TEST_CASE(csv_of_spreadsheets_and_of_people_is_read) {
  const torch::Tensor expected = torch::tensor({{0.1, 0.2}, {0.3, 0.4}}, torch::kFloat64);
  for (const std::string text : {"\xEF\xBB\xBF"
                                 "0.1,0.2\r\n0.3,0.4\r\n",
                                 "0.1, 0.2\n0.3,\t0.4\n", " 0.1 ,0.2 \n0.3,0.4", "+0.1,+0.2\n0.3,+4e-1\n",
                                 "0.1,0.2\n0.3,0.4\n\n", "0.1,0.2\r\n0.3,0.4\r\n\r\n \r\n"}) {
    BOOST_TEST(torch::equal(read(text, "a.csv"), expected), text);
  }
}

BOOST_AUTO_TEST_CASE(extensions_are_case_insensitive) {
  BOOST_TEST(torch::equal(read("1,2\n", "A.CSV"), torch::tensor({{1.0, 2.0}}, torch::kFloat64)));
  BOOST_TEST(torch::equal(read(kTwoFloats, "A.Npy"), torch::tensor({1.5f, -2.0f})));
  const std::string idx("\0\0\x08\x01\0\0\0\x01\x07", 9);
  for (const char* name : {"A.IDX", "LABELS-IDX1-UBYTE", "T10K.IDX1-UBYTE"}) {
    BOOST_TEST(is_array_name(name));
    BOOST_TEST(torch::equal(read(idx, name), torch::tensor({7}, torch::kInt64)));
  }
  BOOST_TEST(!is_array_name("A.TXT"));
}

BOOST_AUTO_TEST_CASE(refusals_of_types_say_how_to_convert) {
  const std::string before = "a.npy: its type must be float32, float64, bool or an integer, little-endian, got ";
  const auto told = [](const std::string& type) { return refusal(npy(header(type, "(2,)"), raw<float>({1, 2}))); };
  const std::string names = ": number strings with np.unique(labels, return_inverse=True)[1]";
  for (const std::string type : {"<U3", "|S7", ">U3"}) BOOST_TEST(told(type) == before + "'" + type + "'" + names);
  for (const std::string type : {"<f2", ">f4", "|O"}) {
    BOOST_TEST(told(type) == before + "'" + type + "': convert it with array.astype(np.float64)");
  }
  for (const std::string type : {">i4", "<u8", "<M8[ns]"}) {
    BOOST_TEST(told(type) == before + "'" + type + "': convert it with array.astype(np.int64)");
  }
  BOOST_TEST(told("<c8") == before + "'<c8'");
  const std::string structured = "{'descr': [('x', '<f4'), ('y', '<i4')], 'fortran_order': False, 'shape': (1,), }";
  BOOST_TEST(refusal(npy(structured, raw<float>({1, 2}))) ==
             "a.npy: structured arrays are not supported, save a plain one: a field, or several as columns");
}

BOOST_AUTO_TEST_CASE(csv_mistakes_are_named_with_their_line) {
  BOOST_TEST(refusal("1,2\n3\n", "a.csv") == "a.csv:2: it has 1 fields, the rows before have 2");
  BOOST_TEST(refusal("1,x\n", "a.csv") == "a.csv:1: field 2 must be a number, got 'x'");
  BOOST_TEST(refusal("1,\n", "a.csv") == "a.csv:1: field 2 must be a number, got ''");
  BOOST_TEST(refusal("1\n\n2\n", "a.csv") == "a.csv:2: a blank line may only be at the end");
  BOOST_TEST(refusal("\n", "a.csv") == "a.csv: it is empty");
  for (const std::string field : {"+-2", "++2", "+", "1 2", "0x1"}) {
    BOOST_TEST(refusal("1," + field + "\n", "a.csv") == "a.csv:1: field 2 must be a number, got '" + field + "'");
  }
  BOOST_TEST(refusal("1\n\xEF\xBB\xBF"
                     "2\n",
                     "a.csv") == "a.csv:2: field 1 must be a number, got '\\ufeff2'");
  const std::string names = ": number names with np.unique(labels, return_inverse=True)[1]";
  BOOST_TEST(refusal("setosa\n", "a.csv") == "a.csv:1: field 1 must be a number, got 'setosa'" + names);
  BOOST_TEST(refusal("1\n\"a\"\n", "a.csv") == "a.csv:2: field 1 must be a number, got '\"a\"'" + names);
}

BOOST_AUTO_TEST_CASE(integers_that_doubles_cannot_represent_are_refused) {
  const auto told = [](const std::string& text) { return refusal("1, " + text + "\n", "a.csv"); };
  for (const std::string text : {"9007199254740993", "-9007199254740993", "+1152921504606846977", "9223372036854775807",
                                 "18446744073709551615"}) {
    BOOST_TEST(told(text) == "a.csv:1: the integer " + text + " is not exact in float64: subtract an offset");
  }
  const torch::Tensor expected = torch::tensor({{9007199254740992.0, 9007199254740994.0, 1e300}}, torch::kFloat64);
  BOOST_TEST(torch::equal(read("9007199254740992,9007199254740994,1e300\n", "a.csv"), expected));
}

BOOST_AUTO_TEST_CASE(idx_files_are_read_in_every_type) {
  const auto idx = [](const std::string& type, const std::string& sizes, const std::string& data) {
    return std::string(2, '\0') + type + sizes + data;
  };
  const std::string two(std::string("\x01\0\0\0\x02", 5));
  for (const std::string name : {"a.idx", "train-labels-idx1-ubyte", "t10k.idx1-ubyte"}) {
    BOOST_TEST(torch::equal(read(idx("\x08", two, "\x07\xff"), name), torch::tensor({7, 255}, torch::kInt64)));
  }
  BOOST_TEST(torch::equal(read(idx("\x09", two, "\x07\xff"), "a.idx"), torch::tensor({7, -1}, torch::kInt64)));
  BOOST_TEST(
      torch::equal(read(idx("\x0b", two, "\x01\x02\xff\xfe"), "a.idx"), torch::tensor({258, -2}, torch::kInt64)));
  BOOST_TEST(torch::equal(read(idx("\x0c", two, std::string("\0\x01\0\0\xff\xff\xff\xff", 8)), "a.idx"),
                          torch::tensor({65536, -1}, torch::kInt64)));
  BOOST_TEST(torch::equal(read(idx("\x0d", two, std::string("\x3f\xc0\0\0\xc0\0\0\0", 8)), "a.idx"),
                          torch::tensor({1.5f, -2.0f})));
  const std::string one_by_one("\x02\0\0\0\x01\0\0\0\x01", 9);
  BOOST_TEST(torch::equal(read(idx("\x0e", one_by_one, std::string("\x3f\xf8\0\0\0\0\0\0", 8)), "a.idx"),
                          torch::tensor({{1.5}}, torch::kFloat64)));
}

BOOST_AUTO_TEST_CASE(idx_files_that_are_not_what_they_say_are_refused) {
  const std::string good("\0\0\x08\x01\0\0\0\x02\x07\x08", 10);
  for (std::size_t cut = 0; cut < good.size(); ++cut) BOOST_TEST(refusal(good.substr(0, cut), "a.idx") != "");
  BOOST_TEST(refusal(good + "\x09", "a.idx") == "a.idx: it has 3 bytes of data, its header says 2");
  BOOST_TEST(refusal("\x01" + good.substr(1), "a.idx") == "a.idx: an IDX file begins with two zero bytes");
  BOOST_TEST(refusal(std::string("\0\0\x0a\x01\0\0\0\x02\x07\x08", 10), "a.idx") ==
             "a.idx: the type 0x0a of an IDX file is unknown");
  BOOST_TEST(refusal(std::string("\0\0\x08\x09", 4), "a.idx") == "a.idx: an array must have 1 to 8 dimensions, got 9");
  BOOST_TEST(refusal(std::string("\0\0\x08\x01\0\0\0\0", 8), "a.idx") == "a.idx: it is empty");
  // 2^32 - 1 to the third power is no length that fits 64 bits.
  BOOST_TEST(refusal(std::string("\0\0\x08\x03", 4) + std::string(12, '\xff'), "a.idx") ==
             "a.idx: it has 0 bytes of data, its header says more");
}

BOOST_AUTO_TEST_CASE(missing_files_folders_and_other_endings_are_refused) {
  const TemporaryFolder folder;
  const std::string base = folder.path().string();
  BOOST_TEST(message_of<UsageError>([&] { read_array(base + "/no.npy"); }) == base + "/no.npy: no such file");
  std::filesystem::create_directory(base + "/f.csv");
  BOOST_TEST(message_of<UsageError>([&] { read_array(base + "/f.csv"); }) == base + "/f.csv: not a regular file");
  BOOST_TEST(refusal("", "a.csv") == "a.csv: it is empty");
  BOOST_TEST(refusal("1", "a.txt") == "a.txt: an array must be in a .npy, .csv or .idx file");
}

BOOST_AUTO_TEST_CASE(what_is_larger_than_the_memory_is_refused_unread) {
  const TemporaryFolder folder;
  const std::size_t memory = static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
  for (const char* name : {"a.npy", "a.csv"}) {
    const std::string file = (folder.path() / name).string();
    write_file(file, "");
    std::filesystem::resize_file(file, memory + 1);
    BOOST_TEST(message_of<UsageError>([&] { read_array(file); }) ==
               fmt::format("{}: its {} bytes are more than this machine's memory of {}", file, memory + 1, memory));
  }
}

BOOST_AUTO_TEST_CASE(an_npy_file_is_refused_by_its_header_alone) {
  const TemporaryFolder folder;
  write_file(folder.path() / "a.npy", npy(header("<f4", "(268435455,)"), ""));
  std::filesystem::resize_file(folder.path() / "a.npy", 1 << 30);
  const long before = peak_kilobytes();
  BOOST_CHECK_THROW(read_array(folder.path() / "a.npy"), UsageError);
  BOOST_TEST(peak_kilobytes() - before < 100000);
}

BOOST_AUTO_TEST_CASE(a_csv_file_is_read_line_by_line) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "a.csv").string();
  write_file(file, "1,2\n");
  std::filesystem::resize_file(file, 1 << 30);
  const long before = peak_kilobytes();
  BOOST_TEST(message_of<UsageError>([&] { read_array(file); }) == file + ":2: longer than 16 MiB");
  BOOST_TEST(peak_kilobytes() - before < 100000);
}

BOOST_AUTO_TEST_CASE(what_a_header_says_is_shown_on_a_terminal_as_text) {
  BOOST_TEST(refusal(npy("{'\x1b[2J': 1}", "")) == "a.npy: its header has an unknown key '\\x1b[2J'");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back_and_is_what_numpy_writes) {
  const TemporaryFolder folder;
  for (const torch::Tensor& array :
       {torch::arange(6, torch::kFloat32).reshape({2, 3}).t(), torch::tensor({0.1, 1e300}, torch::kFloat64),
        torch::arange(24).reshape({2, 3, 4})}) {
    write_array(folder.path() / "a.npy", array);
    const torch::Tensor back = read_array(folder.path() / "a.npy");
    BOOST_TEST((back.scalar_type() == array.scalar_type()));
    BOOST_TEST(torch::equal(back, array));
  }
  write_array(folder.path() / "b.npy", torch::tensor({1.5f, -2.0f}));
  const std::string bytes = read_file(folder.path() / "b.npy");
  BOOST_TEST(bytes.size() == 128u + 8);
  BOOST_TEST(bytes.substr(10, 58) == "{'descr': '<f4', 'fortran_order': False, 'shape': (2, ), }");
  BOOST_TEST(bytes[127] == '\n');
  const std::string csv = (folder.path() / "a.csv").string();
  BOOST_TEST(message_of<UsageError>([&] { write_array(csv, torch::ones({1})); }) ==
             csv + ": the file name must end in .npy");
}

BOOST_AUTO_TEST_SUITE_END()
