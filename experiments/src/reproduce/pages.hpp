#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <infoplane/record.hpp>

namespace infoplane::experiments {

struct Picture {
  std::string reproduces;  ///< "Fig. 3.6 (a)", "" if it reproduces none
  std::string name;        ///< of the figure in its config
  std::string file;        ///< relative to the pages
};

/// Results of one config.
struct Section {
  std::string study;
  std::string experiment;
  std::string config;   ///< the file
  std::string comment;  ///< the first comment of the file
  std::string scale;    ///< "12000 epochs, 50 replicas"
  std::vector<ClaimRecord> claims;
  std::optional<Truth> truth;
  std::vector<Picture> pictures;
};

/// The report of a reproduction.
struct Pages {
  bool quick = false;
  std::vector<Section> sections;
};

/// Writes FOLDER/reproduction.md and FOLDER/reproduction.html, with all text of configs escaped. Throws Error if
/// they cannot be written.
void write_pages(const Pages& pages, const std::filesystem::path& folder);

}  // namespace infoplane::experiments
