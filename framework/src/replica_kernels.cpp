#include "replica_kernels.hpp"

#include <algorithm>

// The compiler vectorises the inner loops for every instruction set below; the loader picks one.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#define INFOPLANE_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define INFOPLANE_MULTIVERSION
#endif
#define INFOPLANE_INLINE inline __attribute__((always_inline))

namespace infoplane::kernels {
namespace {

constexpr std::int64_t kLanes = 16;   // samples that one step of a loop takes together
constexpr std::int64_t kBlock = 64;   // samples whose sums stay in registers

// A rational minimax approximation of tanh; Eigen's coefficients. Near 1 it is right to
// 5 units in the last place, or 6 where multiplications and additions do not fuse.
INFOPLANE_INLINE float tanh_of(float z) {
  constexpr float kSaturation = 7.90531110763549805f;
  const float x = std::min(std::max(z, -kSaturation), kSaturation);
  const float x2 = x * x;
  float p = -2.76076847742355e-16f;
  p = p * x2 + 2.00018790482477e-13f;
  p = p * x2 - 8.60467152213735e-11f;
  p = p * x2 + 5.12229709037114e-08f;
  p = p * x2 + 1.48572235717979e-05f;
  p = p * x2 + 6.37261928875436e-04f;
  p = p * x2 + 4.89352455891786e-03f;
  float q = 1.19825839466702e-06f;
  q = q * x2 + 1.18534705686654e-04f;
  q = q * x2 + 2.26843463243900e-03f;
  q = q * x2 + 4.89352518554385e-03f;
  const float y = std::min(std::max(x * p / q, -1.0f), 1.0f);
  return z != z ? z : y;
}

template <ActivationKind kind>
INFOPLANE_INLINE float activate(float z, float slope) {
  if constexpr (kind == ActivationKind::tanh) return tanh_of(z);
  if constexpr (kind == ActivationKind::sigmoid) return 0.5f + 0.5f * tanh_of(0.5f * z);
  if constexpr (kind == ActivationKind::relu) return z < 0 ? 0.0f : z;
  if constexpr (kind == ActivationKind::leaky_relu) return z < 0 ? slope * z : z;
  return z;
}

// f'(z) as a function of y = f(z).
template <ActivationKind kind>
INFOPLANE_INLINE float derivative(float y, float slope) {
  if constexpr (kind == ActivationKind::tanh) return 1.0f - y * y;
  if constexpr (kind == ActivationKind::sigmoid) return y * (1.0f - y);
  if constexpr (kind == ActivationKind::relu) return y > 0 ? 1.0f : 0.0f;
  if constexpr (kind == ActivationKind::leaky_relu) return y > 0 ? 1.0f : slope;
  return 1.0f;
}

template <ActivationKind kind, std::int64_t width>
INFOPLANE_INLINE void forward_block(const Forward& t, std::int64_t o, std::int64_t b) {
  float sum[width];
  for (std::int64_t k = 0; k < width; ++k) sum[k] = t.bias[o];
  for (std::int64_t i = 0; i < t.inputs; ++i) {
    const float w = t.weight[o * t.inputs + i];
    const float* x = t.x + i * t.x_stride + b;
    for (std::int64_t k = 0; k < width; ++k) sum[k] += w * x[k];
  }
  float* y = t.y + o * t.batch + b;
  for (std::int64_t k = 0; k < width; ++k) y[k] = activate<kind>(sum[k], t.slope);
}

template <ActivationKind kind>
INFOPLANE_INLINE void forward_as(const Forward& t) {
  for (std::int64_t o = 0; o < t.units; ++o) {
    std::int64_t b = 0;
    for (; b + kBlock <= t.batch; b += kBlock) forward_block<kind, kBlock>(t, o, b);
    for (; b + kLanes <= t.batch; b += kLanes) forward_block<kind, kLanes>(t, o, b);
    for (; b < t.batch; ++b) forward_block<kind, 1>(t, o, b);
  }
}

template <ActivationKind kind>
INFOPLANE_INLINE void activation_backward(const Backward& t) {
  for (std::int64_t o = 0; o < t.units; ++o) {
    const float* grad_y = t.grad_y + o * t.grad_y_stride;
    const float* y = t.y + o * t.batch;
    float* dz = t.dz + o * t.batch;
    for (std::int64_t b = 0; b < t.batch; ++b) dz[b] = grad_y[b] * derivative<kind>(y[b], t.slope);
  }
}

INFOPLANE_INLINE float sum_lanes(const float (&lane)[kLanes]) {
  float half[kLanes / 2];
  for (std::int64_t k = 0; k < kLanes / 2; ++k) half[k] = lane[k] + lane[k + kLanes / 2];
  return ((half[0] + half[4]) + (half[2] + half[6])) + ((half[1] + half[5]) + (half[3] + half[7]));
}

INFOPLANE_INLINE float dot(const float* a, const float* b, std::int64_t n) {
  float lane[kLanes] = {};
  std::int64_t k = 0;
  for (; k + kLanes <= n; k += kLanes) {
    for (std::int64_t l = 0; l < kLanes; ++l) lane[l] += a[k + l] * b[k + l];
  }
  float rest = 0;
  for (; k < n; ++k) rest += a[k] * b[k];
  return sum_lanes(lane) + rest;
}

INFOPLANE_INLINE float sum(const float* a, std::int64_t n) {
  float lane[kLanes] = {};
  std::int64_t k = 0;
  for (; k + kLanes <= n; k += kLanes) {
    for (std::int64_t l = 0; l < kLanes; ++l) lane[l] += a[k + l];
  }
  float rest = 0;
  for (; k < n; ++k) rest += a[k];
  return sum_lanes(lane) + rest;
}

template <std::int64_t width>
INFOPLANE_INLINE void input_gradient_block(const Backward& t, std::int64_t i, std::int64_t b) {
  float sum[width] = {};
  for (std::int64_t o = 0; o < t.units; ++o) {
    const float w = t.weight[o * t.inputs + i];
    const float* dz = t.dz + o * t.batch + b;
    for (std::int64_t k = 0; k < width; ++k) sum[k] += w * dz[k];
  }
  float* grad_x = t.grad_x + i * t.batch + b;
  for (std::int64_t k = 0; k < width; ++k) grad_x[k] = sum[k];
}

}  // namespace

INFOPLANE_MULTIVERSION void forward(const Forward& t) {
  switch (t.activation) {
    case ActivationKind::tanh: return forward_as<ActivationKind::tanh>(t);
    case ActivationKind::sigmoid: return forward_as<ActivationKind::sigmoid>(t);
    case ActivationKind::relu: return forward_as<ActivationKind::relu>(t);
    case ActivationKind::leaky_relu: return forward_as<ActivationKind::leaky_relu>(t);
    default: return forward_as<ActivationKind::linear>(t);
  }
}

INFOPLANE_MULTIVERSION void backward(const Backward& t) {
  switch (t.activation) {
    case ActivationKind::tanh: activation_backward<ActivationKind::tanh>(t); break;
    case ActivationKind::sigmoid: activation_backward<ActivationKind::sigmoid>(t); break;
    case ActivationKind::relu: activation_backward<ActivationKind::relu>(t); break;
    case ActivationKind::leaky_relu: activation_backward<ActivationKind::leaky_relu>(t); break;
    default: activation_backward<ActivationKind::linear>(t);
  }
  for (std::int64_t o = 0; o < t.units; ++o) {
    const float* dz = t.dz + o * t.batch;
    t.grad_bias[o] = sum(dz, t.batch);
    for (std::int64_t i = 0; i < t.inputs; ++i) {
      t.grad_weight[o * t.inputs + i] = dot(dz, t.x + i * t.x_stride, t.batch);
    }
  }
  if (t.grad_x == nullptr) return;
  for (std::int64_t i = 0; i < t.inputs; ++i) {
    std::int64_t b = 0;
    for (; b + kBlock <= t.batch; b += kBlock) input_gradient_block<kBlock>(t, i, b);
    for (; b + kLanes <= t.batch; b += kLanes) input_gradient_block<kLanes>(t, i, b);
    for (; b < t.batch; ++b) input_gradient_block<1>(t, i, b);
  }
}

void gather(const float* rows, const std::int64_t* index, float* out, std::int64_t columns, std::int64_t batch) {
  for (std::int64_t b = 0; b < batch; ++b) {
    const float* row = rows + index[b] * columns;
    for (std::int64_t d = 0; d < columns; ++d) out[d * batch + b] = row[d];
  }
}

}  // namespace infoplane::kernels
