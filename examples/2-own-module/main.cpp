#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/experiments/tool.hpp>

#include "residual.hpp"

int main(int argc, char** argv) {
  infoplane::Catalogue catalogue = infoplane::experiments::catalogue();
  catalogue.models.add<ResidualOptions>("residual", make_residual,
                                        "two tanh layers, the second beside a skip connection");
  return infoplane::experiments::tool(argc, argv, catalogue);
}
