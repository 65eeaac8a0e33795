#pragma once

#include <filesystem>

namespace infoplane {

/// Throws UsageError unless the tables of a finished run or an estimate, and estimate.yaml, are as it wrote them, byte
/// for byte:
///
///   TABLE: modified since the run wrote it: its SHA-256 is not the one in tables.sha256
///   TABLE: no such file                                   (or another error of reading it)
///   TABLE: not listed in tables.sha256                    (except claims.csv, which may have been written later,
///                                                          and estimate.yaml)
///   FOLDER/tables.sha256: no such file
///
/// After modifying a table on purpose, run `sha256sum *.csv >tables.sha256` in the folder. For a run of a version
/// without tables.sha256, which its provenance then does not mention, the lengths in its checkpoint are checked:
///
///   TABLE: modified since the run wrote it: N bytes instead of M
///
/// and nothing without a checkpoint, which may have been removed. Runs with another status are not checked: they are
/// being written, or stopped at any byte. Reads all tables once: 1 s for a few GB.
void require_whole_tables(const std::filesystem::path& folder);

}  // namespace infoplane
