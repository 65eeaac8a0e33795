#include <infoplane/version.hpp>

#include <dlfcn.h>

#include <filesystem>

#include <ATen/Context.h>
#include <ATen/Version.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include "git_commit.hpp"

namespace infoplane {
namespace {

// What LibTorch's description of itself says between the label and the end of the word or line; "" where it does not.
std::string said_of_itself(const std::string& label, const char* end) {
  const std::string config = at::show_config();
  const std::size_t found = config.find(label);
  if (found == std::string::npos) return "";
  const std::size_t start = found + label.size();
  return config.substr(start, config.find_first_of(end, start) - start);
}

std::string or_unknown(const std::string& text) { return text.empty() ? "unknown" : text; }

const char* called(const char* function) {
  void* const found = dlsym(RTLD_DEFAULT, function);
  return found == nullptr ? nullptr : reinterpret_cast<const char* (*)()>(found)();
}

// The program learns which BLAS it has when it is loaded: the distribution's libblas.so.3 may be any.
std::string blas() {
  if (const char* const config = called("openblas_get_config")) {
    const std::string text = config;  // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ..."
    const char* const kernels = called("openblas_get_corename");
    return text.substr(0, text.find(' ', text.find(' ') + 1)) + (kernels == nullptr ? "" : std::string(" ") + kernels);
  }
  if (at::hasMKL()) return "MKL " + or_unknown(said_of_itself("Math Kernel Library Version ", " \n"));
  Dl_info library{};
  void* const sgemm = dlsym(RTLD_DEFAULT, "sgemm_");
  if (sgemm == nullptr || dladdr(sgemm, &library) == 0) return "unknown";
  return std::filesystem::path(library.dli_fname).filename().string();
}

std::string cuda() {
  if (!at::hasCUDA()) return "none";
  const auto devices = torch::cuda::is_available() ? torch::cuda::device_count() : 0;
  return or_unknown(said_of_itself("CUDA Runtime ", " \n")) + ", " + std::to_string(devices) +
         (devices == 1 ? " device" : " devices");
}

}  // namespace

Version version() {
  return {INFOPLANE_VERSION,
          infoplane::git_commit,
          TORCH_VERSION,
          blas(),
          or_unknown(said_of_itself("CPU capability usage: ", "\n")),
          cuda()};
}

std::string describe(const Version& version) {
  return "infoplane " + version.infoplane + "\ncommit " + version.git_commit + "\nLibTorch " + version.libtorch +
         "\nBLAS " + version.blas + "\nCPU capability " + version.cpu_capability + "\nCUDA " + version.cuda;
}

}  // namespace infoplane
