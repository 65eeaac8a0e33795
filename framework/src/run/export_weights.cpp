#include <infoplane/export_weights.hpp>

#include <string>

#include <infoplane/tensor_file.hpp>

#include "results/checkpoint.hpp"
#include "results/run_files.hpp"

namespace infoplane {
namespace {

const std::string kModel = "model.";

}  // namespace

void export_weights(const std::filesystem::path& folder, const std::filesystem::path& file) {
  TensorFile weights;
  for (const auto& [name, tensor] : read_checkpoint(folder / kCheckpoint).tensors) {
    if (name.rfind(kModel, 0) == 0) weights.tensors[name.substr(kModel.size())] = tensor;
  }
  write_tensors(file, weights);
}

}  // namespace infoplane
