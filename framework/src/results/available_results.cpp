#include "results/available_results.hpp"

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

// Rethrows the UsageError of a need that these keys of the experiment decide.
template <class Require>
void decided_by(const std::vector<std::string>& keys, Require require) {
  try {
    require();
  } catch (const UsageError& error) {
    throw UnmetNeed(error.what(), keys);
  }
}

// Its name, and those of its rows.
std::vector<std::string> names_of(const AvailableEstimator& estimator) {
  std::vector<std::string> names{estimator.name};
  for (const std::string& value : estimator.values) {
    if (!value.empty()) names.push_back(estimator.name + "." + value);
  }
  return names;
}

// The estimators that the needs name, which are known, or the first.
std::vector<AvailableEstimator> chosen_estimators(const ResultNeeds& needs, const AvailableResults& available) {
  if (needs.estimators.empty()) return {available.estimators.front()};
  std::vector<AvailableEstimator> chosen;
  for (const std::string& wanted : needs.estimators) {
    chosen.push_back(*std::find_if(available.estimators.begin(), available.estimators.end(),
                                   [&](const AvailableEstimator& e) { return is_among(wanted, names_of(e)); }));
  }
  return chosen;
}

// One kind of what an estimator gives.
struct Kind {
  std::string noun;
  std::vector<std::string> AvailableEstimator::* names;
};

// Which of the wanted names a chosen estimator does not give, and which estimators do; "" where nothing is missing.
std::string missing(const std::vector<std::string>& wanted, const Kind& kind, const ResultNeeds& needs,
                    const AvailableResults& available) {
  for (const AvailableEstimator& estimator :
       wanted.empty() ? std::vector<AvailableEstimator>{} : chosen_estimators(needs, available)) {
    for (const std::string& name : wanted) {
      if (is_among(name, estimator.*kind.names)) continue;
      std::vector<std::string> others;
      for (const AvailableEstimator& other : available.estimators) {
        if (is_among(name, other.*kind.names)) others.push_back(other.name);
      }
      return fmt::format("estimator {} gives no {} {}, {}", in_quotes(estimator.name), kind.noun, in_quotes(name),
                         others.empty() ? "nor does another" : fmt::format("only {}", fmt::join(others, ", ")));
    }
  }
  return "";
}

void require_i_xt(const ResultNeeds& needs, const AvailableResults& available, const std::string& where) {
  std::vector<std::string> others;
  for (const AvailableEstimator& estimator : available.estimators) {
    if (estimator.i_xt) others.push_back(estimator.name);
  }
  for (const AvailableEstimator& estimator : chosen_estimators(needs, available)) {
    if (estimator.i_xt) continue;
    throw UsageError(fmt::format("{} needs I(X;T), which estimator {} does not estimate{}", where,
                                 in_quotes(estimator.name),
                                 others.empty() ? "" : fmt::format(", only {}", fmt::join(others, ", "))));
  }
}

void require_information(const ResultNeeds& needs, const AvailableResults& available, const std::string& where) {
  if ((needs.information || !needs.values.empty()) && available.estimators.empty()) {
    throw UsageError(where + " needs an estimator, got estimators: []");
  }
  std::vector<std::string> known;
  for (const AvailableEstimator& estimator : available.estimators) {
    for (const std::string& name : names_of(estimator)) known.push_back(name);
  }
  require_known(needs.estimators, known, where, "estimator");
  require_known(needs.details, available.tables.details, where, "detail");
  for (const std::string& lack : {missing(needs.values, {"value", &AvailableEstimator::values}, needs, available),
                                  missing(needs.details, {"detail", &AvailableEstimator::details}, needs, available)}) {
    if (!lack.empty()) throw UsageError(where + ": " + lack);
  }
  if (needs.i_xt) require_i_xt(needs, available, where);
}

void require_layers(const ResultNeeds& needs, const AvailableResults& available, const std::string& where) {
  require_known(needs.layers, available.layers, where, "layer");
  const std::size_t shown = needs.layers.empty() ? available.layers.size() : needs.layers.size();
  if (needs.most_layers == 0 || shown <= needs.most_layers) return;
  throw UsageError(
      fmt::format("{} can show {} layers, got {}: name some by its option layers", where, needs.most_layers, shown));
}

void require_trace(const ResultNeeds& needs, const AvailableResults& available, const std::string& where) {
  if (needs.parameters && !available.tables.parameters) throw UsageError(where + " needs observe.trace: parameters");
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

void require_histograms(const ResultNeeds& needs, const AvailableResults& available, const std::string& where) {
  if (needs.histograms && !available.tables.histograms) throw UsageError(where + " needs observe.histograms.epochs");
  require_known(needs.histogram_layers, available.layers, where, "layer");
  for (const std::string& layer : needs.histogram_layers) {
    if (is_among(layer, available.histogram_layers)) continue;
    throw UsageError(fmt::format("{} needs layer {} in observe.histograms.layers, which lists {}", where,
                                 in_quotes(layer), fmt::join(available.histogram_layers, ", ")));
  }
  for (const std::int64_t epoch : needs.histogram_epochs) {
    if (is_among(epoch, available.histogram_epochs)) continue;
    throw UsageError(fmt::format("{} needs epoch {} in observe.histograms.epochs, which lists {}", where, epoch,
                                 fmt::join(available.histogram_epochs, ", ")));
  }
}

void require_claims(const ResultNeeds& needs, const AvailableResults& available, const std::string& where) {
  for (const std::string& claim : needs.claims) {
    if (claim.find('/') == std::string::npos) require_known({claim}, available.claims, where, "claim");
  }
}

void require_replicas(const ResultNeeds& needs, const AvailableResults& available, const std::string& where) {
  const std::int64_t first = available.first_replica, last = first + available.replicas - 1;
  for (const std::int64_t replica : needs.replicas) {
    if (first <= replica && replica <= last) continue;
    throw UsageError(
        fmt::format("{} needs replica {}, the experiment has {}", where, replica,
                    first == last ? fmt::format("replica {}", first) : fmt::format("replicas {} to {}", first, last)));
  }
}

}  // namespace

void require_known(const std::vector<std::string>& wanted, const std::vector<std::string>& known,
                   const std::string& where, const std::string& kind) {
  for (const std::string& name : wanted) {
    if (!is_among(name, known))
      throw UsageError(where + ": unknown " + kind + " " + in_quotes(name) + suggestion(name, known));
  }
}

void require_met(const ResultNeeds& needs, const AvailableResults& available, const std::string& where) {
  decided_by({"model", "observe.layers"}, [&] { require_layers(needs, available, where); });
  decided_by({"estimators"}, [&] { require_information(needs, available, where); });
  decided_by({"observe.trace"}, [&] { require_trace(needs, available, where); });
  decided_by({"model", "dataset"}, [&] { require_elements(needs, available.parameters, where); });
  decided_by({"model", "training.epochs", "observe.layers", "observe.histograms"},
             [&] { require_histograms(needs, available, where); });
  decided_by({"claims"}, [&] { require_claims(needs, available, where); });
  decided_by({"replicas", "first_replica"}, [&] { require_replicas(needs, available, where); });
}

}  // namespace infoplane
