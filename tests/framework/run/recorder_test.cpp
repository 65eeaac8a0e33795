#include "run/recorder.hpp"

#include <cmath>

#include <boost/test/unit_test.hpp>

using namespace infoplane;

namespace {

class Silent : public Estimator {
 public:
  explicit Silent(std::vector<std::string> details) : details_(std::move(details)) {}
  Estimate estimate(const LayerSamples&) const override { return {}; }
  std::vector<std::string> details() const override { return details_; }

 private:
  std::vector<std::string> details_;
};

template <int which>
std::unique_ptr<Estimator> make_silent(const NoOptions&, std::uint64_t) {
  return std::make_unique<Silent>(which == 0 ? std::vector<std::string>{"bins", "words"}
                                             : std::vector<std::string>{"clusters", "bins"});
}

Recorder two_estimators() {
  Registry<EstimatorFactory> registry("estimator");
  registry.add<NoOptions>("first", make_silent<0>, "");
  registry.add<NoOptions>("second", make_silent<1>, "");
  return Recorder({registry.choose("first"), registry.choose("second")});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(recorder)

BOOST_AUTO_TEST_CASE(details_of_one_name_share_a_column) {
  BOOST_TEST(two_estimators().details() == (std::vector<std::string>{"bins", "words", "clusters"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_value_is_a_row_with_its_head_and_its_details_in_place) {
  Record head;
  head.replica = 3;
  head.epoch = 40;
  head.layer = "L2";
  std::vector<Record> rows(1);
  two_estimators().append({{{"upper", 1, 2, 3, 4, {5, 6}}, {"", 7, 8, 9, 10, {11, 12}}}, {}}, 1, head, rows);
  BOOST_REQUIRE(rows.size() == 3);
  BOOST_TEST(rows[1].replica == 3);
  BOOST_TEST(rows[1].epoch == 40);
  BOOST_TEST(rows[1].layer == "L2");
  BOOST_TEST(rows[1].estimator == "second.upper");
  BOOST_TEST(rows[2].estimator == "second");
  BOOST_TEST(rows[1].i_xt_bits == 1);
  BOOST_TEST(rows[1].i_ty_bits == 2);
  BOOST_TEST(rows[1].i_xt_cap_bits == 3);
  BOOST_TEST(rows[1].i_ty_cap_bits == 4);
  BOOST_TEST(rows[1].details[0] == 6);
  BOOST_TEST(std::isnan(rows[1].details[1]));
  BOOST_TEST(rows[1].details[2] == 5);
}

BOOST_AUTO_TEST_SUITE_END()
