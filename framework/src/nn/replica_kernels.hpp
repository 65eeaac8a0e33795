#pragma once

#include <cstdint>

#include <infoplane/activation_kind.hpp>

// The arithmetic of ReplicaLinear for one replica: I inputs, O units, B samples. Rows of B samples are contiguous; a
// matrix with rows further apart has a stride. The order of every sum depends on I, O and B alone.
namespace infoplane::kernels {

/// y[o][b] = f(bias[o] + sum_i weight[o][i] x[i][b]).
struct Forward {
  const float* x;
  std::int64_t x_stride;
  const float* weight;  // [O, I]
  const float* bias;    // [O]
  float* y;             // [O, B]
  std::int64_t inputs, units, batch;
  ActivationKind activation;
  float slope;
};
void forward(const Forward& task);

/// dz = dy f'(z), from y = f(z); grad_weight[o][i] = sum_b dz[o][b] x[i][b]; grad_bias[o] = sum_b dz[o][b];
/// grad_x[i][b] = sum_o weight[o][i] dz[o][b] unless grad_x is null.
struct Backward {
  const float* x;
  std::int64_t x_stride;
  const float* weight;
  const float* y;  // [O, B]
  const float* grad_y;
  std::int64_t grad_y_stride;
  float* dz;           // [O, B], scratch
  float* grad_x;       // [I, B]
  float* grad_weight;  // [O, I]
  float* grad_bias;    // [O]
  std::int64_t inputs, units, batch;
  ActivationKind activation;
  float slope;
};
void backward(const Backward& task);

/// out[d][b] = rows[index[b]][d] for rows of `columns` floats.
void gather(const float* rows, const std::int64_t* index, float* out, std::int64_t columns, std::int64_t batch);

/// to[k] += factor from[k].
void add_scaled(float* to, const float* from, float factor, std::int64_t count);

/// out[k] = a[k] b[k]; out may be a.
void multiply(const float* a, const float* b, float* out, std::int64_t count);

}  // namespace infoplane::kernels
