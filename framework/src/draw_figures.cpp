#include <chrono>
#include <memory>
#include <system_error>

#include <infoplane/folder_lock.hpp>
#include <infoplane/run.hpp>

#include "attempts.hpp"

namespace infoplane {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes kLongest{10};

// A run's figures/, for one process at a time: who draws last has read the tables last, so that a picture that was begun
// before the run ended does not replace one of its end. Removed where nothing was drawn.
class Pictures {
 public:
  explicit Pictures(const fs::path& run) : path_(run / "figures") {
    if (fs::is_symlink(path_)) throw UsageError(path_.string() + ": it is a link, figures must stay in the run's folder");
    std::error_code error;
    fs::create_directory(path_, error);   // who draws there tells of an error
    if (fs::is_directory(path_, error)) lock_ = await_folder(path_, kLongest);
  }
  ~Pictures() {
    std::error_code ignored;
    if (fs::is_empty(path_, ignored)) fs::remove(path_, ignored);
  }
  Pictures(const Pictures&) = delete;
  Pictures& operator=(const Pictures&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  std::shared_ptr<void> lock_;
};

}  // namespace

void draw_figures(const std::vector<Choice<FigureFactory>>& figures, const fs::path& folder) {
  const Pictures pictures(folder);
  const RunResults results = read_run(folder);
  Attempts attempts;
  for (const auto& figure : figures) attempts.add([&] { figure()->draw(results, pictures.path(), figure.name()); });
  attempts.require_done();
}

}  // namespace infoplane
