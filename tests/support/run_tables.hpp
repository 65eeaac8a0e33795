#pragma once

#include <filesystem>
#include <string>

#include "support/support.hpp"

namespace infoplane::testing {

inline const std::string kTrainingHead = "replica,epoch,split,loss,accuracy\n";
inline const std::string kInformationHead =
    "replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,bins\n";

/// The folder of a run with these tables.
inline std::filesystem::path run_folder(const TemporaryFolder& temporary, const std::string& training,
                                        const std::string& information) {
  const std::filesystem::path folder = temporary.path() / "iris" / "1";
  std::filesystem::create_directories(folder);
  write_file(folder / "training.csv", training);
  write_file(folder / "information.csv", information);
  return folder;
}

}  // namespace infoplane::testing
