#include "figures/figures.hpp"

namespace infoplane::experiments {
namespace {

// Four functions and their derivatives; below, tanh over the edges of 30 bins.
constexpr char kScript[] =
    "set border lw 0.7\n"
    "set tics scale 0.6 font ',7' nomirror\n"
    "set samples 401\n"
    "set grid lw 0.4 lc rgb '#dddddd'\n"
    "sigmoid(x) = 1 / (1 + exp(-x))\n"
    "relu(x) = x > 0 ? x : 0\n"
    "leaky(x) = x > 0 ? x : 0.2 * x\n"
    "set multiplot\n"
    "set xrange [-4:4]\n"
    "set xtics 2\n"
    "set key at graph 0.03, graph 0.97 left top Left reverse samplen 1.2 font ',6.5'\n"
    "set label 2 'activation' at screen 0.025, screen 0.665 center rotate by 90\n"
    "set lmargin at screen 0.135\nset rmargin at screen 0.51\n"
    "set tmargin at screen 0.985\nset bmargin at screen 0.72\n"
    "set yrange [-1.2:2.2]\nset ytics 1\n"
    "plot tanh(x) lw 1.4 lc rgb '#0072B2' title 'tanh', \\\n"
    "     1 - tanh(x)**2 lw 1.2 dt (6,3) lc rgb '#D55E00' title 'derivative'\n"
    "unset label 2\n"
    "set lmargin at screen 0.59\nset rmargin at screen 0.98\n"
    "plot sigmoid(x) lw 1.4 lc rgb '#0072B2' title 'sigmoid', \\\n"
    "     sigmoid(x) * (1 - sigmoid(x)) lw 1.2 dt (6,3) lc rgb '#D55E00' title 'derivative'\n"
    "set xlabel 'weighted input' offset 0,0.4\n"
    "set lmargin at screen 0.135\nset rmargin at screen 0.51\n"
    "set tmargin at screen 0.665\nset bmargin at screen 0.40\n"
    "set yrange [-1.2:4.2]\n"
    "plot relu(x) lw 1.4 lc rgb '#0072B2' title 'ReLU', \\\n"
    "     (x > 0 ? 1 : 0) lw 1.2 dt (6,3) lc rgb '#D55E00' title 'derivative'\n"
    "set lmargin at screen 0.59\nset rmargin at screen 0.98\n"
    "plot leaky(x) lw 1.4 lc rgb '#0072B2' title 'leaky ReLU, slope 0.2', \\\n"
    "     (x > 0 ? 1 : 0.2) lw 1.2 dt (6,3) lc rgb '#D55E00' title 'derivative'\n"
    "unset grid\n"
    "set lmargin at screen 0.135\nset rmargin at screen 0.98\n"
    "set tmargin at screen 0.285\nset bmargin at screen 0.088\n"
    "set yrange [-1.05:1.05]\nset ytics 0.5\n"
    "set label 3 'tanh in 30 bins' at screen 0.025, graph 0.5 center rotate by 90\n"
    "do for [i = 0:30] { set arrow from graph 0, first -1 + i / 15.0 to graph 1, first -1 + i / 15.0 nohead back lw "
    "0.4 lc rgb "
    "'#bbbbbb' }\n"
    "set object rectangle from -4, 14 / 15.0 to 4, 1 fc rgb '#F0E442' fs solid 0.6 noborder behind\n"
    "set object rectangle from -4, -1 to 4, -14 / 15.0 fc rgb '#F0E442' fs solid 0.6 noborder behind\n"
    "plot tanh(x) lw 1.4 lc rgb '#0072B2' notitle\n"
    "unset arrow\nunset object\nunset label\nunset xlabel\n"
    "unset multiplot\n";

class ActivationFunctions : public Figure {
 public:
  void draw(const RunResults&, const std::filesystem::path& folder, const std::string& name) const override {
    Plot plot;
    plot.script = kScript;
    plot.data = "# no data: the functions are in the script\n";
    plot.height_cm = 11;
    infoplane::draw(plot, folder, name);
  }
};

}  // namespace

std::unique_ptr<Figure> make_activation_functions(const NoOptions&) { return std::make_unique<ActivationFunctions>(); }

}  // namespace infoplane::experiments
