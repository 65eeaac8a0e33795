#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include <infoplane/store.hpp>
#include <infoplane/tensor_file.hpp>

namespace infoplane {

/// All that a run needs to go on as if it had never stopped. Random numbers have no state: they come of the seed and of
/// what they are drawn for.
struct Checkpoint {
  std::string experiment;                        ///< SHA-256 of the experiment that it belongs to
  std::int64_t step = 0;                         ///< optimiser steps taken
  std::int64_t observations = 0;                 ///< observed epochs that are in the tables
  Store::Lengths tables;                         ///< how long the tables were
  NamedTensors tensors;                          ///< of all replicas: what Trainer::state() and the estimators keep
};

/// As bytes of a tensor file whose metadata say kind, version and the numbers above.
std::string to_bytes(const Checkpoint& checkpoint);

/// Throws UsageError "SOURCE: ..." unless the bytes are a whole and undamaged checkpoint of this version.
Checkpoint parse_checkpoint(const std::string& bytes, const std::string& source);

/// Throws UsageError as parse_checkpoint does, and for a file that cannot be read.
Checkpoint read_checkpoint(const std::filesystem::path& file);

/// The same without its tensors, in the time that reading its header takes; the sha256 is not looked at.
Checkpoint read_checkpoint_head(const std::filesystem::path& file);

/// Throws UsageError "TABLE: it has N bytes and its run left M, it was changed" unless the tables of a finished run are as long as
/// the head of its checkpoint says, and for a table or a checkpoint that cannot be read. Without a checkpoint, which its owner may
/// have removed, nothing is known of them.
void require_whole_tables(const std::filesystem::path& folder);

}  // namespace infoplane
