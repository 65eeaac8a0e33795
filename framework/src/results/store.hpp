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

/// Which tables a run has beside training.csv, and the details of information.csv.
struct Tables {
  std::vector<std::string> details;
  bool parameters = false;
  bool histograms = false;
};

/// The folder of one run, OUT/EXPERIMENT/ID, while it is written:
///
///   experiment.yaml   the resolved experiment, every default written out; an estimate keeps estimate.yaml instead: its
///   files,
///                     seed and estimators
///   provenance.json   versions, seed, threads, device, git commit, times, whether it finished
///   training.csv      replica,epoch,split,loss,accuracy           (loss: mean cross-entropy in nats)
///   information.csv   replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,DETAILS...
///   parameters.csv    replica,epoch,parameter,index,value          (where the experiment traces them)
///   histograms.csv    replica,epoch,layer,unit,label,low,high,count       (where it asks for them)
///   truth.csv         i_xy_bits,i_xy_error_bits,best_accuracy,best_accuracy_error       (where the data set knows)
///   bottleneck.csv    beta,i_xt_bits,i_ty_bits: the optimal curve                       (where the data set knows)
///   claims.csv        name,claim,says,measured,replicas,holds,share,mean,deviation,unit,verdict,reason   (of a
///   finished run) checkpoint        from which the run goes on (see checkpoint.hpp) tables.sha256     the SHA-256 of
///   every table, as sha256sum writes and checks them         (of a finished run) figures/          SVG and PNG, each
///   with the gnuplot script and the data that draw it
///
/// ID is the time of the start in UTC, 20260131T235959Z, and "-2", "-3", ... where that folder exists.
///
/// A folder has one writer: it holds a lock on it (flock), which ends with its process, however that ends. Who reads
/// meanwhile sees files whole, and a table up to any byte: each append is one write of whole lines, of which the system
/// may show another process the beginning first. read_run leaves out a last line without its end; other readers must do
/// so too.
class Store {
 public:
  /// Whether a new folder bears its name from the start, or is hidden (its name begins with '.') until it is shown.
  enum class Name { at_once, when_shown };

  /// Makes the folder and the heads of its tables. Throws UsageError naming the path and the reason where a folder or a
  /// file cannot be made, Error where a head cannot be written; nothing that it made is then left.
  Store(const std::filesystem::path& out, const std::string& experiment, const Tables& tables,
        Name name = Name::at_once);

  /// What tables held, by their names.
  using Contents = std::map<std::string, TableContent>;

  /// Goes on in a folder, its tables cut to what `kept` gives, which is called once the folder is locked. Where it
  /// gives none, all begin anew. Throws UsageError "FOLDER: in use by process 1234" where another writer lives, and
  /// where a table is not as it was, or is none of those that are kept.
  Store(const std::filesystem::path& folder, const Tables& tables, const std::function<Contents()>& kept);

  /// Gives a hidden folder its name, all at once. Throws Error "FOLDER: cannot write: REASON".
  void show();

  const std::filesystem::path& folder() const { return parts_.folder; }

  Contents contents() const;

  /// Returns when the tables are on the disk. Throws Error "FILE: cannot write: REASON".
  void flush() const;

  /// Numbers are written with the fewest digits that read back to the same double; a NaN detail is an empty field; a
  /// name with a comma or a quote is quoted as RFC 4180 has it. Throws Error for a name with a line break, and where
  /// the file cannot be written (see CsvWriter::append).
  void append(const std::vector<Record>& records);
  void append(const std::vector<TrainingRecord>& records);
  void append(const std::vector<ParameterRecord>& records);
  void append(const std::vector<HistogramRecord>& records);

  /// Appends whole lines to a table, "information.csv", as they are.
  void append(const std::string& table, const std::string& lines);

  void write(const Truth& truth) const;
  void write(const std::vector<BottleneckPoint>& curve) const;

  /// Writes a whole file of the folder, complete or not at all. Throws Error "FILE: cannot write: REASON".
  void write_file(const std::string& name, const std::string& text) const;

  /// Writes tables.sha256 over what was appended to the tables and over those that were written whole, once all of them
  /// are on the disk. A run does so at its end: require_whole_tables then knows it again. Throws Error "FILE: cannot
  /// write: REASON".
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
