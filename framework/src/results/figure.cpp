#include <infoplane/figure.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "base/arguments.hpp"
#include "base/file.hpp"
#include "base/interruption.hpp"
#include "results/drawing_folder.hpp"
#include "results/gnuplot.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

constexpr double kSvgPixelsPerInch = 96;
constexpr double kPngPixelsPerInch = 300;

long pixels(double cm, double pixels_per_inch) { return std::lround(cm / 2.54 * pixels_per_inch); }

std::string read_text(const fs::path& file, const fs::path& shown) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(fmt::format("{}: cannot read: {}", shown.string(), std::system_category().message(errno)));
  return {std::istreambuf_iterator<char>(stream), {}};
}

// "set terminal" for a picture of the plot's size. Fonts are in points and line widths in 1/96 inch on both terminals;
// the SVG terminal has font sizes in pixels, the PNG terminal in points at 96 pixels per inch.
GnuplotScript svg_terminal(const Plot& plot) {
  return gnuplot("set terminal svg enhanced size {},{} background '#ffffff' font 'Arial,8' fontscale {:.4f}",
                 pixels(plot.width_cm, kSvgPixelsPerInch), pixels(plot.height_cm, kSvgPixelsPerInch), 96.0 / 72);
}

GnuplotScript png_terminal(const Plot& plot) {
  return gnuplot(
      "set terminal pngcairo enhanced size {0},{1} background '#ffffff' font 'Arial,8' fontscale {2} linewidth {2} "
      "pointscale {2}",
      pixels(plot.width_cm, kPngPixelsPerInch), pixels(plot.height_cm, kPngPixelsPerInch), kPngPixelsPerInch / 96);
}

GnuplotScript whole_script(const Plot& plot, const std::string& name) {
  // "./" keeps gnuplot from taking a leading '<' or '|' for a command to run.
  return gnuplot(
      "# Run by gnuplot in its folder, this draws the SVG and the PNG of its name.\n"
      "name = {0}\n"
      "data = name . '.dat'\n"
      "do for [format in 'svg png'] {{\n"
      "reset\n"
      "set encoding utf8\n"
      "if (format eq 'svg') {{\n"
      "  {1}\n"
      "}} else {{\n"
      "  {2}\n"
      "}}\n"
      "set output name . '.' . format\n"
      "\n{3}\n"
      "unset output\n"
      "}}\n",
      gnuplot_quoted("./" + name), svg_terminal(plot), png_terminal(plot), plot.script);
}

// gnuplot does not report a full disk and does not always fail: throws the reason if nothing can be written.
void require_room(const fs::path& folder, const fs::path& shown) {
  const Descriptor probe(open((folder / "room").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (probe.number() < 0) throw write_error(shown);
  write_at(probe.number(), shown, 0, std::string(1 << 16, ' '));
  if (fsync(probe.number()) != 0) throw write_error(shown);
}

void require_end(const fs::path& drawn, const std::string& end, const fs::path& shown) {
  const std::string text = read_text(drawn, shown);
  if (text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0) return;
  require_room(drawn.parent_path(), shown);
  throw Error(fmt::format("{}: gnuplot: the picture is truncated", shown.string()));
}

void draw_in(const fs::path& drawing, const Plot& plot, const fs::path& folder, const std::string& name) {
  const auto in = [&name](const fs::path& where, const char* extension) { return where / (name + extension); };
  write_whole_file(in(drawing, ".dat"), plot.data);
  write_whole_file(in(drawing, ".gp"), whole_script(plot, name).text());
  const std::string interrupted = in(folder, ".gp").string() + ": interrupted while it was drawn";
  stop_at_signal(interrupted);
  const std::string refusal =
      run_gnuplot(drawing, "./" + name + ".gp", std::chrono::duration<double>(plot.most_seconds));
  stop_at_signal(interrupted);  // a terminal also sends it to gnuplot
  if (!refusal.empty()) {
    require_room(drawing, in(folder, ".gp"));
    throw Error(fmt::format("{}: gnuplot: {}", in(folder, ".gp").string(), refusal));
  }
  require_end(in(drawing, ".svg"), "</svg>\n\n", in(folder, ".svg"));
  require_end(in(drawing, ".png"), "IEND\xAE\x42\x60\x82", in(folder, ".png"));
}

}  // namespace

void draw(const Plot& plot, const fs::path& folder, const std::string& name) {
  require_positive("draw", "width_cm", plot.width_cm);
  require_positive("draw", "height_cm", plot.height_cm);
  require_positive("draw", "most_seconds", plot.most_seconds);
  if (name.empty() || name == "." || name == ".." || name.find_first_of(std::string("/\0", 2)) != std::string::npos) {
    refuse_argument("draw", fmt::format("name must be a file name, got {}", in_quotes(name)));
  }
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw Error(fmt::format("{}: cannot make the folder: {}", folder.string(), error.message()));
  DrawingFolder drawing(folder);
  draw_in(drawing.path(), plot, folder, name);
  for (const char* extension : {".dat", ".gp", ".svg", ".png"}) {
    const fs::path drawn = folder / (name + extension);
    if (std::rename((drawing.path() / (name + extension)).c_str(), drawn.c_str()) != 0) throw write_error(drawn);
  }
  drawing.remove();
}

}  // namespace infoplane
