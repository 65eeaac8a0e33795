#pragma once

#include <filesystem>

namespace infoplane {

/// Writes the weights and buffers of a run's checkpoint to a safetensors file, each under its name in the model, with
/// all replicas: "linear1.weight" [R, O, I]; for ordinary modules "replicas.7.fc.weight". Throws UsageError if the
/// folder has no checkpoint, "FOLDER: not checkpointed yet, resume it with `infoplane resume FOLDER`" for a run that
/// stopped before its first, Error if the file cannot be written.
void export_weights(const std::filesystem::path& folder, const std::filesystem::path& file);

}  // namespace infoplane
