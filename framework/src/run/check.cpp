#include <infoplane/check.hpp>

#include "run/expected_results.hpp"
#include "run/probe.hpp"

namespace infoplane {

std::vector<std::string> check(const Experiment& experiment) {
  observed_epochs(experiment);
  return check_probed(experiment, probe(experiment));
}

}  // namespace infoplane
