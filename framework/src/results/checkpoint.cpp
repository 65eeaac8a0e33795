#include "results/checkpoint.hpp"

#include <charconv>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/file.hpp"

namespace infoplane {
namespace {

const std::string kKind = "infoplane checkpoint";
const std::string kVersion = "1";
const std::string kBytes = "bytes of ";
const std::string kSha256 = "sha256 of ";

// The metadata of a checkpoint's file, read one by one.
class Metadata {
 public:
  Metadata(const std::map<std::string, std::string>& entries, const std::string& source)
      : entries_(entries), source_(source) {}

  std::string text(const std::string& key) const {
    const auto found = entries_.find(key);
    if (found == entries_.end()) refuse("it does not contain its " + in_quotes(key));
    return found->second;
  }

  std::int64_t count(const std::string& key) const {
    const std::string digits = text(key);
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || number < 0) {
      refuse("its " + in_quotes(key) + " must be a whole number from 0, got " + in_quotes(digits));
    }
    return number;
  }

  [[noreturn]] void refuse(const std::string& what) const { throw UsageError(source_ + ": " + what); }

 private:
  const std::map<std::string, std::string>& entries_;
  const std::string& source_;
};

// Without tensors.
Checkpoint head_of(const std::map<std::string, std::string>& entries, const std::string& source) {
  const Metadata metadata(entries, source);
  if (metadata.text("kind") != kKind) metadata.refuse("not a checkpoint");
  if (metadata.text("version") != kVersion) {
    metadata.refuse("it is a checkpoint of version " + in_quotes(metadata.text("version")) +
                    ", this program reads version " + kVersion);
  }
  Checkpoint checkpoint{metadata.text("experiment"), metadata.count("step"), metadata.count("observations"), {}, {}};
  for (const auto& [key, value] : entries) {
    if (key.rfind(kBytes, 0) == 0) checkpoint.tables[key.substr(kBytes.size())].bytes = metadata.count(key);
    if (key.rfind(kSha256, 0) == 0) checkpoint.tables[key.substr(kSha256.size())].sha256 = value;
  }
  return checkpoint;
}

Checkpoint checkpoint_of(TensorFile file, const std::string& source) {
  if (!file.checksummed) throw UsageError(source + ": not a checkpoint");
  Checkpoint checkpoint = head_of(file.metadata, source);
  checkpoint.tensors = std::move(file.tensors);
  return checkpoint;
}

}  // namespace

std::string to_bytes(const Checkpoint& checkpoint) {
  TensorFile file{{{"kind", kKind},
                   {"version", kVersion},
                   {"experiment", checkpoint.experiment},
                   {"step", std::to_string(checkpoint.step)},
                   {"observations", std::to_string(checkpoint.observations)}},
                  checkpoint.tensors,
                  false};
  for (const auto& [name, content] : checkpoint.tables) {
    file.metadata[kBytes + name] = std::to_string(content.bytes);
    if (!content.sha256.empty()) file.metadata[kSha256 + name] = content.sha256;
  }
  return to_bytes(file);
}

Checkpoint parse_checkpoint(const std::string& bytes, const std::string& source) {
  return checkpoint_of(parse_tensors(bytes, source), source);
}

Checkpoint read_checkpoint(const std::filesystem::path& file) {
  return checkpoint_of(read_tensors(file), file.string());
}

Checkpoint read_checkpoint_head(const std::filesystem::path& file) {
  return head_of(read_metadata(file), file.string());
}

}  // namespace infoplane
