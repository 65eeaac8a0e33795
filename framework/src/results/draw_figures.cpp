#include <chrono>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/figure.hpp>

#include "base/first_error.hpp"
#include "base/folder_lock.hpp"
#include "results/run_files.hpp"
#include "results/run_summary.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes kLongest{10};

// A run's folder of pictures, for one process at a time: who draws last has read the tables last, so that a picture
// that was begun before the run ended does not replace one of its end. Removed where nothing was drawn.
class Pictures {
 public:
  explicit Pictures(const fs::path& path) : path_(path) {
    std::error_code error;
    fs::create_directory(path_, error);
    if (error) throw Error(path_.string() + ": cannot make the folder: " + error.message());
    lock_ = await_folder(path_, kLongest);
  }
  ~Pictures() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  Pictures(const Pictures&) = delete;
  Pictures& operator=(const Pictures&) = delete;

 private:
  fs::path path_;
  std::shared_ptr<void> lock_;
};

}  // namespace

void draw_figures(const std::vector<Choice<FigureFactory>>& figures, const fs::path& folder) {
  const fs::path pictures = folder / kFigures;
  if (fs::is_symlink(pictures))
    throw UsageError(pictures.string() + ": it is a link, figures must stay in the run's folder");
  if (figures.empty()) return;
  if (!fs::is_directory(folder)) read_run(folder);  // which refuses it
  const Pictures kept(pictures);
  const RunResults results = read_run(folder);
  if (results.information.empty() && results.training.empty()) {
    throw UsageError(
        fmt::format("{}: no rows yet in information.csv or training.csv{}", folder.string(), how_to_continue(folder)));
  }
  FirstError error;
  for (const auto& figure : figures) error.call([&] { figure()->draw(results, pictures, figure.name()); });
  error.rethrow();
}

}  // namespace infoplane
