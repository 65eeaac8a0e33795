#pragma once

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// The command line tool `infoplane` over this catalogue. A custom program:
///
///   int main(int argc, char** argv) {
///     infoplane::Catalogue catalogue = infoplane::experiments::catalogue();
///     catalogue.models.add<MyOptions>("mine", make_mine, "custom module");
///     return infoplane::experiments::tool(argc, argv, catalogue);
///   }
///
/// Returns the exit code: 0 done, 1 the run failed, 2 usage or config, 128 + N stopped by signal N. Errors are one line
/// on stderr, results go to stdout.
int tool(int argc, const char* const* argv, const Catalogue& catalogue);

}  // namespace infoplane::experiments
