#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <infoplane/config.hpp>
#include <infoplane/error.hpp>
#include <infoplane/run_results.hpp>

#include "base/csv.hpp"
#include "results/claims_table.hpp"
#include "results/run_files.hpp"
#include "results/run_summary.hpp"
#include "results/whole_tables.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFirstDetail = 8;

CsvReader table(const fs::path& file, const char* header) {
  CsvReader reader(file);
  if (reader.header() != header) reader.refuse(fmt::format("the header must be {}", header));
  return reader;
}

CsvReader information_table(const fs::path& folder) {
  CsvReader reader(folder / kInformation);
  if ((reader.header() + ",").rfind(std::string(kInformationHeader) + ",", 0) != 0) {
    reader.refuse(fmt::format("the header must be {},DETAILS...", kInformationHeader));
  }
  return reader;
}

TrainingRecord training_record(const CsvReader& reader) {
  const std::string& split = reader.text(2);
  if (split != "train" && split != "test") reader.refuse("split must be train or test, got " + in_quotes(split));
  return {reader.whole_number(0), reader.whole_number(1), split, reader.number(3), reader.number(4)};
}

ParameterRecord parameter_record(const CsvReader& reader) {
  return {reader.whole_number(0), reader.whole_number(1), reader.text(2), reader.whole_number(3), reader.number(4)};
}

HistogramRecord histogram_record(const CsvReader& reader) {
  return {reader.whole_number(0), reader.whole_number(1),  reader.text(2),          reader.whole_number(3),
          reader.whole_number(4), reader.finite_number(5), reader.finite_number(6), reader.whole_number(7)};
}

BottleneckPoint bottleneck_point(const CsvReader& reader) {
  return {reader.number(0), reader.finite_number(1), reader.finite_number(2)};  // the curve ends at an infinite beta
}

bool are_of_one_histogram(const HistogramRecord& a, const HistogramRecord& b) {
  return a.replica == b.replica && a.epoch == b.epoch && a.layer == b.layer;
}

// But for rounding, which grows with the bins' distance from 0.
bool are_equally_wide(const HistogramRecord& a, const HistogramRecord& b) {
  const double width = a.high - a.low, other = b.high - b.low;
  const double largest = std::max({std::abs(a.low), std::abs(a.high), std::abs(b.low), std::abs(b.high)});
  return std::abs(width - other) <= 1e-6 * width + 8 * std::numeric_limits<double>::epsilon() * largest;
}

// Refuses a second row of the same replica and epoch in a series, which are a layer's by one estimator, or a split's.
class DistinctRows {
 public:
  template <class Row>
  void add(const CsvReader& reader, const Row& row, const std::string& name, const std::string& of) {
    const std::uint64_t key = static_cast<std::uint64_t>(row.epoch) << 32 | static_cast<std::uint64_t>(row.replica);
    Series& series = find(name, of);
    const bool ascends = series.ascending.empty() || series.ascending.back() < key;  // as runs write them
    const bool is_new = ascends || (!std::binary_search(series.ascending.begin(), series.ascending.end(), key) &&
                                    series.others.insert(key).second);
    if (!is_new) {
      reader.refuse(fmt::format("a second row of replica {}, epoch {}, {}{}{}", row.replica, row.epoch, printable(name),
                                of.empty() ? "" : ", ", printable(of)));
    }
    if (ascends) series.ascending.push_back(key);
  }

 private:
  struct Series {
    std::string name, of;
    std::vector<std::uint64_t> ascending;
    std::set<std::uint64_t> others;
  };

  // Rows go through the series in turn.
  Series& find(const std::string& name, const std::string& of) {
    const auto fits = [&](const Series& s) { return s.name == name && s.of == of; };
    if (++at_ >= series_.size()) at_ = 0;
    if (series_.empty() || !fits(series_[at_])) {
      const auto [known, is_new] = places_.try_emplace({name, of}, series_.size());
      at_ = known->second;
      if (is_new) series_.push_back({name, of, {}, {}});
    }
    return series_[at_];
  }

  std::vector<Series> series_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
  std::size_t at_ = 0;
};

std::vector<TrainingRecord> read_training(const fs::path& file) {
  CsvReader reader = table(file, kTrainingHeader);
  DistinctRows distinct;
  std::vector<TrainingRecord> rows;
  while (reader.next()) {
    rows.push_back(training_record(reader));
    distinct.add(reader, rows.back(), rows.back().split, "");
  }
  return rows;
}

template <class Row>
std::vector<Row> read_rows(const fs::path& file, const char* header, Row (*row_in)(const CsvReader&)) {
  CsvReader reader = table(file, header);
  std::vector<Row> rows;
  while (reader.next()) rows.push_back(row_in(reader));
  return rows;
}

std::vector<HistogramRecord> read_histograms(const fs::path& file) {
  CsvReader reader = table(file, kHistogramsHeader);
  std::vector<HistogramRecord> rows;
  std::size_t first = 0;  // of the same histogram
  while (reader.next()) {
    rows.push_back(histogram_record(reader));
    const HistogramRecord& row = rows.back();
    if (row.low > row.high) reader.refuse(fmt::format("low must be at most high, {}, got {}", row.high, row.low));
    if (!are_of_one_histogram(rows[first], row)) first = rows.size() - 1;
    if (are_equally_wide(rows[first], row)) continue;
    reader.refuse(fmt::format("the bins of a histogram must be equally wide, {} as the first, got {}",
                              rows[first].high - rows[first].low, row.high - row.low));
  }
  return rows;
}

Truth read_truth(const fs::path& file) {
  CsvReader reader = table(file, kTruthHeader);
  if (!reader.next()) reader.refuse("a row must follow");
  return {reader.finite_number(0), reader.finite_number(1), reader.finite_number(2), reader.finite_number(3)};
}

// All but the details, into a record whose memory is kept from row to row.
void read_record(const CsvReader& reader, Record& record) {
  record.replica = reader.whole_number(0);
  record.epoch = reader.whole_number(1);
  record.layer = reader.text(2);
  record.estimator = reader.text(3);
  record.i_xt_bits = reader.number_or_nan(4);
  record.i_ty_bits = reader.number_or_nan(5);
  record.i_xt_cap_bits = reader.number_or_nan(6);
  record.i_ty_cap_bits = reader.number_or_nan(7);
}

void read_details(const CsvReader& reader, Record& record) {
  record.details.clear();
  for (std::size_t i = kFirstDetail; i < reader.columns().size(); ++i) {
    record.details.push_back(reader.number_or_nan(i));
  }
}

// experiment.yaml; null for an estimate, which has none, and for one that cannot be read.
Node read_experiment_file(const fs::path& folder) {
  try {
    return load_yaml(folder / kExperimentFile);
  } catch (const Error&) {
    return {};
  }
}

// As the folder's experiment.yaml has it, so that a run keeps its name wherever it is copied.
std::string experiment_name(const Node& experiment, const fs::path& folder) {
  const Node* const name = experiment.find("name");
  if (name != nullptr && name->kind == Node::Kind::scalar && !name->scalar.empty()) return name->scalar;
  return fs::canonical(folder).parent_path().filename().string();
}

}  // namespace

RunResults read_run(const fs::path& folder) {
  require_whole_tables(folder);
  RunResults results;
  results.training = read_training(folder / kTraining);
  if (fs::exists(folder / kParameters)) {
    results.parameters = read_rows(folder / kParameters, kParametersHeader, parameter_record);
  }
  if (fs::exists(folder / kTruth)) results.truth = read_truth(folder / kTruth);
  if (fs::exists(folder / kBottleneck)) {
    results.bottleneck = read_rows(folder / kBottleneck, kBottleneckHeader, bottleneck_point);
  }
  if (fs::exists(folder / kHistograms)) {
    results.histograms = read_histograms(folder / kHistograms);
  }
  if (fs::exists(folder / kClaims)) results.claims = read_claims(folder / kClaims);
  CsvReader reader = information_table(folder);
  results.details.assign(reader.columns().begin() + kFirstDetail, reader.columns().end());
  DistinctRows distinct;
  for (Record record; reader.next();) {
    read_record(reader, record);
    read_details(reader, record);
    distinct.add(reader, record, record.layer, record.estimator);
    results.information.push_back(record);
  }
  const Node experiment = read_experiment_file(folder);
  results.experiment = experiment_name(experiment, folder);
  results.loss = loss_of(experiment);
  return results;
}

void each_information(const fs::path& folder, const std::function<void(const Record&)>& visit) {
  require_whole_tables(folder);
  CsvReader reader = information_table(folder);
  DistinctRows distinct;
  for (Record record; reader.next();) {
    read_record(reader, record);
    distinct.add(reader, record, record.layer, record.estimator);
    visit(record);
  }
}

std::vector<TrainingRecord> read_last_epoch(const fs::path& folder) {
  std::vector<TrainingRecord> records;
  for (std::size_t bytes = 1 << 14;; bytes *= 4) {
    CsvReader reader = table(folder / kTraining, kTrainingHeader);
    const bool skips = reader.skip_to_last(bytes);
    records.clear();
    bool from_start = !skips;  // whether the first row of the last epoch is certain to be among those read
    while (reader.next()) {
      const TrainingRecord record = training_record(reader);
      if (!records.empty() && records.back().epoch != record.epoch) {
        records.clear();
        from_start = true;
      }
      records.push_back(record);
    }
    if (from_start) return records;
  }
}

}  // namespace infoplane
