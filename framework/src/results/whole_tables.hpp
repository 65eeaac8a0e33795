#pragma once

#include <filesystem>

namespace infoplane {

/// Throws UsageError unless the tables of a run that is finished, or of an estimate, are those that it left, byte for
/// byte:
///
///   TABLE: its SHA-256 is not that in tables.sha256, it was changed
///   TABLE: no such file                                   (and as every reader says it, for what is no regular file)
///   TABLE: it is not named in tables.sha256               (but claims.csv, which may have been written since)
///   FOLDER/tables.sha256: no such file
///
/// Who changed a table on purpose says so by `sha256sum *.csv >tables.sha256` in the folder. A run of a version that
/// wrote no tables.sha256, of which its provenance then tells nothing, is held to the lengths in its checkpoint:
///
///   TABLE: it has N bytes and its run left M, it was changed
///
/// and without a checkpoint, which its owner may have removed, nothing is known. Nothing is asked of a run in any other
/// state: it is being written, or stopped at any byte. Reads all tables once: 1 s for some GB.
void require_whole_tables(const std::filesystem::path& folder);

}  // namespace infoplane
