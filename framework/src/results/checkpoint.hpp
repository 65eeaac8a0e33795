#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include <infoplane/tensor_file.hpp>

#include "results/store.hpp"

namespace infoplane {

/// The state needed to resume a run as if it had not stopped. Random numbers have no state: they depend on the seed and
/// their purpose.
struct Checkpoint {
  std::string experiment;         ///< SHA-256 of its experiment
  std::int64_t step = 0;          ///< optimizer steps taken
  std::int64_t observations = 0;  ///< number of observed epochs in the tables
  Store::Contents tables;         ///< the contents of the tables
  NamedTensors tensors;           ///< of all replicas: Trainer::state() and the states of estimators
};

/// As bytes of a tensor file with kind, version and the numbers above in its metadata.
std::string to_bytes(const Checkpoint& checkpoint);

/// Throws UsageError "SOURCE: ..." unless the bytes are a complete and undamaged checkpoint of this version.
Checkpoint parse_checkpoint(const std::string& bytes, const std::string& source);

/// Throws UsageError as parse_checkpoint does, and for a file that cannot be read.
Checkpoint read_checkpoint(const std::filesystem::path& file);

/// The same without its tensors; reads only the header and does not check the sha256.
Checkpoint read_checkpoint_head(const std::filesystem::path& file);

}  // namespace infoplane
