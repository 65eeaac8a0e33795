#pragma once

#include <filesystem>
#include <string>

#include <infoplane/store.hpp>

namespace infoplane {

/// A picture of a run's results. It sees the tables of the store and nothing else.
class Figure {
 public:
  virtual ~Figure() = default;

  /// Draws FOLDER/NAME.svg and FOLDER/NAME.png. Throws UsageError for a layer or an estimator that the results do not
  /// have, naming those that they have; Error where gnuplot fails.
  virtual void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const = 0;

  virtual ResultNeeds needs() const { return {}; }

  /// The figure of a publication that it stands beside: "Fig. 3.6 (a)"; "" for none.
  virtual std::string reproduces() const { return ""; }
};

/// A gnuplot script without terminal and output lines, and the data that it reads from the file that it calls `data`.
/// Fonts are in points; widths of lines and sizes of points are in 1/96 inch. The text is enhanced: text that comes
/// from a config needs `noenhanced` beside gnuplot_quoted. The script stands in a loop over both pictures, so it has no
/// here-documents.
struct Plot {
  std::string script;
  std::string data;
  double width_cm = 8.8;  ///< a column of a paper
  double height_cm = 7.0;
};

/// Has gnuplot draw NAME.svg and NAME.png, 300 pixels per inch, into the folder, which is made where it is missing,
/// with NAME.gp and NAME.dat beside them: `gnuplot NAME.gp` draws both anew, so that a user can restyle them. The four
/// files are complete or not there; equal plots give equal bytes. Throws UsageError where gnuplot is not installed,
/// Error "FILE: gnuplot: REASON" where it refuses, Error "FILE: cannot write: REASON".
void draw(const Plot& plot, const std::filesystem::path& folder, const std::string& name);

/// The text as a gnuplot string in single quotes, without what an SVG cannot hold: control characters, U+FFFE and U+FFFF;
/// '?' stands for a byte that is no UTF-8. A gnuplot string in double quotes executes what stands between backticks, so
/// text from a config goes through here.
std::string gnuplot_quoted(const std::string& text);

}  // namespace infoplane
