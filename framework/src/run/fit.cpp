#include "run/fit.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/config_parse.hpp"
#include "run/expected_results.hpp"
#include "run/probe.hpp"

namespace infoplane {
namespace {

constexpr std::size_t kMostListed = 6;

bool is_within(const std::string& path, const std::string& other) { return path.rfind(other + ".", 0) == 0; }

// "a, b, c"; after six, "and 3 more".
template <class T>
std::string listed(const std::vector<T>& all) {
  const std::size_t count = std::min(all.size(), kMostListed);
  const std::string shown = fmt::format("{}", fmt::join(all.begin(), all.begin() + count, ", "));
  return all.size() == count ? shown : fmt::format("{} and {} more", shown, all.size() - count);
}

std::string plural(const std::string& noun, std::size_t count) { return count == 1 ? noun : noun + "s"; }

template <class T>
void add_distinct(std::vector<T>& all, const T& value) {
  if (std::find(all.begin(), all.end(), value) == all.end()) all.push_back(value);
}

/// Removes the values that fail, and returns them.
template <class T, class Keep>
std::vector<T> remove_unless(std::vector<T>& values, Keep keep) {
  const auto end = std::stable_partition(values.begin(), values.end(), keep);
  const std::vector<T> removed(end, values.end());
  values.erase(end, values.end());
  return removed;
}

/// Removes the names that are not known, and returns them.
std::vector<std::string> without_others(std::vector<std::string>& names, const std::vector<std::string>& known) {
  return remove_unless(
      names, [&](const std::string& name) { return std::find(known.begin(), known.end(), name) != known.end(); });
}

/// The option of a choice that is a list; nullptr without one.
template <class Choice>
std::shared_ptr<Binding> list_option(const Choice& choice, const std::string& name) {
  for (const Field& option : choice.fields()) {
    if (option.name == name && option.binding->write().kind == Node::Kind::list) return option.binding;
  }
  return nullptr;
}

/// Fits one experiment, and notes what it leaves out.
class Fitting {
 public:
  Fitting(Experiment& experiment, const Changes& changes) : experiment_(experiment), changes_(changes) {}

  void leave_out_later_epochs() {
    if (!changes_.touch("training.epochs")) return;
    ObserveOptions& observe = experiment_.observe;
    const std::int64_t last = experiment_.training.epochs;
    const auto is_reached = [&](std::int64_t epoch) { return epoch <= last; };
    const auto schedule = list_option(observe.schedule, "epochs");
    if (schedule != nullptr && !changes_.touch("observe.schedule")) {
      std::vector<std::int64_t> epochs = Codec<std::vector<std::int64_t>>::read(schedule->write(), "");
      note("observations at", "epoch", remove_unless(epochs, is_reached));
      schedule->read(Codec<std::vector<std::int64_t>>::write(epochs), "observe.schedule.epochs");
    }
    if (changes_.touch("observe.histograms.epochs")) return;
    note("histograms at", "epoch", remove_unless(observe.histograms.epochs, is_reached));
  }

  void leave_out_layers(const Probe& probe) {
    if (!changes_.touch("model")) return;
    ObserveOptions& observe = experiment_.observe;
    std::vector<std::string> known;
    for (const LayerShape& shape : probe.layers) known.push_back(shape.layer);
    if (!changes_.touch("observe.layers")) {
      const auto removed = without_others(observe.layers, known);
      if (observe.layers.empty() && !removed.empty()) {
        throw UsageError(
            fmt::format("observe.layers lists {}, but the changed model has only {}: set observe.layers, too",
                        listed(removed), listed(known)));
      }
      note("observed", "layer", removed);
    }
    HistogramOptions& histograms = observe.histograms;
    if (changes_.touch("observe.histograms.layers")) return;
    const auto removed = without_others(histograms.layers, observe.layers.empty() ? known : observe.layers);
    if (histograms.layers.empty() && !removed.empty()) histograms.epochs.clear();
    note("histograms of", "layer", removed);
  }

  void leave_out_claims() {
    const auto decides = [&](const std::string& path) {
      static const std::array none = {"name",   "seed",    "replicas",      "first_replica",
                                      "claims", "figures", "observe.trace", "observe.histograms"};
      return std::none_of(none.begin(), none.end(),
                          [&](const std::string& key) { return path == key || is_within(path, key); });
    };
    const auto changed = std::find_if(changes_.set.begin(), changes_.set.end(), decides);
    const std::size_t count = experiment_.claims.size();
    if (changes_.judge_claims || changed == changes_.set.end() || count == 0 || changes_.touch("claims")) return;
    experiment_.claims.clear();
    notes_.push_back(fmt::format("{} {}, made for another {} (--claims keeps {})", count, plural("claim", count),
                                 *changed, count == 1 ? "it" : "them"));
  }

  void leave_out_unmet(const AvailableResults& available) {
    std::vector<std::string> layers,
        figures = left_out(
            experiment_.figures, "figure", [&](auto& figure) { show_available(figure, available, layers); }, available);
    const std::vector<std::string> claims = left_out(experiment_.claims, "claim", [](auto&) {}, available);
    if (!layers.empty())
      notes_.push_back(fmt::format("{} {} in figures", plural("layer", layers.size()), listed(layers)));
    note("", "figure", figures);
    note("", "claim", claims);
  }

  std::string text() const { return fmt::format("{}", fmt::join(notes_, "; ")); }

 private:
  template <class T>
  void note(const std::string& what, const std::string& noun, const std::vector<T>& removed) {
    if (removed.empty()) return;
    const std::string head = what.empty() ? "" : what + " ";
    notes_.push_back(fmt::format("{}{} {}", head, plural(noun, removed.size()), listed(removed)));
  }

  /// Takes from a figure of several layers or epochs those that the change left out.
  template <class Choice>
  void show_available(Choice& figure, const AvailableResults& available, std::vector<std::string>& left) const {
    const auto layers = list_option(figure, "layers"), epochs = list_option(figure, "epochs");
    if (layers != nullptr && changes_.touch("model")) {
      auto shown = Codec<std::vector<std::string>>::read(layers->write(), "");
      const auto removed = without_others(shown, available.layers);
      if (shown.empty()) return;
      for (const std::string& layer : removed) add_distinct(left, layer);
      layers->read(Codec<std::vector<std::string>>::write(shown), "layers");
    }
    if (epochs != nullptr && changes_.touch("training.epochs")) {
      auto shown = Codec<std::vector<std::int64_t>>::read(epochs->write(), "");
      remove_unless(shown, [&](std::int64_t epoch) { return epoch <= experiment_.training.epochs; });
      if (!shown.empty()) epochs->read(Codec<std::vector<std::int64_t>>::write(shown), "epochs");
    }
  }

  /// Whether a claim is about an epoch that a shorter training does not reach.
  template <class Choice>
  bool is_too_early(const Choice& choice) const {
    return changes_.touch("training.epochs") && choice()->needs().last_epoch > experiment_.training.epochs;
  }

  /// Whether all that the choice lacks was taken by a change. Other mistakes remain, for check().
  template <class Choice>
  bool has_lost(const Choice& choice, const std::string& kind, const AvailableResults& available) const {
    try {
      if (is_too_early(choice)) return true;
      require_needs_met(choice, available, kind);
    } catch (const UnmetNeed& need) {
      return std::any_of(need.keys.begin(), need.keys.end(), [&](const auto& key) { return changes_.touch(key); });
    } catch (const UsageError&) {
      return false;
    }
    return false;
  }

  /// Adapts the choices that were not changed themselves, removes those that cannot be met, and returns their names.
  template <class Choices, class Adapt>
  std::vector<std::string> left_out(Choices& choices, const std::string& kind, Adapt adapt,
                                    const AvailableResults& available) const {
    std::vector<std::string> names;
    Choices kept;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      const bool is_asked_for = changes_.touch(fmt::format("{}s.{}", kind, i));
      if (!is_asked_for) adapt(choices[i]);
      if (!is_asked_for && has_lost(choices[i], kind, available)) {
        names.push_back(choices[i].name());
      } else {
        kept.push_back(std::move(choices[i]));
      }
    }
    choices = std::move(kept);
    return names;
  }

  Experiment& experiment_;
  const Changes& changes_;
  std::vector<std::string> notes_;
};

}  // namespace

bool Changes::touch(const std::string& path) const {
  const auto touches = [&](const std::string& changed) {
    const std::string other = dotted(changed);
    return other == path || is_within(path, other) || is_within(other, path);
  };
  return std::any_of(set.begin(), set.end(), touches) || std::any_of(varied.begin(), varied.end(), touches);
}

Fitted fit(Experiment& experiment, const Changes& changes) {
  Fitting fitting(experiment, changes);
  fitting.leave_out_later_epochs();
  observed_epochs(experiment);
  const Probe probed = probe(experiment);
  fitting.leave_out_layers(probed);
  fitting.leave_out_claims();
  fitting.leave_out_unmet(expected_results(experiment, probed));
  return {fitting.text(), check_probed(experiment, probed), expected_work(experiment, probed)};
}

}  // namespace infoplane
