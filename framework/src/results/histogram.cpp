#include "results/histogram.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include <infoplane/error.hpp>

namespace infoplane {
namespace {

std::pair<double, double> range_of(const torch::Tensor& activations, ActivationKind kind) {
  switch (kind) {
    case ActivationKind::tanh:
      return {-1, 1};
    case ActivationKind::sigmoid:
    case ActivationKind::softmax:
      return {0, 1};
    default:
      return {activations.min().item<double>(), activations.max().item<double>()};
  }
}

}  // namespace

void append_histograms(const torch::Tensor& activations, ActivationKind kind, const torch::Tensor& labels,
                       std::int64_t bins, const HistogramRecord& head, std::vector<HistogramRecord>& rows) {
  if (!activations.isfinite().all().item<bool>()) {
    throw Error(fmt::format("layer {} at epoch {}: an activation is not finite", in_quotes(head.layer), head.epoch));
  }
  const torch::Tensor values = activations.to(torch::kCPU, torch::kFloat64).contiguous();
  const torch::Tensor classes = labels.to(torch::kCPU).contiguous();
  const auto [low, high] = range_of(values, kind);
  const double width = (high - low) / static_cast<double>(bins);
  const std::int64_t samples = values.size(0), units = values.size(1);
  std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, std::int64_t> counts;  // by unit, label and bin
  for (std::int64_t n = 0; n < samples; ++n) {
    for (std::int64_t m = 0; m < units; ++m) {
      const double place = width > 0 ? (values.data_ptr<double>()[n * units + m] - low) / width : 0;
      const std::int64_t bin = std::clamp(static_cast<std::int64_t>(place), std::int64_t{0}, bins - 1);
      ++counts[{m, classes.data_ptr<std::int64_t>()[n], bin}];
    }
  }
  for (const auto& [key, count] : counts) {
    HistogramRecord row = head;
    std::int64_t bin = 0;
    std::tie(row.unit, row.label, bin) = key;
    row.low = low + width * static_cast<double>(bin);
    row.high = low + width * static_cast<double>(bin + 1);
    row.count = count;
    rows.push_back(row);
  }
}

}  // namespace infoplane
