#include "results/table_digests.hpp"

#include <algorithm>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/interruption.hpp"
#include "base/sha256.hpp"
#include "results/checkpoint.hpp"
#include "results/provenance.hpp"
#include "results/run_files.hpp"
#include "results/run_status.hpp"
#include "results/whole_tables.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDigits = 64;

// Also a link that leads nowhere.
bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::symlink_status(file, ignored).type() != fs::file_type::not_found;
}

bool is_digest(const std::string& text) {
  return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// Tables, and the origin of an estimate.
bool is_verified(const std::string& name) {
  return name == kEstimateFile || std::find(std::begin(kTables), std::end(kTables), name) != std::end(kTables);
}

// Of the verified files alone: what else the file names is not ours.
TableDigests read_digests(const fs::path& file) {
  LineReader reader(file);
  TableDigests digests;
  for (std::string line; reader.next(line);) {
    const std::string digest = line.substr(0, kDigits), mark = line.substr(std::min(kDigits, line.size()), 2);
    if (!reader.is_whole() || !is_digest(digest) || (mark != "  " && mark != " *")) {
      throw UsageError(reader.place() + ": modified since the run wrote it: not a SHA-256, two spaces and a file name");
    }
    const std::string name = line.substr(kDigits + mark.size());
    if (is_verified(name)) digests.emplace(name, digest);
  }
  return digests;
}

void require(const std::string& name, const TableDigests& digests, const fs::path& folder) {
  const fs::path file = folder / name;
  const auto [first, end] = digests.equal_range(name);
  if (first == end) {
    if (name == kClaims || name == kEstimateFile || !is_there(file)) return;
    throw UsageError(fmt::format("{}: not listed in {}", file.string(), kDigests));
  }
  const std::string digest = file_digest(file);
  if (std::any_of(first, end, [&](const auto& line) { return line.second == digest; })) return;
  throw UsageError(
      fmt::format("{}: modified since the run wrote it: its SHA-256 is not the one in {}", file.string(), kDigests));
}

void require(const TableDigests& digests, const fs::path& folder) {
  for (const char* name : kTables) require(name, digests, folder);
  require(kEstimateFile, digests, folder);
}

// Again as long as the file of digests changes meanwhile: claims.csv may be replaced.
void require_digests(const fs::path& folder) {
  const fs::path file = folder / kDigests;
  std::optional<TableDigests> before;
  for (;;) {
    const TableDigests digests = read_digests(file);
    try {
      return require(digests, folder);
    } catch (const UsageError&) {
      if (before == digests) throw;
      before = digests;
    }
  }
}

// The check of runs without digests.
void require_lengths(const fs::path& folder) {
  const fs::path checkpoint = folder / kCheckpoint;
  if (!fs::exists(checkpoint)) return;
  for (const auto& [name, content] : read_checkpoint_head(checkpoint).tables) {
    const fs::path table = folder / name;
    const std::size_t size = InputFile(table).size();
    if (size == content.bytes) continue;
    throw UsageError(fmt::format("{}: modified since the run wrote it: {} bytes instead of {}", table.string(), size,
                                 content.bytes));
  }
}

}  // namespace

std::string digests_text(const TableDigests& digests) {
  std::string text;
  for (const auto& [name, digest] : digests) text += fmt::format("{}  {}\n", digest, name);
  return text;
}

std::string file_digest(const fs::path& file) {
  constexpr std::size_t at_once = 1 << 20;
  const InputFile input(file);
  Sha256 sum;
  for (std::size_t at = 0; at < input.size(); at += at_once) {
    stop_at_signal(file.string() + ": interrupted while it was verified");
    sum.add(input.read(at, std::min(at_once, input.size() - at)));
  }
  return sum.digest();
}

void replace_claims(const fs::path& folder, const std::string& text) {
  const fs::path claims = folder / kClaims, file = folder / kDigests;
  const std::string digest = sha256({text});
  const bool is_same = is_there(claims) && file_digest(claims) == digest;
  if (!is_there(file)) return is_same ? void() : write_whole_file(claims, text);
  TableDigests digests = read_digests(file);
  TableDigests after = digests;
  after.erase(kClaims);
  after.emplace(kClaims, digest);
  if (is_same && digests == after) return;
  if (digests.count(kClaims) > 0) {
    digests.emplace(kClaims, digest);
    write_whole_file(file, digests_text(digests));
  }
  write_whole_file(claims, text);
  write_whole_file(file, digests_text(after));
}

void require_whole_tables(const fs::path& folder) {
  const fs::path provenance = folder / kProvenance;
  const std::optional<RunStatus> status = read_status(provenance);
  for (const RunStatus unfinished :
       {RunStatus::running, RunStatus::interrupted, RunStatus::failed, RunStatus::waiting}) {
    if (status == unfinished) return;
  }
  if (is_there(folder / kDigests) || read_digests_name(provenance) == kDigests) return require_digests(folder);
  if (status == RunStatus::finished) require_lengths(folder);
}

}  // namespace infoplane
