#define BOOST_TEST_MODULE infoplane
#include <boost/test/tree/observer.hpp>
#include <boost/test/unit_test.hpp>
#include <torch/utils.h>

namespace {

// LibTorch seeds its generator from the clock; every case gets the same random numbers, whichever ran before.
struct Seeding : boost::unit_test::test_observer {
  Seeding() { boost::unit_test::framework::register_observer(*this); }
  ~Seeding() override { boost::unit_test::framework::deregister_observer(*this); }
  void test_unit_start(const boost::unit_test::test_unit&) override { torch::manual_seed(1); }
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(Seeding);
