#include <infoplane/replica_dropout.hpp>

#include <infoplane/error.hpp>
#include <infoplane/replica_linear.hpp>

#include "nn/keep_mask.hpp"

namespace infoplane {

ReplicaDropoutImpl::ReplicaDropoutImpl(double keep, const ReplicaRange& replicas, std::int64_t layer)
    : keep_(keep), replicas_(replicas), layer_(layer) {
  if (!(keep > 0 && keep <= 1)) {
    throw UsageError("dropout's keep probability must be above 0 and at most 1, got " + std::to_string(keep));
  }
  reset();
}

void ReplicaDropoutImpl::reset() { steps_ = register_buffer("steps", torch::zeros({}, torch::kInt64)); }

torch::Tensor ReplicaDropoutImpl::forward(const torch::Tensor& x) {
  if (!is_training() || keep_ == 1) return x;
  const std::int64_t step = steps();
  const torch::Tensor all = torch::empty({x.size(0), x.size(2), x.size(1)}, torch::kFloat32);
  for (std::int64_t r = 0; r < x.size(0); ++r) mask(r, step, all[r].data_ptr<float>(), all.stride(0));
  advance(1);
  return x * all.transpose(1, 2).to(x.options().requires_grad(false));
}

void ReplicaDropoutImpl::mask(std::int64_t r, std::int64_t step, float* out, std::int64_t count) const {
  kernels::keep_mask({replicas_.stream(r, Purpose::dropout, step), static_cast<std::uint64_t>(layer_), keep_}, out,
                     count);
}

void ReplicaDropoutImpl::pretty_print(std::ostream& stream) const { stream << "ReplicaDropout(keep=" << keep_ << ")"; }

}  // namespace infoplane
