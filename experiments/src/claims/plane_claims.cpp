#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "claims/comparisons.hpp"
#include "claims/path.hpp"
#include "runs/selection.hpp"

namespace infoplane::experiments {
namespace {

double mean_distance(const Path& from, const Path& to) {
  double sum = 0;
  for (const Point& point : from) sum += distance(point, to);
  return sum / static_cast<double>(from.size());
}

double extent(const Path& path) {
  Point low = path.front(), high = low;
  for (const Point& p : path) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  return distance(low, high);
}

double path_distance(const Path& a, const Path& b) {
  return std::max(mean_distance(a, b), mean_distance(b, a)) / extent(a);
}

using Paths = std::map<std::int64_t, Path>;  // by replica

Paths paths_of(const LayerInPlane& of, const RunResults& own, const OtherRuns& others) {
  const RunResults& results = run_of(of.run, own, others);
  const ReplicaCurves x = information_of(results, {of.layer, of.estimator, Quantity::i_xt}),
                      y = information_of(results, {of.layer, of.estimator, Quantity::i_ty});
  Paths paths;
  for (const auto& [replica, curve] : x.replicas) {
    for (std::size_t e = 0; e < curve.size(); ++e)
      paths[replica].push_back({curve[e].second, y.replicas.at(replica)[e].second});
  }
  return paths;
}

std::string name_of(const LayerInPlane& of) { return of.run.empty() ? of.layer : of.layer + " in " + of.run; }

ResultNeeds needs_of_planes(const std::vector<LayerInPlane>& all) {
  std::vector<Measurement> measurements;
  for (const LayerInPlane& of : all) {
    Measurement m;
    m.run = of.run;
    m.layer = of.layer;
    m.estimator = of.estimator;
    measurements.push_back(std::move(m));
  }
  return needs_of(measurements);
}

std::vector<LayerInPlane> layers_of(const SamePlaceOptions& o) {
  std::vector<LayerInPlane> all{o.of, o.as};
  for (const std::string& layer : o.than) all.push_back({o.as.run, layer, o.as.estimator});
  return all;
}

}  // namespace

Fields fields(LayerInPlane& o) {
  return {field("run", o.run, "experiment whose run is measured; empty: this one"),
          required(field("layer", o.layer, "layer name")),
          field("estimator", o.estimator, "estimator name; empty: the first estimator")};
}

Fields fields(SamePathOptions& o) {
  return {required(group("of", o.of, "first layer")), required(group("as", o.as, "second layer")),
          field("within_share", o.within_share,
                "largest mean distance between the paths, as a share of the extent of the first", between(0, 10))};
}

Fields fields(SamePlaceOptions& o) {
  const Check<std::vector<std::string>> some{"at least one layer", [](const auto& layers) { return !layers.empty(); },
                                             keywords({{"minItems", Node::of_scalar("1")}})};
  return {required(group("of", o.of, "layer")), required(group("as", o.as, "its counterpart")),
          required(field("than", o.than, "other layers of the counterpart's run", some))};
}

std::unique_ptr<Claim> make_same_path(const SamePathOptions& o) {
  return claim(needs_of_planes({o.of, o.as}), [o](const RunResults& own, const OtherRuns& others) {
    const Paths a = paths_of(o.of, own, others), b = paths_of(o.as, own, others);
    ClaimResult result =
        check_range(in_pairs(a, b, path_distance), {-kUnlimited, o.within_share},
                    fmt::format("the paths of {} and {} are on average within {} of the extent of the first",
                                name_of(o.of), name_of(o.as), o.within_share),
                    "");
    result.untested = "the first path is one point";
    return result;
  });
}

std::unique_ptr<Claim> make_same_place(const SamePlaceOptions& o) {
  return claim(needs_of_planes(layers_of(o)), [o](const RunResults& own, const OtherRuns& others) {
    std::vector<Paths> all;
    for (const LayerInPlane& layer : layers_of(o)) all.push_back(paths_of(layer, own, others));
    std::vector<double> values;
    for (const auto& [replica, path] : all[0]) {
      if (all[1].count(replica) == 0) continue;
      double nearest = kUnlimited;
      for (std::size_t i = 2; i < all.size(); ++i)
        nearest = std::min(nearest, distance(path.back(), all[i].at(replica).back()));
      values.push_back(distance(path.back(), all[1].at(replica).back()) / nearest);
    }
    return check_range(
        values, {-kUnlimited, 1},
        fmt::format("{} ends nearer to {} than to {}", name_of(o.of), name_of(o.as), fmt::join(o.than, ", ")), "");
  });
}

}  // namespace infoplane::experiments
