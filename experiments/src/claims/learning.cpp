#include <fmt/format.h>

#include "claims/replica_curves.hpp"

namespace infoplane::experiments {
namespace {

double above_minimum(const Curve& loss) {
  Curve negative = loss;
  for (auto& [epoch, value] : negative) value = -value;
  return peak(negative) - last(negative);
}

std::unique_ptr<Claim> overfitting_claim(const Interval& range, const std::string& measured) {
  return claim({}, [=](const RunResults& results) {
    return check_range(training_of(results, Split::test, kLoss).each(above_minimum), range, measured, "nats");
  });
}

}  // namespace

EnumNames<Split> names(Split) { return {{Split::test, "test"}, {Split::train, "train"}}; }

Fields fields(FinalAccuracyOptions& o) {
  return {field("split", o.split, "split that is evaluated"),
          required(field("at_least", o.at_least, "least accuracy", between(0, 1)))};
}

Fields fields(OverfittingOptions& o) {
  return {required(field("at_least_nats", o.at_least_nats, "least rise above the minimum, in nats", between(0, 1e6)))};
}

Fields fields(NoOverfittingOptions& o) {
  return {required(field("at_most_nats", o.at_most_nats, "largest rise above the minimum, in nats", between(0, 1e6)))};
}

std::unique_ptr<Claim> make_final_accuracy(const FinalAccuracyOptions& o) {
  return claim({}, [o](const RunResults& results) {
    return check_range(training_of(results, o.split, kAccuracy).each(last), {o.at_least, kUnlimited},
                       fmt::format("the accuracy on the {} split ends at {} or more", name_of(o.split), o.at_least),
                       "");
  });
}

std::unique_ptr<Claim> make_overfitting(const OverfittingOptions& o) {
  return overfitting_claim(
      {o.at_least_nats, kUnlimited},
      fmt::format("the loss on the test split ends at least {} nats above its minimum", o.at_least_nats));
}

std::unique_ptr<Claim> make_no_overfitting(const NoOverfittingOptions& o) {
  return overfitting_claim(
      {-kUnlimited, o.at_most_nats},
      fmt::format("the loss on the test split ends at most {} nats above its minimum", o.at_most_nats));
}

}  // namespace infoplane::experiments
