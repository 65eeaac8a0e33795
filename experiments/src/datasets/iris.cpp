#include <infoplane/experiments/iris.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>
#include <string>

#include "iris_csv.hpp"

namespace infoplane::experiments {
namespace {

constexpr std::array<const char*, 3> kSpecies = {"setosa", "versicolor", "virginica"};

}  // namespace

Fields fields(IrisOptions& o) { return {field("transform", o.transform, "transform of the inputs")}; }

Dataset make_iris(const IrisOptions& options, std::uint64_t) {
  std::vector<float> inputs;
  std::vector<std::int64_t> labels;
  std::istringstream lines(kIrisCsv);
  std::string line;
  for (std::getline(lines, line); std::getline(lines, line);) {  // the first line is a header
    std::array<float, 4> row{};
    std::array<char, 16> species{};
    std::sscanf(line.c_str(), "%f,%f,%f,%f,%15s", &row[0], &row[1], &row[2], &row[3], species.data());
    inputs.insert(inputs.end(), row.begin(), row.end());
    labels.push_back(std::find(kSpecies.begin(), kSpecies.end(), std::string(species.data())) - kSpecies.begin());
  }
  const torch::Tensor table = torch::tensor(inputs).reshape({-1, 4});
  return {transformed(table, options.transform), torch::tensor(labels, torch::kInt64), kSpecies.size()};
}

}  // namespace infoplane::experiments
