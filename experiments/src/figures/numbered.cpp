#include <utility>

#include "figures/figures.hpp"

namespace infoplane::experiments {
namespace {

class Numbered : public Figure {
 public:
  Numbered(std::unique_ptr<Figure> figure, std::string reproduces)
      : figure_(std::move(figure)), reproduces_(std::move(reproduces)) {}

  void draw(const RunResults& results, const std::filesystem::path& folder, const std::string& name) const override {
    figure_->draw(results, folder, name);
  }
  ResultNeeds needs() const override { return figure_->needs(); }
  std::string reproduces() const override { return reproduces_; }

 private:
  std::unique_ptr<Figure> figure_;
  std::string reproduces_;
};

}  // namespace

std::unique_ptr<Figure> numbered(std::unique_ptr<Figure> figure, std::string reproduces) {
  return std::make_unique<Numbered>(std::move(figure), std::move(reproduces));
}

}  // namespace infoplane::experiments
