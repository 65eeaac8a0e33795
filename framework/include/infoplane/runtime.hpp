#pragma once

#include <string>

#include <torch/types.h>

namespace infoplane {

/// Prepares the process for training many small networks: one thread inside LibTorch and OpenBLAS (replicas are
/// divided among infoplane's own threads), and a malloc that keeps freed memory (page faults would take half the time).
/// Must be called before any other use of LibTorch: it sets OMP_NUM_THREADS and similar, also for child processes.
void configure_runtime();

/// The device with this name: auto, cpu, cuda or cuda:N. Throws UsageError for another name, a missing CUDA device or a
/// LibTorch without CUDA.
torch::Device parse_device(const std::string& name);

}  // namespace infoplane
