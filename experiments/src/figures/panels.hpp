#pragma once

#include <vector>

#include <infoplane/figure.hpp>

#include "figures/series.hpp"

namespace infoplane::experiments {

/// Stacked panels with a common logarithmic epoch axis: the first quantity of the series on top, the second, if it has
/// a label, below. Lines are means; with several replicas they have bands, which the caption names; dashed lines are
/// caps. `labels` are quoted gnuplot strings.
Plot panels(const SeriesSet& set, BandKind band, const std::vector<GnuplotScript>& labels);

}  // namespace infoplane::experiments
