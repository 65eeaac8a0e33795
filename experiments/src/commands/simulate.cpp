#include <iostream>

#include <infoplane/array_file.hpp>

#include "commands/commands.hpp"

namespace infoplane::experiments {

void simulate_command(const Experiment& experiment, const std::filesystem::path& file) {
  const Dataset dataset = experiment.dataset(stream_seed(experiment.seed, 0, Purpose::dataset));
  validate(dataset);
  const std::filesystem::path labels = std::filesystem::path(file).replace_extension(".labels.npy");
  write_array(file, dataset.inputs);
  write_array(labels, dataset.labels);
  std::cout << printable(file.string()) << "\n" << printable(labels.string()) << std::endl;
}

}  // namespace infoplane::experiments
