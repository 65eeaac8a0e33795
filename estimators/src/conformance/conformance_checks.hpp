#pragma once

#include "conformance/conformance_subject.hpp"

// The conformance checks; conformance.cpp has their names and requirements. All throw Violation.
namespace infoplane::estimators::conformance {

// Values: conformance_values.cpp.
void several_units(const Subject& subject);
void details(const Subject& subject);
void not_estimated(const Subject& subject);
void not_negative(const Subject& subject);
void caps(const Subject& subject);
void label_entropy(const Subject& subject);
void constant_layer(const Subject& subject);
void label_layer(const Subject& subject);
void one_sample(const Subject& subject);
void few_samples(const Subject& subject);
void empty_class(const Subject& subject);
void repeated_samples(const Subject& subject);

// Invariance: conformance_invariance.cpp.
void sample_order(const Subject& subject);
void unit_order(const Subject& subject);
void scale(const Subject& subject);
void input_scale(const Subject& subject);
void shift(const Subject& subject);
void sign(const Subject& subject);
void strided_view(const Subject& subject);
void prepared(const Subject& subject);
void certain_labels(const Subject& subject);
void label_probabilities(const Subject& subject);
void next_epoch(const Subject& subject);
void repeatability(const Subject& subject);
void threads(const Subject& subject);

// What an estimator must not modify and must reject: conformance_refusals.cpp.
void untouched_samples(const Subject& subject);
void global_generator(const Subject& subject);
void finite_activations(const Subject& subject);
void label_range(const Subject& subject);

}  // namespace infoplane::estimators::conformance
