#pragma once

#include "claims/measurement.hpp"

namespace infoplane::experiments {

/// A quantity of the activations a of a layer by replica and epoch of histograms.csv, from the bins' centers:
///   share_at          share of all activations in the bins that contain one of the values `at`
///   class_distance    Euclidean distance between the mean activations of two classes; the smallest of all pairs
///   class_separation  sum over the units of the variance of the class means / sum over the units of the variance of a
///   tanh_slope        mean of 1 - a^2, the derivative of tanh where a = tanh(z)
/// Throws UsageError for a layer without histograms, listing those that have some.
ReplicaCurves activation_curves(const Measurement& of, const RunResults& results);

}  // namespace infoplane::experiments
