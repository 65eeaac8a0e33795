#include <infoplane/replica_dropout.hpp>

#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/replica_linear.hpp>

#include "base/tensor_arguments.hpp"
#include "nn/dropout_mask.hpp"

namespace infoplane {

ReplicaDropoutImpl::ReplicaDropoutImpl(double keep, const ReplicaRange& replicas, std::int64_t layer)
    : keep_(keep), replicas_(replicas), layer_(layer) {
  if (!(keep > 0 && keep <= 1)) {
    throw UsageError("dropout's keep probability must be above 0 and at most 1, got " + std::to_string(keep));
  }
  require_at_least("ReplicaDropout", "replicas.count", replicas.count, 1);
  reset();
}

void ReplicaDropoutImpl::reset() { steps_ = register_buffer("steps", torch::zeros({}, torch::kInt64)); }

torch::Tensor ReplicaDropoutImpl::forward(const torch::Tensor& x) {
  if (!is_training() || keep_ == 1) return x;
  if (!x.defined() || x.dim() != 3 || x.size(0) != replicas_.count) {
    refuse_argument("ReplicaDropout", fmt::format("x must be [{}, B, M], got {}", replicas_.count, described(x)));
  }
  const std::int64_t step = steps();
  const torch::Tensor all = torch::empty({x.size(0), x.size(2), x.size(1)}, torch::kFloat32);
  for (std::int64_t r = 0; r < x.size(0); ++r) mask(r, step, all[r].data_ptr<float>(), all.stride(0));
  advance(1);
  return x * all.transpose(1, 2).to(x.options().requires_grad(false));
}

void ReplicaDropoutImpl::advance(std::int64_t steps) {
  require_at_least("ReplicaDropout::advance", "steps", steps, 0);
  steps_ += steps;
}

void ReplicaDropoutImpl::mask(std::int64_t r, std::int64_t step, float* out, std::int64_t count) const {
  require_between("ReplicaDropout::mask", "r", r, 0, replicas_.count - 1);
  require_at_least("ReplicaDropout::mask", "count", count, 0);
  require_argument(out != nullptr || count == 0, "ReplicaDropout::mask", "out must not be null");
  kernels::dropout_mask({replicas_.stream(r, Purpose::dropout, step), static_cast<std::uint64_t>(layer_), keep_}, out,
                        count);
}

void ReplicaDropoutImpl::pretty_print(std::ostream& stream) const { stream << "ReplicaDropout(keep=" << keep_ << ")"; }

}  // namespace infoplane
