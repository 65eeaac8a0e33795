#pragma once

#include <vector>

#include <infoplane/figure.hpp>

#include "figures/series.hpp"

namespace infoplane::experiments {

/// Panels, one above the other, with a common logarithmic axis of epochs: the first quantity of the series above, the
/// second, where it has a label, below. Lines are means; bands, where there are several replicas, reach one standard
/// deviation to either side, or from bound to bound; dashed lines are caps. `labels` are texts in gnuplot's quotes.
Plot panels(const SeriesSet& set, const std::vector<GnuplotScript>& labels);

}  // namespace infoplane::experiments
