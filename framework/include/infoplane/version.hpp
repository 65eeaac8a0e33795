#pragma once

#include <string>

namespace infoplane {

/// The versions of a program and of what it computes with; "unknown" if it cannot be determined.
struct Version {
  std::string infoplane;       ///< "0.1.0"
  std::string git_commit;      ///< that infoplane was built from, with "-dirty" appended if files differed
  std::string libtorch;        ///< "1.13.1"
  std::string blas;            ///< used by LibTorch, and its kernels if known: "OpenBLAS 0.3.21 SkylakeX"
  std::string cpu_capability;  ///< the instruction set of LibTorch's kernels: "AVX2"
  std::string cuda;            ///< "12.4, 1 device"; "none" for a LibTorch without CUDA
};

/// Of this process. Results are guaranteed to be the same bytes only if all of these are the same.
Version version();

/// The same as lines "LibTorch 1.13.1", starting with "infoplane 0.1.0".
std::string describe(const Version& version);

}  // namespace infoplane
