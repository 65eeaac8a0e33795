#pragma once

#include <string>

namespace infoplane {

/// What a program is made of and computes with; "unknown" where it cannot be told.
struct Version {
  std::string infoplane;       ///< "0.1.0"
  std::string git_commit;      ///< that infoplane was built from, "-dirty" after it where files differed
  std::string libtorch;        ///< "1.13.1"
  std::string blas;            ///< behind LibTorch, and its kernels where it says: "OpenBLAS 0.3.21 SkylakeX"
  std::string cpu_capability;  ///< the instruction set of LibTorch's kernels: "AVX2"
  std::string cuda;            ///< "12.4, 1 device"; "none" for a LibTorch without it
};

/// Of this process. Results are the same bytes only where all of these are the same.
Version version();

/// The same as lines "LibTorch 1.13.1", beginning with "infoplane 0.1.0".
std::string describe(const Version& version);

}  // namespace infoplane
