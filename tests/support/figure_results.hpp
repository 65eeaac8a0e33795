#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/config.hpp>
#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/figure.hpp>

namespace infoplane::testing {

inline const std::vector<std::string> kFigures = {"information_plane", "information_curves", "learning_curves"};

/// The figure with options in YAML.
inline std::unique_ptr<Figure> figure(const std::string& type, const std::string& options = "layers: []") {
  auto choice = experiments::catalogue().figures.choose(type);
  const bool has_layers = type != "learning_curves";
  if (has_layers || options != "layers: []") read_fields(parse_yaml(options, "options"), "", choice.fields());
  return choice();
}

struct Shape {
  std::vector<std::string> layers = {"L1", "L2"};
  std::vector<std::string> estimators = {"binning", "kde.upper"};
  std::vector<std::int64_t> epochs = {0, 1, 2, 5, 10, 100, 1000};
  std::int64_t replicas = 2;
};

/// Replica r has the values of replica 0 plus r / 4; deeper layers hold less.
inline RunResults results(const Shape& shape) {
  RunResults results;
  results.experiment = "iris_tanh";
  for (const std::int64_t epoch : shape.epochs) {
    for (std::int64_t r = 0; r < shape.replicas; ++r) {
      const double learned = std::log10(1.0 + static_cast<double>(epoch)) / 8 + static_cast<double>(r) / 4;
      double depth = 0;
      for (const std::string& layer : shape.layers) {
        ++depth;
        for (const std::string& estimator : shape.estimators) {
          results.information.push_back({r, epoch, layer, estimator, 4 - depth / 2 - learned, learned, 4.9, 1.58, {}});
        }
      }
      for (const char* split : {"train", "test"}) results.training.push_back({r, epoch, split, 1 - learned, learned});
    }
  }
  return results;
}

}  // namespace infoplane::testing
