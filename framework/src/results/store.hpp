#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/record.hpp>

#include "base/csv_writer.hpp"

namespace infoplane {

/// The tables of a run in addition to training.csv, and the details of information.csv.
struct Tables {
  std::vector<std::string> details;
  bool parameters = false;
  bool histograms = false;
};

/// The folder of one run, OUT/EXPERIMENT/ID, while it is written:
///
///   experiment.yaml   the resolved experiment, with all defaults
///   estimate.yaml     instead, for an estimate: its files, seed and estimators
///   provenance.json   versions, seed, threads, device, git commit, times, status
///   training.csv      replica,epoch,split,loss,accuracy (loss: its mean, see loss.hpp)
///   information.csv   replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,DETAILS...
///   parameters.csv    replica,epoch,parameter,index,value (if traced)
///   histograms.csv    replica,epoch,layer,unit,label,low,high,count (if requested)
///   truth.csv         i_xy_bits,i_xy_error_bits,best_accuracy,best_accuracy_error (if the data set knows them)
///   bottleneck.csv    beta,i_xt_bits,i_ty_bits: the optimal curve (if the data set knows it)
///   claims.csv        name,claim,says,measured,replicas,holds,share,mean,deviation,unit,verdict,reason
///                     (of a finished run)
///   checkpoint        the state for resuming the run (see checkpoint.hpp)
///   tables.sha256     the SHA-256 of every table, in the format of sha256sum (of a finished run)
///   figures/          SVG and PNG, each with its gnuplot script and data
///
/// ID is the start time in UTC, 20260131T235959Z, and "-2", "-3", ... if that folder exists.
///
/// A folder has one writer, which holds a lock on it (flock) until its process ends, however it ends. Meanwhile readers
/// see complete files, and tables up to any byte: each append is one write of whole lines, of which another process may
/// see the beginning first. read_run ignores a last line without a line break; other readers must do so too.
class Store {
 public:
  /// Whether a new folder has its name from the start, or is hidden (its name begins with '.') until show().
  enum class Name { at_once, when_shown };

  /// Makes the folder and its tables with their headers. Throws UsageError naming the path and the reason if a folder
  /// or a file cannot be made, Error if a header cannot be written, and then removes everything that it made.
  Store(const std::filesystem::path& out, const std::string& experiment, const Tables& tables,
        Name name = Name::at_once);

  /// The contents of tables by name.
  using Contents = std::map<std::string, TableContent>;

  /// Reopens a folder, with its tables cut to the contents returned by `kept`, which is called after the folder is
  /// locked; if it returns none, all tables start empty. Throws UsageError "FOLDER: in use by process 1234" if there is
  /// another writer, and for a table that was modified or is not in `kept`.
  Store(const std::filesystem::path& folder, const Tables& tables, const std::function<Contents()>& kept);

  /// Renames a hidden folder to its name, atomically. Throws Error "FOLDER: cannot write: REASON".
  void show();

  const std::filesystem::path& folder() const { return parts_.folder; }

  Contents contents() const;

  /// Returns when the tables are on the disk. Throws Error "FILE: cannot write: REASON".
  void flush() const;

  /// Numbers are written with the fewest digits that read back to the same double; a NaN detail is an empty field; a
  /// name with a comma or a quote is quoted (RFC 4180). Throws Error for a name with a line break, and if the file
  /// cannot be written (see CsvWriter::append).
  void append(const std::vector<Record>& records);
  void append(const std::vector<TrainingRecord>& records);
  void append(const std::vector<ParameterRecord>& records);
  void append(const std::vector<HistogramRecord>& records);

  /// Appends whole lines to a table, "information.csv", unchanged.
  void append(const std::string& table, const std::string& lines);

  void write(const Truth& truth) const;
  void write(const std::vector<BottleneckPoint>& curve) const;

  /// Writes a whole file of the folder, complete or not at all. Throws Error "FILE: cannot write: REASON".
  void write_file(const std::string& name, const std::string& text) const;

  /// Writes tables.sha256 for all tables, after they are on the disk. A run calls it at its end, so that
  /// require_whole_tables can verify it. Throws Error "FILE: cannot write: REASON".
  void write_digests() const;

 private:
  struct Parts {
    std::filesystem::path folder;
    std::shared_ptr<void> lock;
    std::map<std::string, CsvWriter> tables;
  };
  static Parts make(const std::filesystem::path& parent, const Tables& tables, Name name);
  static Parts reopen(const std::filesystem::path& folder, const Tables& tables, const std::function<Contents()>& kept);

  Parts parts_;
};

}  // namespace infoplane
