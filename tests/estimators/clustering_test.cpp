#include <infoplane/estimators/clustering.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "estimators/samples.hpp"
#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::estimators;
using namespace infoplane::testing;

namespace {

torch::Tensor normal(std::int64_t n, std::int64_t units, std::uint64_t seed) {
  return torch::empty({n, units}, torch::kFloat64).normal_(0, 1, at::detail::createCPUGenerator(seed));
}

// `n` samples about each of the centers.
torch::Tensor blobs(const torch::Tensor& centers, std::int64_t n, double deviation) {
  const torch::Tensor all = centers.repeat({n, 1});
  return all + deviation * normal(all.size(0), all.size(1), 7);
}

KMeansFit of(std::int64_t first, std::int64_t last) {
  KMeansFit fit;
  fit.first = first;
  fit.last = last;
  return fit;
}

std::vector<double> sums_of(const std::vector<Clustering>& clusterings) {
  std::vector<double> sums;
  for (const Clustering& clustering : clusterings) sums.push_back(clustering.within_cluster_sum);
  return sums;
}

std::vector<double> squares_of(std::vector<double> roots) {
  for (double& root : roots) root *= root;
  return roots;
}

torch::Tensor squared_distances(const torch::Tensor& samples, const torch::Tensor& centers) {
  return (samples.to(torch::kFloat64).unsqueeze(1) - centers.unsqueeze(0)).square().sum(2);
}

torch::Tensor labels_of(const Clustering& clustering) {
  return torch::tensor(clustering.symbols.ids, torch::kInt32).to(torch::kInt64);
}

// Lloyd's iteration as in the books, until nothing changes.
double slow_lloyd(const torch::Tensor& samples, torch::Tensor centers) {
  torch::Tensor labels;
  while (true) {
    const torch::Tensor nearest = squared_distances(samples, centers).argmin(1);
    if (labels.defined() && torch::equal(nearest, labels)) break;
    labels = nearest;
    for (std::int64_t k = 0; k < centers.size(0); ++k) {
      const torch::Tensor members = samples.index({labels == k});
      if (members.size(0) > 0) centers[k] = members.mean(0);
    }
  }
  return (samples - centers.index({labels})).square().sum().item<double>();
}

double best_of_slow_lloyds(const torch::Tensor& samples, std::int64_t k, int restarts) {
  double best = std::numeric_limits<double>::infinity();
  for (int r = 0; r < restarts; ++r) {
    const torch::Tensor order =
        torch::randperm(samples.size(0), at::detail::createCPUGenerator(static_cast<std::uint64_t>(r)), torch::kInt64);
    best = std::min(best, slow_lloyd(samples, samples.index({order.slice(0, 0, k)}).clone()));
  }
  return best;
}

// The least sum over all k^N ways to label the samples.
double least_of_all(const torch::Tensor& samples, std::int64_t k) {
  const std::int64_t n = samples.size(0);
  double least = std::numeric_limits<double>::infinity();
  std::vector<std::int64_t> labels(n);
  for (bool more = true; more;) {
    double sum = 0;
    const torch::Tensor of = torch::tensor(labels, torch::kInt64);
    for (std::int64_t c = 0; c < k; ++c) {
      const torch::Tensor members = samples.index({of == c});
      if (members.size(0) > 0) sum += (members - members.mean(0)).square().sum().item<double>();
    }
    least = std::min(least, sum);
    std::int64_t i = 0;
    while (i < n && ++labels[i] == k) labels[i++] = 0;
    more = i < n;
  }
  return least;
}

void expect_equal(const std::vector<Clustering>& a, const std::vector<Clustering>& b) {
  BOOST_REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    BOOST_TEST(a[i].symbols.ids == b[i].symbols.ids);
    BOOST_TEST(torch::equal(a[i].centers, b[i].centers));
    BOOST_TEST(a[i].within_cluster_sum == b[i].within_cluster_sum);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(clustering)

BOOST_AUTO_TEST_CASE(the_sums_of_the_reference_case_are_as_small_as_those_listed) {
  const auto listed = expected()["clusters"]["wcss_1_to_10"].get<std::vector<double>>();
  const auto samples = read_table("clusters.activations.csv");
  for (const auto type : {torch::kFloat32, torch::kFloat64}) {
    const std::vector<double> sums = sums_of(k_means(samples.to(type), of(1, 10), 1));
    for (std::size_t i = 0; i < 10; ++i) BOOST_TEST(sums[i] <= 1.001 * listed[i], "K = " << i + 1 << ": " << sums[i]);
    const Elbow found = elbow(sums);
    BOOST_TEST(found.clusters == expected()["clusters"]["elbow"].get<std::int64_t>());
    BOOST_TEST(found.knee_found);
    BOOST_TEST(elbow(sums_of(k_means(samples.to(type), of(1, 20), 1))).clusters == found.clusters);
  }
}

BOOST_AUTO_TEST_CASE(of_few_samples_the_least_sum_is_found) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const torch::Tensor samples = normal(8, 2, seed);
    const auto clusterings = k_means(samples, of(1, 3), seed);
    for (std::int64_t k = 1; k <= 3; ++k) {
      BOOST_TEST(clusterings[k - 1].within_cluster_sum == least_of_all(samples, k),
                 boost::test_tools::tolerance(1e-12));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_sums_are_no_larger_than_those_of_many_slow_iterations) {
  const torch::Tensor samples = normal(300, 3, 1).tanh();
  const auto clusterings = k_means(samples, of(1, 12), 1);
  for (const std::int64_t k : {1, 2, 3, 5, 8, 12}) {
    BOOST_TEST(clusterings[k - 1].within_cluster_sum <= 1.001 * best_of_slow_lloyds(samples, k, 30), "K = " << k);
  }
}

BOOST_AUTO_TEST_CASE(so_they_are_where_the_search_begins_with_some_of_the_samples) {
  const torch::Tensor centers = 10 * normal(6, 4, 3);
  const torch::Tensor samples = blobs(centers, 1500, 1);
  const auto clusterings = k_means(samples.to(torch::kFloat32), of(4, 7), 1);
  BOOST_TEST(clusterings[2].within_cluster_sum <= 1.00001 * slow_lloyd(samples, centers.clone()));
  for (const std::int64_t k : {4, 5, 7}) {
    BOOST_TEST(clusterings[k - 4].within_cluster_sum <= 1.001 * best_of_slow_lloyds(samples, k, 10), "K = " << k);
  }
}

BOOST_AUTO_TEST_CASE(a_clustering_is_what_it_says) {
  const torch::Tensor samples = normal(200, 3, 2);
  for (const Clustering& clustering : k_means(samples, of(1, 9), 1)) {
    const torch::Tensor distances = squared_distances(samples, clustering.centers), labels = labels_of(clustering);
    BOOST_TEST(torch::equal(distances.argmin(1), labels));
    BOOST_TEST(clustering.within_cluster_sum == std::get<0>(distances.min(1)).sum().item<double>(),
               boost::test_tools::tolerance(1e-12));
    BOOST_TEST(clustering.symbols.count == clustering.centers.size(0));
    for (std::int64_t k = 0; k < clustering.centers.size(0); ++k) {
      BOOST_TEST(torch::allclose(samples.index({labels == k}).mean(0), clustering.centers[k], 1e-9, 1e-12));
    }
  }
}

BOOST_AUTO_TEST_CASE(no_sum_is_larger_than_that_before_it) {
  for (const auto& samples : {normal(60, 1, 1), normal(5000, 2, 2), (normal(400, 2, 3) * 2).round()}) {
    const std::vector<double> sums = sums_of(k_means(samples, of(1, 30), 1));
    BOOST_TEST(std::is_sorted(sums.rbegin(), sums.rend()));
  }
}

BOOST_AUTO_TEST_CASE(there_are_no_more_clusters_than_different_samples) {
  const torch::Tensor samples = torch::tensor({1.0, 1.0, 2.0, 5.0, 2.0, 1.0}).unsqueeze(1);
  const auto clusterings = k_means(samples, of(1, 5), 1);
  BOOST_TEST(clusterings[1].centers.size(0) == 2);
  for (std::size_t k = 2; k < 5; ++k) {
    BOOST_TEST(clusterings[k].centers.size(0) == 3);
    BOOST_TEST(clusterings[k].within_cluster_sum == 0);
  }
  const auto one = k_means(torch::full({1, 2}, 3.0), of(1, 3), 1);
  BOOST_TEST(one[2].symbols.ids == std::vector<std::int32_t>{0});
  BOOST_TEST(torch::equal(one[2].centers, torch::full({1, 2}, 3.0, torch::kFloat64)));
  BOOST_TEST(sums_of(k_means(torch::full({9000, 3}, 0.1), of(1, 3), 1)) == std::vector<double>({0, 0, 0}));
}

BOOST_AUTO_TEST_CASE(threads_change_no_byte) {
  const torch::Tensor samples = blobs(3 * normal(7, 5, 1), 900, 1);
  KMeansFit fit = of(1, 9);
  const auto one = k_means(samples, fit, 1);
  for (fit.threads = 2; fit.threads <= 4; ++fit.threads) expect_equal(k_means(samples, fit, 1), one);
}

BOOST_AUTO_TEST_CASE(nor_does_the_order_of_samples) {
  const torch::Tensor samples = blobs(3 * normal(7, 5, 1), 900, 1);
  const torch::Tensor order = torch::randperm(samples.size(0), at::detail::createCPUGenerator(5), torch::kInt64);
  auto shuffled = k_means(samples.index({order}), of(3, 9), 1);
  const auto straight = k_means(samples, of(3, 9), 1);
  for (Clustering& clustering : shuffled) {
    const std::vector<std::int32_t> ids = clustering.symbols.ids;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      clustering.symbols.ids[order[static_cast<std::int64_t>(i)].item<std::int64_t>()] = ids[i];
    }
  }
  expect_equal(shuffled, straight);
}

BOOST_AUTO_TEST_CASE(a_shift_and_a_scale_leave_the_clusters) {
  const torch::Tensor samples = blobs(5 * normal(4, 3, 2), 60, 1);
  const Clustering plain = k_means(samples, of(4, 4), 1).front();
  const Clustering moved = k_means(samples * 1e-7 + 30, of(4, 4), 1).front();
  BOOST_TEST(distinct_rows({moved.symbols.ids, 1, 4}).ids == distinct_rows({plain.symbols.ids, 1, 4}).ids);
  BOOST_TEST(moved.within_cluster_sum == plain.within_cluster_sum * 1e-14, boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(a_start_is_tried_beside_the_others) {
  const torch::Tensor samples = normal(2000, 8, 4);
  KMeansFit fit = of(20, 20);
  fit.restarts = 20;
  const Clustering best = k_means(samples, fit, 1).front();
  fit.restarts = 1;
  for (std::uint64_t seed = 2; seed < 5; ++seed) {
    BOOST_TEST(k_means(samples, fit, seed, best.centers).front().within_cluster_sum <=
               best.within_cluster_sum * (1 + 1e-9));
  }
  // One for another K says nothing.
  expect_equal(k_means(samples, fit, 2, best.centers.slice(0, 0, 7)), k_means(samples, fit, 2));
}

BOOST_AUTO_TEST_CASE(the_elbow_is_the_first_knee) {
  // By hand: with K and roots scaled to [0, 1], the curve lies 0, .55, .45, .25, 0 and 0, .1875, .375, .2, 0 below its
  // chord, and falls by more than the mean step of .25 beneath its maximum.
  const Elbow second = elbow(squares_of({100, 20, 5, 0, 0})), third = elbow(squares_of({1000, 562.5, 125, 50, 0}));
  BOOST_TEST(second.clusters == 2);
  BOOST_TEST(second.knee_found);
  BOOST_TEST(third.clusters == 3);
  BOOST_TEST(third.knee_found);
  // Two maxima, at 3 and 7, .423 and .301 high: between them it falls to .122.
  const Elbow two = elbow(squares_of({100, 70, 40, 39, 38, 37, 10, 9, 8, 7}));
  BOOST_TEST(two.clusters == 3);
  BOOST_TEST(two.knee_found);
  // Between these, .28 and .25 high, it falls by less than the mean step, to .2.
  BOOST_TEST(elbow(squares_of({100, 52, 40, 15, 10, 0})).clusters == 4);
}

BOOST_AUTO_TEST_CASE(the_curve_may_be_that_of_the_sums_themselves) {
  // The sums lie 0, .64, .51, .4, .2, 0 below their chord, and fall by more than the mean step of .2 beneath the first
  // maximum; their roots lie 0, .4, .3, .4, .2, 0 below theirs, and do so only beneath the second.
  const std::vector<double> sums{100, 16, 9, 0, 0, 0};
  const Elbow of_sums = elbow(sums, ElbowCurve::sums), of_roots = elbow(sums);
  BOOST_TEST(of_sums.clusters == 2);
  BOOST_TEST(of_sums.knee_found);
  BOOST_TEST(of_roots.clusters == 4);
  BOOST_TEST(of_roots.knee_found);
}

BOOST_AUTO_TEST_CASE(the_knee_of_the_sums_depends_on_the_largest_number_of_clusters) {
  const auto samples = read_table("clusters.activations.csv");
  BOOST_TEST(elbow(sums_of(k_means(samples, of(1, 10), 1)), ElbowCurve::sums).clusters == 3);
  BOOST_TEST(elbow(sums_of(k_means(samples, of(1, 20), 1)), ElbowCurve::sums).clusters == 5);
}

BOOST_AUTO_TEST_CASE(without_a_knee_the_elbow_is_farthest_from_the_chord) {
  // Concave: it nowhere lies below the chord.
  BOOST_TEST(elbow(squares_of({10, 9, 7, 0})).clusters == 1);
  BOOST_TEST(!elbow(squares_of({10, 9, 7, 0})).knee_found);
  // 0, .2, 0 below the chord: the fall of .2 is less than the mean step of .5.
  BOOST_TEST(elbow(squares_of({10, 3, 0})).clusters == 2);
  BOOST_TEST(!elbow(squares_of({10, 3, 0})).knee_found);
  const Elbow line = elbow(squares_of({3, 2, 1}));
  BOOST_TEST(line.clusters == 1);
  BOOST_TEST(!line.knee_found);
}

BOOST_AUTO_TEST_CASE(equal_sums_have_one_cluster_as_elbow) {
  for (const auto& sums : {std::vector<double>{4}, std::vector<double>{0, 0, 0}}) {
    BOOST_TEST(elbow(sums).clusters == 1);
    BOOST_TEST(!elbow(sums).knee_found);
  }
}

BOOST_AUTO_TEST_CASE(no_more_clusters_are_searched_for_than_there_are_samples) {
  const torch::Tensor samples = normal(12, 2, 1);
  const auto few = k_means(samples, of(1, 12), 1), many = k_means(samples, of(1, 3000), 1);
  BOOST_REQUIRE(many.size() == 3000);
  expect_equal({many.begin(), many.begin() + 12}, few);
  for (const std::int64_t k : {13, 1000, 3000}) expect_equal({many[k - 1]}, {few.back()});
  expect_equal(k_means(samples, of(3000, 3001), 1), {few.back(), few.back()});
}

// 100 K of up to 100 centers, which take 40 MB in all: starts and neighbors took twenty times as much.
BOOST_AUTO_TEST_CASE(memory_is_bounded_by_the_clusterings) {
  const torch::Tensor samples = normal(120, 1000, 1).to(torch::kFloat32);
  const long before = peak_kilobytes();
  const auto clusterings = k_means(samples, of(1, 100), 1);
  BOOST_TEST(clusterings.back().centers.size(0) == 100);
  BOOST_TEST(peak_kilobytes() - before < 250000);
}

BOOST_AUTO_TEST_SUITE_END()
