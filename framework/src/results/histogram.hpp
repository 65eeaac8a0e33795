#pragma once

#include <cstdint>
#include <vector>

#include <torch/types.h>

#include <infoplane/activation_kind.hpp>
#include <infoplane/record.hpp>

namespace infoplane {

/// Counts the activations [N, M] of each unit and label [N] in `bins` bins (see HistogramOptions for their range) and
/// appends the nonempty bins, ordered by unit, label and bin; `head` has replica, epoch and layer. Throws
/// Error for activations that are not finite.
void append_histograms(const torch::Tensor& activations, ActivationKind kind, const torch::Tensor& labels,
                       std::int64_t bins, const HistogramRecord& head, std::vector<HistogramRecord>& rows);

}  // namespace infoplane
