#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/experiments/tool.hpp>

int main(int argc, char** argv) {
  return infoplane::experiments::tool(argc, argv, infoplane::experiments::catalogue());
}
