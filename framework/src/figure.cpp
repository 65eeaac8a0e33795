#include <infoplane/figure.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "file.hpp"
#include "utf8.hpp"

extern char** environ;

namespace infoplane {
namespace {

namespace fs = std::filesystem;

constexpr double kSvgPixelsPerInch = 96;
constexpr double kPngPixelsPerInch = 300;

long pixels(double cm, double pixels_per_inch) { return std::lround(cm / 2.54 * pixels_per_inch); }

// A folder that is removed, with all that is in it, when it goes out of scope.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const fs::path& beside) {
    std::string name = (beside / ".drawing-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw write_error(beside);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const fs::path& path() const { return path_; }

  // Throws Error where something of it stays.
  void remove() {
    std::error_code error;
    fs::remove_all(path_, error);
    if (error) throw Error(fmt::format("{}: cannot remove: {}", path_.string(), error.message()));
    path_.clear();
  }

 private:
  fs::path path_;
};

std::string read_text(const fs::path& file, const fs::path& shown) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(fmt::format("{}: cannot read: {}", shown.string(), std::system_category().message(errno)));
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string one_line(const std::string& text) {
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
  return line;
}

// What XML can hold of the text: no control characters, no U+FFFE and U+FFFF, '?' for a byte that is no UTF-8.
std::string drawable(const std::string& text) {
  std::string kept;
  for (std::size_t i = 0, length = 0; i < text.size(); i += std::max<std::size_t>(length, 1)) {
    length = utf8_length(text, i);
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::string character = text.substr(i, length);
    const bool is_character = character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";
    if (length == 0) kept += '?';
    if (byte >= 0x20 && byte != 0x7F && is_character) kept += character;
  }
  return kept;
}

// "set terminal" for a picture of the plot's size at so many pixels per inch. Fonts are in points and widths of lines
// in 1/96 inch on both terminals; the SVG takes font sizes for pixels, the PNG for points at 96 pixels per inch.
std::string svg_terminal(const Plot& plot) {
  return fmt::format("set terminal svg enhanced size {},{} background '#ffffff' font 'Arial,8' fontscale {:.4f}",
                     pixels(plot.width_cm, kSvgPixelsPerInch), pixels(plot.height_cm, kSvgPixelsPerInch), 96.0 / 72);
}

std::string png_terminal(const Plot& plot) {
  return fmt::format(
      "set terminal pngcairo enhanced size {0},{1} background '#ffffff' font 'Arial,8' fontscale {2} linewidth {2} "
      "pointscale {2}",
      pixels(plot.width_cm, kPngPixelsPerInch), pixels(plot.height_cm, kPngPixelsPerInch), kPngPixelsPerInch / 96);
}

std::string whole_script(const Plot& plot, const std::string& name) {
  // "./" keeps gnuplot from taking a leading '<' or '|' for a command to run.
  return fmt::format(
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

// Runs `gnuplot NAME.gp` in the folder; what it prints goes to a file there, and from it into the error.
void run_gnuplot(const fs::path& folder, const std::string& name, const fs::path& shown) {
  const std::string script = "./" + name + ".gp";
  const fs::path messages = folder / "messages";
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, messages.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  const char* const arguments[] = {"gnuplot", "--default-settings", script.c_str(), nullptr};
  pid_t child = 0;
  const int refused = posix_spawnp(&child, arguments[0], &actions, nullptr, const_cast<char**>(arguments), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (refused == ENOENT)
    throw UsageError("gnuplot is not installed: figures need it (Debian: apt install gnuplot-nox)");
  if (refused != 0) throw Error(fmt::format("gnuplot: cannot start: {}", std::system_category().message(refused)));
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (status != 0) throw Error(fmt::format("{}: gnuplot: {}", shown.string(), one_line(read_text(messages, shown))));
}

// A full disk does not always make gnuplot fail.
void require_end(const fs::path& drawn, const std::string& end, const fs::path& shown) {
  const std::string text = read_text(drawn, shown);
  if (text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0) return;
  throw Error(fmt::format("{}: gnuplot: the picture is cut off", shown.string()));
}

}  // namespace

void draw(const Plot& plot, const fs::path& folder, const std::string& name) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw Error(fmt::format("{}: cannot make the folder: {}", folder.string(), error.message()));
  TemporaryFolder temporary(folder);
  const auto in = [&name](const fs::path& where, const char* extension) { return where / (name + extension); };
  write_whole_file(in(temporary.path(), ".dat"), plot.data);
  write_whole_file(in(temporary.path(), ".gp"), whole_script(plot, name));
  run_gnuplot(temporary.path(), name, in(folder, ".gp"));
  require_end(in(temporary.path(), ".svg"), "</svg>\n\n", in(folder, ".svg"));
  require_end(in(temporary.path(), ".png"), "IEND\xAE\x42\x60\x82", in(folder, ".png"));
  for (const char* extension : {".dat", ".gp", ".svg", ".png"}) {
    const fs::path drawn = in(folder, extension);
    if (std::rename(in(temporary.path(), extension).c_str(), drawn.c_str()) != 0) throw write_error(drawn);
  }
  temporary.remove();
}

std::string gnuplot_quoted(const std::string& text) {
  const std::string shown = drawable(text);
  const std::string leading = shown.substr(0, shown.find_first_not_of('\''));
  std::string quoted = leading.empty() ? "'" : "\"" + leading + "\" . '";   // '''...' begins with an empty text
  for (const char c : shown.substr(leading.size())) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

}  // namespace infoplane
