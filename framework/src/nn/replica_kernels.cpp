#include "nn/replica_kernels.hpp"

#include <algorithm>

#include "base/lanes.hpp"
#include "nn/matrix_product.hpp"

namespace infoplane::kernels {
namespace {

constexpr std::int64_t kDots = 4;  // units, and inputs, whose sums over samples stay in registers together

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
  const float saturated = z > kSaturation ? 1.0f : z < -kSaturation ? -1.0f : y;  // y may end below 1
  return z != z ? z : saturated;
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

template <ActivationKind kind>
INFOPLANE_INLINE void forward_as(const Forward& t) {
  product({t.weight, t.inputs, 1, t.x, t.x_stride, t.bias, t.y, t.batch, t.inputs}, t.units, t.batch);
  if constexpr (kind == ActivationKind::linear) return;
  for (std::int64_t k = 0; k < t.units * t.batch; ++k) t.y[k] = activate<kind>(t.y[k], t.slope);
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

INFOPLANE_INLINE float sum(const float* a, std::int64_t n) {
  Lanes lanes{};
  std::int64_t k = 0;
  for (; k + kCount<Lanes> <= n; k += kCount<Lanes>) {
    Lanes part;
    load(part, a + k);
    lanes += part;
  }
  float rest = 0;
  for (; k < n; ++k) rest += a[k];
  return n < kCount<Lanes> ? rest : sum_lanes(lanes) + rest;
}

// grad_weight[o][i] = sum_b dz[o][b] x[i][b] for `units` rows of dz and `inputs` rows of x.
template <std::int64_t units, std::int64_t inputs>
INFOPLANE_INLINE void dot_tile(const Backward& t, std::int64_t o, std::int64_t i) {
  const float* dz = t.dz + o * t.batch;
  const float* x = t.x + i * t.x_stride;
  Lanes lanes[units][inputs] = {};
  std::int64_t whole = 0;
  for (; whole + kCount<Lanes> <= t.batch; whole += kCount<Lanes>) {
    Lanes a[units];
    for (std::int64_t u = 0; u < units; ++u) load(a[u], dz + u * t.batch + whole);
    for (std::int64_t v = 0; v < inputs; ++v) {
      Lanes b;
      load(b, x + v * t.x_stride + whole);
      for (std::int64_t u = 0; u < units; ++u) lanes[u][v] += a[u] * b;
    }
  }
  for (std::int64_t u = 0; u < units; ++u) {
    for (std::int64_t v = 0; v < inputs; ++v) {
      float rest = 0;
      for (std::int64_t b = whole; b < t.batch; ++b) rest += dz[u * t.batch + b] * x[v * t.x_stride + b];
      t.grad_weight[(o + u) * t.inputs + i + v] = whole == 0 ? rest : sum_lanes(lanes[u][v]) + rest;
    }
  }
}

template <std::int64_t inputs>
INFOPLANE_INLINE void dot_inputs(const Backward& t, std::int64_t i) {
  std::int64_t o = 0;
  for (; o + kDots <= t.units; o += kDots) dot_tile<kDots, inputs>(t, o, i);
  for (; o < t.units; ++o) dot_tile<1, inputs>(t, o, i);
}

INFOPLANE_INLINE void weight_gradient(const Backward& t) {
  std::int64_t i = 0;
  for (; i + kDots <= t.inputs; i += kDots) dot_inputs<kDots>(t, i);
  for (; i < t.inputs; ++i) dot_inputs<1>(t, i);
}

struct ForwardKernel {
  template <int bytes>
  INFOPLANE_INLINE static void run(const Forward* call) {
    const Forward& t = *call;
    switch (t.activation) {
      case ActivationKind::tanh:
        return forward_as<ActivationKind::tanh>(t);
      case ActivationKind::sigmoid:
        return forward_as<ActivationKind::sigmoid>(t);
      case ActivationKind::relu:
        return forward_as<ActivationKind::relu>(t);
      case ActivationKind::leaky_relu:
        return forward_as<ActivationKind::leaky_relu>(t);
      default:
        return forward_as<ActivationKind::linear>(t);
    }
  }
};

struct BackwardKernel {
  template <int bytes>
  INFOPLANE_INLINE static void run(const Backward* call) {
    const Backward& t = *call;
    switch (t.activation) {
      case ActivationKind::tanh:
        activation_backward<ActivationKind::tanh>(t);
        break;
      case ActivationKind::sigmoid:
        activation_backward<ActivationKind::sigmoid>(t);
        break;
      case ActivationKind::relu:
        activation_backward<ActivationKind::relu>(t);
        break;
      case ActivationKind::leaky_relu:
        activation_backward<ActivationKind::leaky_relu>(t);
        break;
      default:
        activation_backward<ActivationKind::linear>(t);
    }
    for (std::int64_t o = 0; o < t.units; ++o) t.grad_bias[o] = sum(t.dz + o * t.batch, t.batch);
    weight_gradient(t);
    if (t.grad_x == nullptr) return;
    product({t.weight, 1, t.inputs, t.dz, t.batch, nullptr, t.grad_x, t.batch, t.units}, t.inputs, t.batch);
  }
};

struct GatherKernel {
  template <int bytes>
  INFOPLANE_INLINE static void run(const float* rows, const std::int64_t* index, float* out, std::int64_t columns,
                                   std::int64_t batch) {
    constexpr std::int64_t together = kCount<Lanes>;
    std::int64_t b = 0;
    for (; b + together <= batch; b += together) {
      const float* row[together];
      for (std::int64_t k = 0; k < together; ++k) row[k] = rows + index[b + k] * columns;
      for (std::int64_t d = 0; d < columns; ++d) {
        for (std::int64_t k = 0; k < together; ++k) out[d * batch + b + k] = row[k][d];
      }
    }
    for (; b < batch; ++b) {
      for (std::int64_t d = 0; d < columns; ++d) out[d * batch + b] = rows[index[b] * columns + d];
    }
  }
};

struct AddScaledKernel {
  template <int bytes>
  INFOPLANE_INLINE static void run(float* to, const float* from, float factor, std::int64_t count) {
    for (std::int64_t k = 0; k < count; ++k) to[k] += factor * from[k];
  }
};

struct MultiplyKernel {
  template <int bytes>
  INFOPLANE_INLINE static void run(const float* a, const float* b, float* out, std::int64_t count) {
    for (std::int64_t k = 0; k < count; ++k) out[k] = a[k] * b[k];
  }
};

}  // namespace

void forward(const Forward& t) { simd::run<ForwardKernel>(&t); }

void backward(const Backward& t) { simd::run<BackwardKernel>(&t); }

void gather(const float* rows, const std::int64_t* index, float* out, std::int64_t columns, std::int64_t batch) {
  simd::run<GatherKernel>(rows, index, out, columns, batch);
}

void add_scaled(float* to, const float* from, float factor, std::int64_t count) {
  simd::run<AddScaledKernel>(to, from, factor, count);
}

void multiply(const float* a, const float* b, float* out, std::int64_t count) {
  simd::run<MultiplyKernel>(a, b, out, count);
}

}  // namespace infoplane::kernels
