#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <infoplane/gnuplot_script.hpp>
#include <infoplane/registry.hpp>
#include <infoplane/result_needs.hpp>
#include <infoplane/run_results.hpp>

namespace infoplane {

/// A picture of a run's results. It reads the run's tables and nothing else.
class Figure {
 public:
  virtual ~Figure() = default;

  /// Draws FOLDER/NAME.svg and FOLDER/NAME.png. Throws UsageError for a layer or an estimator that is not in the
  /// results, listing those that are; Error if gnuplot fails.
  virtual void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const = 0;

  virtual ResultNeeds needs() const { return {}; }

  /// The figure of a publication that it reproduces: "Fig. 3.6 (a)"; "" for none.
  virtual std::string reproduces() const { return ""; }
};

using FigureFactory = std::unique_ptr<Figure>();

/// A gnuplot script without terminal and output lines, and its data, which it reads from the file named by its variable
/// `data`. Fonts are in points; line widths and point sizes are in 1/96 inch. Text is in enhanced mode. The script runs
/// in a loop over both pictures, so it has no here-documents.
struct Plot {
  GnuplotScript script;
  std::string data;
  double width_cm = 8.8;  ///< the width of a column in a paper
  double height_cm = 7.0;
  double most_seconds = 120;  ///< time limit of gnuplot for both pictures
};

/// Draws NAME.svg and NAME.png, 300 pixels per inch, with gnuplot into the folder, which is created if missing, and
/// writes NAME.gp and NAME.dat next to them: `gnuplot NAME.gp` draws both again, so that a user can restyle them. The
/// four files are complete or absent; equal plots give equal bytes. gnuplot ends with the calling thread, however that
/// ends; leftovers of a killed process are removed from the folder.
///
/// Throws UsageError as require_gnuplot does; Error "FILE: gnuplot: REASON" if gnuplot fails, is killed or exceeds the
/// time limit, Error "FILE: cannot write: REASON"; Interrupted if a signal is pending (see install_signal_handlers);
/// std::invalid_argument for a name that is not a file name, and for a size or a time that is not above 0 and finite.
void draw(const Plot& plot, const std::filesystem::path& folder, const std::string& name);

/// Throws UsageError "gnuplot is not installed: ..." if it is in no folder of PATH.
void require_gnuplot();

/// Draws figures from the tables of a run's folder into its figures/. If some of them throw, the first exception is
/// thrown after the others are drawn. Waits for another process that draws there before it reads the tables, so that
/// the pictures show the latest tables; throws Error after ten minutes. Throws std::invalid_argument for an empty
/// Choice.
void draw_figures(const std::vector<Choice<FigureFactory>>& figures, const std::filesystem::path& folder);

}  // namespace infoplane
