#pragma once

#include <string>
#include <vector>

#include <infoplane/experiment.hpp>

#include "run/work.hpp"

namespace infoplane {

/// What was changed in a config after it was written: by `--set`, or by a sweep.
struct Changes {
  std::vector<std::string> set;     ///< dotted paths: "training.epochs"
  std::vector<std::string> varied;  ///< the paths of its sweep
  bool judge_claims = false;        ///< claims are kept although `--set` changed what determines their numbers

  /// Whether the value at the path was changed, or one above or below it.
  bool touch(const std::string& path) const;
};

struct Fitted {
  std::string left_out;               ///< "histograms at epochs 1000, 10000; figures elbow"; "" for nothing
  std::vector<std::string> warnings;  ///< of check()
  Work work;
};

/// check() of an experiment that was changed. First leaves out what it no longer has, unless that was itself changed:
///
/// - after a change of training.epochs: later epochs of a schedule with a list and of histograms, claims about them;
/// - after a change of the model: layers to observe that it does not have;
/// - figures and claims that lack what the change took from them, such as a layer, an estimator or a replica; a figure
///   of several layers or epochs shows the others;
/// - all claims after `--set` changed anything that determines numbers, apart from seed, replicas, trace and
/// histograms.
///
/// Throws as check() does, and UsageError if no layer to observe is left.
Fitted fit(Experiment& experiment, const Changes& changes);

}  // namespace infoplane
