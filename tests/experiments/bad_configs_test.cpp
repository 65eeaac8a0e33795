#include <algorithm>
#include <iostream>
#include <regex>
#include <sstream>
#include <vector>

#include <torch/types.h>

#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/experiments/tool.hpp>
#include <infoplane/tensor_file.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

namespace fs = std::filesystem;

/// A record of bad_configs.txt, which says what these are.
struct BadConfig {
  std::string name;
  bool alone = false;
  std::vector<std::string> assignments;
  std::string yaml;
  std::string error;
};

struct BadConfigs {
  std::vector<std::string> good;  ///< a good config's lines, a key each
  std::vector<BadConfig> records;
};

bool starts_with(const std::string& text, const std::string& start) { return text.rfind(start, 0) == 0; }

/// `<1b>` as the byte 0x1b, `<33*[>` as 33 brackets.
std::string unescaped(const std::string& line) {
  static const std::regex escape("<(?:([0-9a-f]{2})|([0-9]+)\\*([^>]+))>");
  std::string text;
  auto rest = line.cbegin();
  for (std::smatch found; std::regex_search(rest, line.cend(), found, escape); rest = found[0].second) {
    text.append(rest, found[0].first);
    if (found[1].matched) text += static_cast<char>(std::stoi(found[1], nullptr, 16));
    for (int times = found[2].matched ? std::stoi(found[2]) : 0; times > 0; --times) text += found[3];
  }
  return text.append(rest, line.cend());
}

/// "training" of "training: {epochs: 2}".
std::string key_of(const std::string& line) { return line.substr(0, line.find(':')); }

/// The lines, and those of the good config whose keys they do not have.
std::string completed(const std::string& yaml, const std::vector<std::string>& good) {
  std::vector<std::string> keys;
  std::istringstream lines(yaml);
  for (std::string line; std::getline(lines, line);) keys.push_back(key_of(line));
  std::string whole = yaml;
  for (const std::string& line : good) {
    if (std::find(keys.begin(), keys.end(), key_of(line)) == keys.end()) whole += line + "\n";
  }
  return whole;
}

/// Reads bad_configs.txt and writes the files that it spells out.
BadConfigs read_bad_configs() {
  BadConfigs read;
  std::string mark, file;
  std::ifstream lines(fs::path(INFOPLANE_TESTS) / "experiments/bad_configs.txt");
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    line = unescaped(line);
    const std::string start = line.substr(0, 3), rest = line.size() > 3 ? line.substr(3) : "";
    if (start == "== " || start == "=! ") read.records.push_back({rest, start == "=! ", {}, "", ""});
    if (start == "=< ") write_file(file = rest, "");
    if (line[0] == '=' && start != "=> ") {
      mark = start;
    } else if (mark == "=+ ") {
      read.good.push_back(line);
    } else if (mark == "=< ") {
      std::ofstream(file, std::ios::binary | std::ios::app) << line << "\n";
    } else if (start == "=> ") {
      std::string& error = read.records.back().error;
      error += error.empty() ? rest : "\n" + rest;
      mark.clear();
    } else if (starts_with(line, "--set ")) {
      read.records.back().assignments.push_back(line.substr(6));
    } else if (!mark.empty()) {
      read.records.back().yaml += line + "\n";
    }
  }
  return read;
}

/// The working folder, until the end of the test a folder of its own.
class WorkingFolder {
 public:
  WorkingFolder() { fs::current_path(folder_.path()); }
  ~WorkingFolder() { fs::current_path(before_); }

 private:
  const fs::path before_ = fs::current_path();
  const TemporaryFolder folder_;
};

/// What a stream is given while this lives.
class Captured {
 public:
  explicit Captured(std::ostream& stream) : stream_(stream), before_(stream.rdbuf(text_.rdbuf())) {}
  ~Captured() { stream_.rdbuf(before_); }
  std::string text() const { return text_.str(); }

 private:
  std::ostream& stream_;
  std::ostringstream text_;
  std::streambuf* before_;
};

struct Answer {
  int code;
  std::string out, error;
};

/// What `infoplane check x.yaml` answers to the config.
Answer check(const std::string& yaml, const std::vector<std::string>& assignments) {
  static const Catalogue catalogue = experiments::catalogue();
  write_file("x.yaml", yaml);
  std::vector<const char*> arguments{"infoplane", "check", "x.yaml"};
  for (const std::string& assignment : assignments) arguments.insert(arguments.end(), {"--set", assignment.c_str()});
  const Captured out(std::cout), error(std::cerr);
  const int code = experiments::tool(static_cast<int>(arguments.size()), arguments.data(), catalogue);
  return {code, out.text(), error.text()};
}

std::vector<std::string> files_here() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(".")) files.push_back(entry.path().filename().string());
  std::sort(files.begin(), files.end());
  return files;
}

/// Of an mlp on two inputs, widths [2, 1], and so not of the good config's.
void write_other_weights() {
  write_tensors("other.safetensors", {{},
                                      {{"linear1.weight", torch::zeros({1, 2, 2})},
                                       {"linear1.bias", torch::zeros({1, 2})},
                                       {"linear2.weight", torch::zeros({1, 1, 2})},
                                       {"linear2.bias", torch::zeros({1, 1})}}});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bad_configs)

BOOST_AUTO_TEST_CASE(the_good_config_that_records_stand_on_is_accepted) {
  const WorkingFolder folder;
  const Answer answer = check(completed("", read_bad_configs().good), {});
  BOOST_TEST(answer.error.rfind("x.yaml: expected to take ", 0) == 0);
  BOOST_TEST(std::count(answer.error.begin(), answer.error.end(), '\n') == 1);
  BOOST_TEST(answer.code == 0);
}

BOOST_AUTO_TEST_CASE(each_bad_config_is_refused_by_its_line) {
  const WorkingFolder folder;
  const BadConfigs bad = read_bad_configs();
  write_other_weights();
  write_file("x.yaml", "");
  const std::vector<std::string> files = files_here();
  BOOST_TEST(bad.records.size() >= 150u);
  for (const BadConfig& record : bad.records) {
    BOOST_TEST_CONTEXT(record.name) {
      const Answer answer = check(record.alone ? record.yaml : completed(record.yaml, bad.good), record.assignments);
      BOOST_TEST(answer.error == record.error + "\n");
      BOOST_TEST(answer.code == 2);
      BOOST_TEST(answer.out == "");
      BOOST_TEST(files_here() == files, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(no_two_records_bear_the_same_name) {
  const WorkingFolder folder;
  std::vector<std::string> names;
  for (const BadConfig& record : read_bad_configs().records) names.push_back(record.name);
  std::sort(names.begin(), names.end());
  BOOST_TEST((std::adjacent_find(names.begin(), names.end()) == names.end()));
}

BOOST_AUTO_TEST_SUITE_END()
