#include "base/csv_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/file.hpp"
#include "base/sha256.hpp"

namespace infoplane {

CsvWriter::CsvWriter(const std::filesystem::path& file, int flags)
    : file_(file),
      descriptor_(open(file.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC | flags, 0666)),
      sum_(std::make_unique<Sha256>()) {
  if (descriptor_ < 0) throw UsageError(write_error(file_).what());
}

CsvWriter::CsvWriter(const std::filesystem::path& file, const std::string& header)
    : CsvWriter(file, O_CREAT | O_TRUNC) {
  append(header + "\n");
}

CsvWriter::CsvWriter(const std::filesystem::path& file, const std::string& header, const TableContent& kept)
    : CsvWriter(file, 0) {
  keep(header, kept);
  if (ftruncate(descriptor_, static_cast<off_t>(kept.bytes)) != 0) throw write_error(file);
}

CsvWriter::CsvWriter(CsvWriter&& other) noexcept
    : file_(std::move(other.file_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      bytes_(other.bytes_),
      sum_(std::move(other.sum_)) {}

CsvWriter::~CsvWriter() {
  if (descriptor_ >= 0) close(descriptor_);
}

void CsvWriter::keep(const std::string& header, const TableContent& kept) {
  constexpr std::size_t at_once = 1 << 20;
  const std::string head = read_at(descriptor_, file_, 0, header.size() + 1);
  if (head != header + "\n") throw UsageError(fmt::format("{}: the header must be {}", file_.string(), header));
  char last = '\0';
  while (bytes_ < kept.bytes) {
    const std::string part = read_at(descriptor_, file_, bytes_, std::min(at_once, kept.bytes - bytes_));
    if (part.empty()) break;
    sum_->add(part);
    bytes_ += part.size();
    last = part.back();
  }
  if (bytes_ < head.size() || bytes_ < kept.bytes || last != '\n') {
    throw UsageError(
        fmt::format("{}: modified since the run wrote it: byte {} does not end a line", file_.string(), kept.bytes));
  }
  if (!kept.sha256.empty() && kept.sha256 != sum_->digest()) {
    throw UsageError(
        fmt::format("{}: modified since the run wrote it: the first {} bytes differ", file_.string(), kept.bytes));
  }
}

void CsvWriter::append(const std::string& lines) {
  assert(lines.empty() || lines.back() == '\n');
  try {
    write_at(descriptor_, file_, bytes_, lines);
  } catch (const Error&) {
    // Where even this fails, the next append starts at the same place, over what was left.
    [[maybe_unused]] const int ignored = ftruncate(descriptor_, static_cast<off_t>(bytes_));
    throw;
  }
  bytes_ += lines.size();
  sum_->add(lines);
}

TableContent CsvWriter::content() const { return {bytes_, sum_->digest()}; }

void CsvWriter::flush() const {
  if (fsync(descriptor_) != 0) throw write_error(file_);
}

}  // namespace infoplane
