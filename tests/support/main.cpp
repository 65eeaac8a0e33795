#define BOOST_TEST_MODULE infoplane
#include <boost/test/unit_test.hpp>
