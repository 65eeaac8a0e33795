#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/experiments/tool.hpp>

#include "sign_pattern.hpp"

int main(int argc, char** argv) {
  infoplane::Catalogue catalogue = infoplane::experiments::catalogue();
  catalogue.estimators.add<SignPatternOptions>("sign_pattern", make_sign_pattern, "the set of units above a threshold");
  return infoplane::experiments::tool(argc, argv, catalogue);
}
