#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace infoplane {

/// The results that a figure or a claim needs, checked before the run.
struct ResultNeeds {
  std::vector<std::string> layers;
  std::vector<std::string> estimators;  ///< by name, or a value of one: "kernel_density.upper"
  std::vector<std::string> values;      ///< "lower": of each of the estimators, or of the first if none is named
  std::vector<std::string> details;     ///< columns of information.csv filled by the same estimators
  std::vector<std::pair<std::string, std::int64_t>> elements;  ///< of parameters.csv: a parameter and an index
  std::vector<std::string> histogram_layers;                   ///< of histograms.csv
  std::vector<std::int64_t> histogram_epochs;                  ///< of histograms.csv
  std::vector<std::int64_t> replicas;
  std::vector<std::string> runs;    ///< of a claim: the experiments whose runs it compares with this one
  std::vector<std::string> claims;  ///< of a claim: others of the experiment, or EXPERIMENT/CLAIM, that it refers to
  std::int64_t last_epoch = 0;      ///< of a claim: the latest epoch that it is about; a shorter training says nothing
  std::size_t most_layers = 0;      ///< largest number of layers: of those named, else of all; 0: any number
  std::int64_t most_elements = 0;   ///< the same for parameters
  bool information = false;         ///< information.csv, so an estimator is required
  bool i_xt = false;                ///< I(X;T) of the estimators
  bool parameters = false;          ///< parameters.csv
  bool histograms = false;          ///< histograms.csv
};

}  // namespace infoplane
