#include "result_needs.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/error.hpp>

namespace infoplane {
namespace {

template <class T>
bool is_among(const T& wanted, const std::vector<T>& known) {
  return std::find(known.begin(), known.end(), wanted) != known.end();
}

// Its name, and those of its rows.
std::vector<std::string> names_of(const EstimatorOffer& estimator) {
  std::vector<std::string> names{estimator.name};
  for (const std::string& value : estimator.values) {
    if (!value.empty()) names.push_back(estimator.name + "." + value);
  }
  return names;
}

// The estimators that the needs name, which are known, or the first.
std::vector<EstimatorOffer> chosen_estimators(const ResultNeeds& needs, const Offer& offer) {
  if (needs.estimators.empty()) return {offer.estimators.front()};
  std::vector<EstimatorOffer> chosen;
  for (const std::string& wanted : needs.estimators) {
    chosen.push_back(*std::find_if(offer.estimators.begin(), offer.estimators.end(),
                                   [&](const EstimatorOffer& e) { return is_among(wanted, names_of(e)); }));
  }
  return chosen;
}

// One kind of what an estimator gives.
struct Gift {
  std::string kind;
  std::vector<std::string> EstimatorOffer::*names;
};

// Which of the wanted names a chosen estimator does not give, and which estimators do; "" where nothing is missing.
std::string missing(const std::vector<std::string>& wanted, const Gift& gift, const ResultNeeds& needs, const Offer& offer) {
  for (const EstimatorOffer& estimator : wanted.empty() ? std::vector<EstimatorOffer>{} : chosen_estimators(needs, offer)) {
    for (const std::string& name : wanted) {
      if (is_among(name, estimator.*gift.names)) continue;
      std::vector<std::string> others;
      for (const EstimatorOffer& other : offer.estimators) {
        if (is_among(name, other.*gift.names)) others.push_back(other.name);
      }
      return fmt::format("estimator {} gives no {} {}, {}", in_quotes(estimator.name), gift.kind, in_quotes(name),
                         others.empty() ? "nor does another" : fmt::format("only {}", fmt::join(others, ", ")));
    }
  }
  return "";
}

void require_information(const ResultNeeds& needs, const Offer& offer, const std::string& where) {
  if ((needs.information || !needs.values.empty()) && offer.estimators.empty()) {
    throw UsageError(where + " needs an estimator, got estimators: []");
  }
  std::vector<std::string> known;
  for (const EstimatorOffer& estimator : offer.estimators) {
    for (const std::string& name : names_of(estimator)) known.push_back(name);
  }
  require_known(needs.estimators, known, where, "estimator");
  require_known(needs.details, offer.tables.details, where, "detail");
  for (const std::string& lack : {missing(needs.values, {"value", &EstimatorOffer::values}, needs, offer),
                                  missing(needs.details, {"detail", &EstimatorOffer::details}, needs, offer)}) {
    if (!lack.empty()) throw UsageError(where + ": " + lack);
  }
}

void require_layers(const ResultNeeds& needs, const Offer& offer, const std::string& where) {
  require_known(needs.layers, offer.layers, where, "layer");
  const std::size_t shown = needs.layers.empty() ? offer.layers.size() : needs.layers.size();
  if (needs.most_layers == 0 || shown <= needs.most_layers) return;
  throw UsageError(fmt::format("{} can show {} layers, got {}: name some by its option layers", where,
                               needs.most_layers, shown));
}

void require_elements(const ResultNeeds& needs, const NamedTensors& parameters, const std::string& where) {
  std::vector<std::string> known;
  std::int64_t all = 0, named = 0;
  for (const auto& [name, tensor] : parameters) {
    known.push_back(name);
    all += tensor.numel();
  }
  for (const auto& [parameter, index] : needs.elements) {
    require_known({parameter}, known, where, "parameter");
    const std::int64_t elements = parameters.at(parameter).numel();
    named += elements;
    if (index < elements) continue;
    throw UsageError(
        fmt::format("{}: parameter {} has elements 0 to {}, got {}", where, in_quotes(parameter), elements - 1, index));
  }
  const std::int64_t shown = needs.elements.empty() ? all : named;
  if (needs.most_elements == 0 || shown <= needs.most_elements) return;
  throw UsageError(fmt::format("{} can show {} elements of parameters, got {}: name some by its option parameters",
                               where, needs.most_elements, shown));
}

void require_histograms(const ResultNeeds& needs, const Offer& offer, const std::string& where) {
  if (needs.histograms && !offer.tables.histograms) throw UsageError(where + " needs observe.histograms.epochs");
  require_known(needs.histogram_layers, offer.layers, where, "layer");
  for (const std::string& layer : needs.histogram_layers) {
    if (is_among(layer, offer.histogram_layers)) continue;
    throw UsageError(fmt::format("{} needs layer {} in observe.histograms.layers, which lists {}", where, in_quotes(layer),
                                 fmt::join(offer.histogram_layers, ", ")));
  }
  for (const std::int64_t epoch : needs.histogram_epochs) {
    if (is_among(epoch, offer.histogram_epochs)) continue;
    throw UsageError(fmt::format("{} needs epoch {} in observe.histograms.epochs, which lists {}", where, epoch,
                                 fmt::join(offer.histogram_epochs, ", ")));
  }
}

void require_replicas(const ResultNeeds& needs, const Offer& offer, const std::string& where) {
  const std::int64_t first = offer.first_replica, last = first + offer.replicas - 1;
  for (const std::int64_t replica : needs.replicas) {
    if (first <= replica && replica <= last) continue;
    throw UsageError(fmt::format("{} needs replica {}, the experiment has {}", where, replica,
                                 first == last ? fmt::format("replica {}", first)
                                               : fmt::format("replicas {} to {}", first, last)));
  }
}

}  // namespace

void require_known(const std::vector<std::string>& wanted, const std::vector<std::string>& known,
                   const std::string& where, const std::string& kind) {
  for (const std::string& name : wanted) {
    if (!is_among(name, known)) throw UsageError(where + ": unknown " + kind + " " + in_quotes(name) + suggestion(name, known));
  }
}

void require_met(const ResultNeeds& needs, const Offer& offer, const std::string& where) {
  require_layers(needs, offer, where);
  require_information(needs, offer, where);
  if (needs.parameters && !offer.tables.parameters) throw UsageError(where + " needs observe.trace: parameters");
  require_elements(needs, offer.parameters, where);
  require_histograms(needs, offer, where);
  require_replicas(needs, offer, where);
}

}  // namespace infoplane
