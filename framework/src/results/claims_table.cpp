#include "results/claims_table.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <infoplane/claim.hpp>
#include <infoplane/error.hpp>

#include "base/csv.hpp"

namespace infoplane {
namespace {

constexpr const char* kHeader = "name,claim,says,measured,replicas,holds,share,mean,deviation,unit,verdict,reason";

std::string number_field(double number) { return std::isnan(number) ? "" : fmt::format("{}", number); }

double number_in(const CsvReader& reader, std::size_t column) {
  return reader.text(column).empty() ? std::numeric_limits<double>::quiet_NaN() : reader.number(column);
}

bool verdict_in(const CsvReader& reader, std::size_t column) {
  const std::string& verdict = reader.text(column);
  if (verdict != "holds" && verdict != "does not hold") {
    reader.refuse("verdict must be 'holds' or 'does not hold', got " + in_quotes(verdict));
  }
  return verdict == "holds";
}

}  // namespace

std::string claims_text(const std::vector<ClaimRecord>& records) {
  std::string lines = fmt::format("{}\n", kHeader);
  for (const ClaimRecord& r : records) {
    lines += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", r.name, r.claim, csv_field(r.says),
                         csv_field(r.measured), r.replicas, r.holds, r.share, number_field(r.mean),
                         number_field(r.deviation), csv_field(r.unit), verdict_of(r), csv_field(r.reason));
  }
  return lines;
}

std::vector<ClaimRecord> read_claims(const std::filesystem::path& file) {
  CsvReader reader(file);
  if (reader.header() != kHeader) reader.refuse(fmt::format("the header must be {}", kHeader));
  std::vector<ClaimRecord> records;
  while (reader.next()) {
    records.push_back({reader.text(0), reader.text(1), reader.text(2), reader.text(3), reader.whole_number(4),
                       reader.whole_number(5), reader.number(6), number_in(reader, 7), number_in(reader, 8),
                       reader.text(9), verdict_in(reader, 10), reader.text(11)});
    if (const ClaimRecord& r = records.back(); r.holds > r.replicas) {
      reader.refuse(fmt::format("holds must be at most replicas, {}, got {}", r.replicas, r.holds));
    }
  }
  return records;
}

}  // namespace infoplane
