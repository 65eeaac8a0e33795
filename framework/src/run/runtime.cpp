#include <dlfcn.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <cstdlib>

#include <torch/cuda.h>

#include <infoplane/error.hpp>
#include <infoplane/runtime.hpp>

namespace infoplane {

void configure_runtime() {
  // Read by LibTorch when it first needs a number of threads, and by child processes. at::set_num_threads would start
  // one thread per core, and hang if the system cannot start them.
  for (const char* name : {"OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"}) setenv(name, "1", 1);
  // OpenBLAS, which may or may not be LibTorch's BLAS, has already read it.
  if (void* const set_threads = dlsym(RTLD_DEFAULT, "openblas_set_num_threads")) {
    reinterpret_cast<void (*)(int)>(set_threads)(1);
  }
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
#endif
}

torch::Device parse_device(const std::string& name) {
  if (name == "cpu") return torch::kCPU;
  if (name == "auto") return torch::cuda::is_available() ? torch::Device(torch::kCUDA, 0) : torch::Device(torch::kCPU);
  const bool digits = name.size() > 5 && name.size() < 8 && name.rfind("cuda:", 0) == 0 &&
                      name.find_first_not_of("0123456789", 5) == std::string::npos;
  if (name != "cuda" && !digits) {
    throw UsageError("--device must be auto, cpu, cuda or cuda:N, got " + in_quotes(name));
  }
  if (!torch::cuda::is_available()) {
    throw UsageError("--device " + name + ": no CUDA device is available to this LibTorch, use cpu or auto");
  }
  const int index = digits ? std::stoi(name.substr(5)) : 0;
  const auto count = static_cast<int>(torch::cuda::device_count());
  if (index >= count) {
    throw UsageError("--device " + name + ": there are " + std::to_string(count) + " CUDA devices, counted from 0");
  }
  return {torch::kCUDA, static_cast<c10::DeviceIndex>(index)};
}

}  // namespace infoplane
