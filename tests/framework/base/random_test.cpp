#include <infoplane/random.hpp>

#include <bitset>
#include <cmath>
#include <set>

#include <boost/test/unit_test.hpp>

using namespace infoplane;

BOOST_AUTO_TEST_SUITE(random_)

BOOST_AUTO_TEST_CASE(equal_arguments_name_one_stream) {
  BOOST_TEST(stream_seed(1, 2, Purpose::dropout, 3) == stream_seed(1, 2, Purpose::dropout, 3));
  BOOST_TEST(stream_seed(1, 2, Purpose::dropout) == stream_seed(1, 2, Purpose::dropout, 0));
}

BOOST_AUTO_TEST_CASE(seeds_are_the_same_on_every_machine_and_in_every_version) {
  // Four rounds of SplitMix64, computed apart; another value would change every published run.
  BOOST_TEST(stream_seed(0, 0, Purpose::dataset) == 2391539541053276776u);
  BOOST_TEST(stream_seed(42, 7, Purpose::batch_order, 100) == 7441351271692494517u);
}

BOOST_AUTO_TEST_CASE(all_nearby_arguments_name_distinct_streams) {
  std::set<std::uint64_t> seeds;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    for (std::int64_t replica = -1; replica < 50; ++replica) {
      for (std::uint64_t purpose = 0; purpose <= static_cast<std::uint64_t>(Purpose::estimation); ++purpose) {
        for (std::int64_t index = 0; index < 20; ++index) {
          seeds.insert(stream_seed(seed, replica, static_cast<Purpose>(purpose), index));
        }
      }
    }
  }
  BOOST_TEST(seeds.size() == 10u * 51u * 7u * 20u);
}

BOOST_AUTO_TEST_CASE(arguments_do_not_stand_in_for_each_other) {
  BOOST_TEST(stream_seed(1, 2, Purpose::dataset) != stream_seed(2, 1, Purpose::dataset));
  BOOST_TEST(stream_seed(1, 1, Purpose::dataset, 0) != stream_seed(1, 0, Purpose::split, 0));
  BOOST_TEST(stream_seed(1, 3, Purpose::dataset, 4) != stream_seed(1, 4, Purpose::dataset, 3));
}

BOOST_AUTO_TEST_CASE(one_flipped_bit_of_an_argument_flips_half_of_the_seed) {
  double flipped = 0;
  constexpr int pairs = 64 * 100;
  for (int bit = 0; bit < 64; ++bit) {
    for (std::uint64_t i = 0; i < 100; ++i) {
      const std::uint64_t changed = i ^ (std::uint64_t{1} << bit);
      const std::uint64_t difference = stream_seed(i, 0, Purpose::split) ^ stream_seed(changed, 0, Purpose::split);
      flipped += static_cast<double>(std::bitset<64>(difference).count());
    }
  }
  // The mean of 6400 binomial counts of 64 fair bits has standard deviation 0.05: 0.25 is five of them.
  BOOST_TEST(std::abs(flipped / pairs - 32.0) < 0.25);
}

BOOST_AUTO_TEST_SUITE_END()
