#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <infoplane/claim.hpp>
#include <infoplane/fields.hpp>

/// The built-in claims. Each computes one number v per replica and checks its range. I(e) is an information in bits at
/// the observed epoch e; epoch 0 is before training, E is the last. If any value that v depends on is NaN, so is v; it
/// is also NaN where the claim cannot come out either way, because I is within 1 % of its cap at every epoch.
namespace infoplane::experiments {

enum class Quantity { i_xt, i_ty };
EnumNames<Quantity> names(Quantity);

/// One column of information.csv for one layer.
struct LayerQuantity {
  std::string layer;
  std::string estimator;  ///< "": the first in the data; for an estimator with several values, its first
  Quantity quantity = Quantity::i_xt;
};
Fields fields(LayerQuantity& options);

struct CompressionOptions {
  LayerQuantity of;
  double at_least_bits = 0;
};
Fields fields(CompressionOptions& options);

struct NoCompressionOptions {
  LayerQuantity of;
  double at_most_bits = 0;
};
Fields fields(NoCompressionOptions& options);

struct FittingOptions : CompressionOptions {
  FittingOptions() { of.quantity = Quantity::i_ty; }
};

struct NoFittingOptions : NoCompressionOptions {
  NoFittingOptions() { of.quantity = Quantity::i_ty; }
};

struct FinalValueOptions {
  LayerQuantity of;
  double from_bits = 0;
  double to_bits = 0;
};
Fields fields(FinalValueOptions& options);

struct PhaseStartOptions {
  LayerQuantity of;
  std::int64_t from_epoch = 0;
  std::int64_t to_epoch = 0;
};
Fields fields(PhaseStartOptions& options);

struct BoundsMeetOptions {
  LayerQuantity of;
  double within_bits = 0;
};
Fields fields(BoundsMeetOptions& options);

struct OrderedByDepthOptions {
  std::vector<std::string> layers;
  std::string estimator;
  Quantity quantity = Quantity::i_xt;
  double within_bits = 0;
};
Fields fields(OrderedByDepthOptions& options);

enum class Split { test, train };
EnumNames<Split> names(Split);

struct FinalAccuracyOptions {
  Split split = Split::test;
  double at_least = 0;
};
Fields fields(FinalAccuracyOptions& options);

struct OverfittingOptions {
  double at_least_nats = 0;
};
Fields fields(OverfittingOptions& options);

struct NoOverfittingOptions {
  double at_most_nats = 0;
};
Fields fields(NoOverfittingOptions& options);

struct ParameterGrowsOptions {
  std::string parameter;
  std::int64_t index = 0;
  double at_least = 0;
};
Fields fields(ParameterGrowsOptions& options);

/// v = max_e I(e) - I(E), with a lower or an upper limit.
std::unique_ptr<Claim> make_compression(const CompressionOptions& options);
std::unique_ptr<Claim> make_no_compression(const NoCompressionOptions& options);

/// v = max_e I(e) - I(0); NaN if the cap leaves less room above I(0) than the claim's limit.
std::unique_ptr<Claim> make_fitting(const FittingOptions& options);
std::unique_ptr<Claim> make_no_fitting(const NoFittingOptions& options);

/// v = I(E). Throws UsageError for an empty range.
std::unique_ptr<Claim> make_final_value(const FinalValueOptions& options);

/// The start of compression: v is the last observed epoch, from the peak on, before I is below 95 % of its peak, so
/// that noise on a plateau before the fall does not count as its start, and longer training does not move it; infinite
/// if nothing falls. Where an estimator chooses a number of clusters, changes of I between epochs with different
/// numbers do not count. Throws UsageError for an empty range.
std::unique_ptr<Claim> make_phase_start(const PhaseStartOptions& options);

/// v = |upper(E) - lower(E)| for an estimator with the values `upper` and `lower`.
std::unique_ptr<Claim> make_bounds_meet(const BoundsMeetOptions& options);

/// v = max_k I_{k+1}(E) - I_k(E) over the layers in the given order: the largest increase from one layer to the next.
/// Throws UsageError for fewer than two layers.
std::unique_ptr<Claim> make_ordered_by_depth(const OrderedByDepthOptions& options);

/// v is the accuracy at E.
std::unique_ptr<Claim> make_final_accuracy(const FinalAccuracyOptions& options);

/// v = loss(E) - min_e loss(e) on the test split, in nats.
std::unique_ptr<Claim> make_overfitting(const OverfittingOptions& options);
std::unique_ptr<Claim> make_no_overfitting(const NoOverfittingOptions& options);

/// v = |p(E)| - |p(0)| for one element of a parameter. Requires observe.trace: parameters.
std::unique_ptr<Claim> make_parameter_grows(const ParameterGrowsOptions& options);

/// Options common to all claims: the source's wording, the share of replicas in which the claim must hold, and the most
/// likely reason if it is known not to hold, with the claims that show it.
struct Statement {
  std::string says;
  double at_least_share = 0.5;
  std::string reason;
  std::vector<std::string> evidence;
};

template <class Options>
struct StatedOptions {
  Options claim;
  Statement statement;
};

template <class Options>
Fields fields(StatedOptions<Options>& o) {
  const Check<std::string> line{"one line",
                                [](const std::string& s) { return s.find_first_of("\r\n") == std::string::npos; },
                                keywords({{"pattern", Node::of_scalar("^[^\\r\\n]*$", true)}})};
  Fields list = fields(o.claim);
  list.push_back(field("says", o.statement.says, "the source's wording", line));
  list.push_back(field("at_least_share", o.statement.at_least_share, "share of replicas in which the claim must hold",
                       above_below(0, 1)));
  list.push_back(
      field("reason", o.statement.reason, "most likely reason unless the claim holds; reported only then", line));
  list.push_back(field("evidence", o.statement.evidence,
                       "claims that show the reason: CLAIM, or EXPERIMENT/CLAIM of another config"));
  return list;
}

/// The claim, with the statement added to its result. Throws UsageError for a reason without evidence, and evidence
/// without a reason.
std::unique_ptr<Claim> stated(std::unique_ptr<Claim> claim, const Statement& statement);

}  // namespace infoplane::experiments
