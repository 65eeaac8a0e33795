#include <ATen/core/PhiloxRNGEngine.h>

#include <infoplane/error.hpp>
#include <infoplane/replica_linear.hpp>

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
  const std::int64_t step = steps_.item<std::int64_t>();
  steps_ += 1;
  const std::int64_t count = x.size(1) * x.size(2);
  const torch::Tensor mask = torch::empty({x.size(0), x.size(2), x.size(1)}, torch::kFloat32);
  const auto threshold = static_cast<std::uint64_t>(keep_ * 4294967296.0);
  const auto scale = static_cast<float>(1 / keep_);
  for (std::int64_t r = 0; r < x.size(0); ++r) {
    at::Philox4_32 stream(replicas_.stream(r, Purpose::dropout, step), static_cast<std::uint64_t>(layer_));
    float* out = mask.data_ptr<float>() + r * count;
    for (std::int64_t k = 0; k < count; ++k) out[k] = stream() < threshold ? scale : 0.0f;
  }
  return x * mask.transpose(1, 2).to(x.options().requires_grad(false));
}

void ReplicaDropoutImpl::pretty_print(std::ostream& stream) const { stream << "ReplicaDropout(keep=" << keep_ << ")"; }

}  // namespace infoplane
