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

using FigureFactory = std::unique_ptr<Figure>();

/// A gnuplot script without terminal and output lines, and the data that it reads from the file that it calls `data`.
/// Fonts are in points; widths of lines and sizes of points are in 1/96 inch. The text is enhanced. The script stands
/// in a loop over both pictures, so it has no here-documents.
struct Plot {
  GnuplotScript script;
  std::string data;
  double width_cm = 8.8;  ///< a column of a paper
  double height_cm = 7.0;
  double most_seconds = 120;  ///< gnuplot is ended where it takes longer for both pictures
};

/// Has gnuplot draw NAME.svg and NAME.png, 300 pixels per inch, into the folder, which is made where it is missing,
/// with NAME.gp and NAME.dat beside them: `gnuplot NAME.gp` draws both anew, so that a user can restyle them. The four
/// files are complete or not there; equal plots give equal bytes. gnuplot ends with the thread that calls, however that
/// ends; what a killed process left in the folder is removed.
///
/// Throws UsageError as require_gnuplot does; Error "FILE: gnuplot: REASON" where it refuses, is killed or takes too
/// long, Error "FILE: cannot write: REASON"; Interrupted where a signal is pending (see install_signal_handlers).
void draw(const Plot& plot, const std::filesystem::path& folder, const std::string& name);

/// Throws UsageError "gnuplot is not installed: ..." where no folder of PATH holds it.
void require_gnuplot();

/// Draws figures from the tables of a run's folder into its figures/. What one of them throws is thrown when the others
/// are drawn; of several, what the first threw. Where another process draws there, waits for it before the tables are
/// read, so that the pictures that stay are of the latest tables that were read; throws Error after ten minutes.
void draw_figures(const std::vector<Choice<FigureFactory>>& figures, const std::filesystem::path& folder);

}  // namespace infoplane
