#pragma once

#include <array>
#include <string>

#include <infoplane/figure.hpp>

#include "series.hpp"

namespace infoplane::experiments {

/// Two panels, one above the other, with a common logarithmic axis of epochs: the first quantity of the series above,
/// the second below. Lines are means; bands, where there are several replicas, reach one standard deviation to either
/// side; dashed lines are caps. `labels` are in gnuplot's enhanced text.
Plot panels(const SeriesSet& set, const std::array<std::string, 2>& labels);

}  // namespace infoplane::experiments
