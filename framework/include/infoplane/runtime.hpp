#pragma once

#include <string>

#include <torch/types.h>

namespace infoplane {

/// Prepares the process for training many small networks: one thread inside LibTorch and OpenBLAS (replicas are
/// divided among our own), and a malloc that keeps freed memory (page faults would take half the time). To be called
/// before anything of LibTorch is: it sets OMP_NUM_THREADS and its like, for child processes too.
void configure_runtime();

/// The device of that name. Throws UsageError for another name, a CUDA device that is absent or a LibTorch without
/// CUDA.
torch::Device parse_device(const std::string& name);

}  // namespace infoplane
