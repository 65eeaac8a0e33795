#include "base/machine_memory.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

namespace infoplane {
namespace {

// The number in a file of the control group; infinity for "max", or if there is no such file.
double limit_in(const std::string& file) {
  double bytes = 0;
  return std::ifstream(file) >> bytes ? bytes : std::numeric_limits<double>::infinity();
}

// The limits of the process's control group (cgroups version 2) and of those above it.
double group_limit() {
  std::ifstream file("/proc/self/cgroup");
  std::string line;
  double limit = std::numeric_limits<double>::infinity();
  while (std::getline(file, line)) {
    if (line.rfind("0::", 0) != 0) continue;
    for (std::string group = line.substr(3);; group.resize(group.rfind('/'))) {
      limit = std::min(limit, limit_in("/sys/fs/cgroup" + group + "/memory.max"));
      if (group.find('/') == std::string::npos) break;
    }
  }
  return limit;
}

}  // namespace

double machine_memory() {
  const double installed = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  return std::min(installed, group_limit());
}

}  // namespace infoplane
