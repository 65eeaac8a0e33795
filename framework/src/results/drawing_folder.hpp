#pragma once

#include <filesystem>
#include <memory>

namespace infoplane {

/// A hidden folder beside pictures for those that are being drawn, removed with all that is in it when it goes out of
/// scope. It is locked, so that the next one removes what a killed process left.
class DrawingFolder {
 public:
  /// Throws Error "BESIDE: cannot write: REASON".
  explicit DrawingFolder(const std::filesystem::path& beside);
  ~DrawingFolder();
  DrawingFolder(const DrawingFolder&) = delete;
  DrawingFolder& operator=(const DrawingFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Throws Error where something of it stays.
  void remove();

 private:
  std::filesystem::path path_;
  std::shared_ptr<void> lock_;
};

}  // namespace infoplane
