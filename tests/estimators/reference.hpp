#pragma once

#include <torch/types.h>

#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

// The reference cases of tests/estimators/reference: activations and labels with the values that an independent
// implementation gave for them (in bits; those of kernel density in nats).
namespace infoplane::testing {

struct ReferenceCase {
  torch::Tensor activations;  // [N, M] float64
  torch::Tensor labels;       // [N]
};

inline torch::Tensor read_csv(const std::string& file) {
  std::ifstream stream(file);
  std::vector<double> values;
  std::int64_t rows = 0;
  for (std::string line; std::getline(stream, line); ++rows) {
    std::istringstream fields(line);
    for (std::string field; std::getline(fields, field, ',');) values.push_back(std::stod(field));
  }
  return torch::tensor(values, torch::kFloat64).view({rows, -1});
}

inline ReferenceCase reference_case(const std::string& name) {
  const std::string stem = std::string(INFOPLANE_TESTS) + "/estimators/reference/" + name;
  return {read_csv(stem + ".activations.csv"), read_csv(stem + ".labels.csv").to(torch::kInt64).flatten()};
}

inline nlohmann::json expected(const std::string& name) {
  std::ifstream stream(std::string(INFOPLANE_TESTS) + "/estimators/reference/expected.json");
  return nlohmann::json::parse(stream).at(name);
}

}  // namespace infoplane::testing
