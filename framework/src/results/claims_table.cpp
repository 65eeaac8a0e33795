#include "results/claims_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/claim.hpp>
#include <infoplane/error.hpp>

#include "base/csv.hpp"

namespace infoplane {
namespace {

constexpr const char* kHeader =
    "name,claim,says,measured,replicas,tested,holds,share_low,share_high,at_least_share,mean,mean_low,mean_high,"
    "deviation,unit,verdict,doubt,reason,evidence";

// Of versions that judged by the share alone.
constexpr const char* kFormerHeader =
    "name,claim,says,measured,replicas,holds,share,mean,deviation,unit,verdict,reason";

std::string number_field(double number) { return std::isnan(number) ? "" : fmt::format("{}", number); }

double number_in(const CsvReader& reader, std::size_t column) {
  return reader.text(column).empty() ? std::numeric_limits<double>::quiet_NaN() : reader.number(column);
}

Verdict verdict_in(const CsvReader& reader, std::size_t column) {
  const std::string& name = reader.text(column);
  for (const Verdict verdict : {Verdict::holds, Verdict::does_not_hold, Verdict::undecided}) {
    if (name == verdict_name(verdict)) return verdict;
  }
  reader.refuse("verdict must be 'holds', 'does not hold' or 'undecided', got " + in_quotes(name));
}

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    names.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

ClaimRecord described_in(const CsvReader& reader) {
  ClaimRecord record;
  record.name = reader.text(0);
  record.claim = reader.text(1);
  record.says = reader.text(2);
  record.measured = reader.text(3);
  record.replicas = reader.whole_number(4);
  return record;
}

ClaimRecord record_in(const CsvReader& reader) {
  ClaimRecord record = described_in(reader);
  record.tested = reader.whole_number(5);
  record.holds = reader.whole_number(6);
  record.share = {reader.number(7), reader.number(8)};
  record.at_least_share = reader.number(9);
  record.mean = number_in(reader, 10);
  record.mean_interval = {reader.number(11), reader.number(12)};
  record.deviation = number_in(reader, 13);
  record.unit = reader.text(14);
  record.verdict = verdict_in(reader, 15);
  record.doubt = reader.text(16);
  record.reason = reader.text(17);
  record.evidence = names_in(reader.text(18));
  return record;
}

ClaimRecord former_record_in(const CsvReader& reader) {
  ClaimRecord record = described_in(reader);
  record.tested = record.replicas;
  record.holds = reader.whole_number(5);
  record.share = {0, 1};
  record.mean = number_in(reader, 7);
  record.deviation = number_in(reader, 8);
  record.unit = reader.text(9);
  record.doubt = "judged by an earlier version, `infoplane figures` judges again";
  return record;
}

}  // namespace

std::string claims_text(const std::vector<ClaimRecord>& records) {
  std::string lines = fmt::format("{}\n", kHeader);
  for (const ClaimRecord& r : records) {
    lines += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", r.name, r.claim,
                         csv_field(r.says), csv_field(r.measured), r.replicas, r.tested, r.holds, r.share.low,
                         r.share.high, r.at_least_share, number_field(r.mean), r.mean_interval.low,
                         r.mean_interval.high, number_field(r.deviation), csv_field(r.unit), verdict_name(r.verdict),
                         csv_field(r.doubt), csv_field(r.reason), fmt::join(r.evidence, " "));
  }
  return lines;
}

std::vector<ClaimRecord> read_claims(const std::filesystem::path& file) {
  CsvReader reader(file);
  const bool is_former = reader.header() == kFormerHeader;
  if (!is_former && reader.header() != kHeader) reader.refuse(fmt::format("the header must be {}", kHeader));
  std::vector<ClaimRecord> records;
  while (reader.next()) {
    records.push_back(is_former ? former_record_in(reader) : record_in(reader));
    const ClaimRecord& r = records.back();
    if (r.tested > r.replicas) {
      reader.refuse(fmt::format("tested must be at most replicas, {}, got {}", r.replicas, r.tested));
    }
    if (r.holds > r.tested) reader.refuse(fmt::format("holds must be at most tested, {}, got {}", r.tested, r.holds));
  }
  return records;
}

}  // namespace infoplane
