#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <infoplane/record.hpp>

namespace infoplane {

/// What a run's folder says: the rows of its tables, in their order.
struct RunResults {
  std::string experiment;            ///< its name, which is that of the folder's parent
  std::vector<std::string> details;  ///< the names of Record::details
  std::vector<Record> information;
  std::vector<TrainingRecord> training;
};

/// A CSV file that grows by whole lines: what is appended in one call is in the file, complete, when the call returns.
class CsvWriter {
 public:
  /// Creates the file, or empties it, and writes its header line. Throws UsageError where the file cannot be created.
  CsvWriter(const std::filesystem::path& file, const std::string& header);
  CsvWriter(CsvWriter&& other) noexcept;
  CsvWriter& operator=(CsvWriter&&) = delete;
  ~CsvWriter();

  /// Appends whole lines. Throws Error "FILE: cannot write: REASON"; the file then ends with the last whole line
  /// that was written before.
  void append(const std::string& lines);

 private:
  explicit CsvWriter(const std::filesystem::path& file);

  std::filesystem::path file_;
  int descriptor_;
  std::size_t bytes_ = 0;  // of whole lines
};

/// The folder of one run, OUT/EXPERIMENT/ID, while it is written:
///
///   experiment.yaml   the resolved experiment, every default written out
///   provenance.json   versions, seed, threads, device, git commit, times, whether it finished
///   training.csv      replica,epoch,split,loss,accuracy           (loss: mean cross-entropy in nats)
///   information.csv   replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,DETAILS...
///   figures/          SVG and PNG, each with the gnuplot script and the data that draw it
///
/// ID is the time of the start in UTC, 20260131T235959Z, and "-2", "-3", ... where that folder exists.
class Store {
 public:
  /// Makes the folder and the heads of its tables. Throws UsageError naming the path and the reason where a folder or a
  /// file cannot be made, Error where a head cannot be written; nothing that it made is then left.
  Store(const std::filesystem::path& out, const std::string& experiment, const std::vector<std::string>& details);

  const std::filesystem::path& folder() const { return parts_.folder; }

  /// Numbers are written with the fewest digits that read back to the same double; a NaN detail is an empty field; a
  /// name with a comma or a quote is quoted as RFC 4180 has it. Throws Error for a name with a line break, and where
  /// the file cannot be written (see CsvWriter::append).
  void append(const std::vector<Record>& records);
  void append(const std::vector<TrainingRecord>& records);

  /// Writes a whole file of the folder, complete or not at all. Throws Error "FILE: cannot write: REASON".
  void write_file(const std::string& name, const std::string& text) const;

 private:
  struct Parts {
    std::filesystem::path folder;
    std::size_t details;  // per row
    CsvWriter training;
    CsvWriter information;
  };
  static Parts make(const std::filesystem::path& out, const std::string& experiment,
                    const std::vector<std::string>& details);

  Parts parts_;
};

/// Reads training.csv and information.csv of a run's folder. Throws UsageError with file and line for a missing file,
/// another header, a row with another number of fields, a field that is no number where one is due, a split that is
/// neither train nor test, and a last line that was cut off.
RunResults read_run(const std::filesystem::path& folder);

}  // namespace infoplane
