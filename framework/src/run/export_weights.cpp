#include <infoplane/export_weights.hpp>

#include <string>

#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/tensor_file.hpp>

#include "results/checkpoint.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/run_summary.hpp"

namespace infoplane {
namespace {

const std::string kModel = "model.";

// Throws for a folder that has no checkpoint because of what it is.
void require_checkpoint(const std::filesystem::path& folder) {
  if (read_status(folder / kProvenance) == RunStatus::estimate) {
    throw UsageError(folder.string() + ": an estimate; only runs of `infoplane run` have weights");
  }
  if (std::filesystem::exists(folder / kCheckpoint) || is_finished(folder) || !is_run(folder)) return;
  throw UsageError(fmt::format("{}: not checkpointed yet{}", folder.string(), how_to_continue(folder)));
}

}  // namespace

void export_weights(const std::filesystem::path& folder, const std::filesystem::path& file) {
  require_checkpoint(folder);
  TensorFile weights;
  for (const auto& [name, tensor] : read_checkpoint(folder / kCheckpoint).tensors) {
    if (name.rfind(kModel, 0) == 0) weights.tensors[name.substr(kModel.size())] = tensor;
  }
  write_tensors(file, weights);
}

}  // namespace infoplane
