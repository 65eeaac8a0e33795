#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include <infoplane/tensor_file.hpp>

#include "results/store.hpp"

namespace infoplane {

/// All that a run needs to go on as if it had never stopped. Random numbers have no state: they come of the seed and of
/// what they are drawn for.
struct Checkpoint {
  std::string experiment;         ///< SHA-256 of the experiment that it belongs to
  std::int64_t step = 0;          ///< optimizer steps taken
  std::int64_t observations = 0;  ///< observed epochs that are in the tables
  Store::Contents tables;         ///< what the tables held
  NamedTensors tensors;           ///< of all replicas: what Trainer::state() and the estimators keep
};

/// As bytes of a tensor file whose metadata say kind, version and the numbers above.
std::string to_bytes(const Checkpoint& checkpoint);

/// Throws UsageError "SOURCE: ..." unless the bytes are a whole and undamaged checkpoint of this version.
Checkpoint parse_checkpoint(const std::string& bytes, const std::string& source);

/// Throws UsageError as parse_checkpoint does, and for a file that cannot be read.
Checkpoint read_checkpoint(const std::filesystem::path& file);

/// The same without its tensors, in the time that reading its header takes; the sha256 is not looked at.
Checkpoint read_checkpoint_head(const std::filesystem::path& file);

}  // namespace infoplane
