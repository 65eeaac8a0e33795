#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <ATen/CPUGeneratorImpl.h>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <torch/types.h>

#include <infoplane/estimator.hpp>

// Samples for the tests of estimators.
namespace infoplane::testing {

/// A layer named L with its activations and labels; the inputs are the samples' numbers.
inline LayerSamples layer_of(const torch::Tensor& activations, const std::vector<std::int64_t>& labels,
                             std::int64_t classes) {
  LayerSamples samples;
  samples.activations = activations;
  samples.labels = torch::tensor(labels, torch::kInt64);
  samples.classes = classes;
  samples.inputs = torch::arange(static_cast<std::int64_t>(labels.size()), torch::kFloat64).unsqueeze(1);
  samples.layer = "L";
  return samples;
}

/// N(0, 1) squashed by tanh, and labels that lean on the first unit; equal arguments give equal samples.
inline LayerSamples random_layer(std::int64_t n, std::int64_t units, std::int64_t classes, std::uint64_t seed) {
  auto generator = at::detail::createCPUGenerator(seed);
  const torch::Tensor activations = torch::empty({n, units}, torch::kFloat64).normal_(0, 1, generator).tanh();
  const torch::Tensor noisy = activations.select(1, 0) + torch::empty({n}, torch::kFloat64).normal_(0, 0.3, generator);
  LayerSamples samples = layer_of(activations, std::vector<std::int64_t>(n), classes);
  samples.labels = ((noisy + 1) / 2 * static_cast<double>(classes)).floor().clamp(0, classes - 1).to(torch::kInt64);
  samples.kind = ActivationKind::tanh;
  return samples;
}

inline std::string reference_file(const std::string& name) {
  const char* folder = std::getenv("INFOPLANE_REFERENCE");
  return (folder != nullptr ? std::string(folder) : std::string(INFOPLANE_TESTS) + "/estimators/reference") + "/" +
         name;
}

/// What the reference cases give: expected()["relu"]["scott"]["i_xt"].
inline nlohmann::json expected() {
  std::ifstream file(reference_file("expected.json"));
  BOOST_REQUIRE(file.good());
  return nlohmann::json::parse(file);
}

/// A table of numbers, [rows, columns] float64.
inline torch::Tensor read_table(const std::string& name) {
  std::ifstream file(reference_file(name));
  BOOST_REQUIRE(file.good());
  std::vector<double> values;
  std::int64_t rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    std::stringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) values.push_back(std::stod(cell));
  }
  return torch::tensor(values, torch::kFloat64).reshape({rows, -1});
}

inline LayerSamples reference_layer(const std::string& name, std::int64_t classes, ActivationKind kind) {
  const torch::Tensor labels = read_table(name + ".labels.csv").flatten().to(torch::kInt64);
  LayerSamples samples =
      layer_of(read_table(name + ".activations.csv"), std::vector<std::int64_t>(labels.size(0)), classes);
  samples.labels = labels;
  samples.kind = kind;
  return samples;
}

}  // namespace infoplane::testing
