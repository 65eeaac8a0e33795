#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/experiments/tool.hpp>

#include "residual.hpp"

int main(int argc, char** argv) {
  infoplane::Catalogue catalogue = infoplane::experiments::catalogue();
  catalogue.models.add<ResidualOptions>("residual", make_residual,
                                        "two tanh layers with a skip connection around the second");
  return infoplane::experiments::tool(argc, argv, catalogue);
}
