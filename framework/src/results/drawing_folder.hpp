#pragma once

#include <filesystem>
#include <memory>

namespace infoplane {

/// A hidden folder for pictures being drawn, next to the finished ones, removed with its contents at the end of the
/// scope. It is locked, so that the next one can remove leftovers of a killed process.
class DrawingFolder {
 public:
  /// Throws Error "PICTURES: cannot write: REASON".
  explicit DrawingFolder(const std::filesystem::path& pictures);
  ~DrawingFolder();
  DrawingFolder(const DrawingFolder&) = delete;
  DrawingFolder& operator=(const DrawingFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Throws Error if it cannot be removed completely.
  void remove();

 private:
  std::filesystem::path path_;
  std::shared_ptr<void> lock_;
};

}  // namespace infoplane
