#pragma once

#include "conformance/conformance_subject.hpp"

// The checks of conformance; conformance.cpp says what each is called and what it asks for. All throw Violation.
namespace infoplane::estimators::conformance {

// Values: conformance_values.cpp.
void several_units(const Subject& subject);
void details(const Subject& subject);
void not_negative(const Subject& subject);
void caps(const Subject& subject);
void label_entropy(const Subject& subject);
void constant_layer(const Subject& subject);
void label_layer(const Subject& subject);
void one_sample(const Subject& subject);
void few_samples(const Subject& subject);
void empty_class(const Subject& subject);
void repeated_samples(const Subject& subject);

// What changes nothing: conformance_invariance.cpp.
void sample_order(const Subject& subject);
void unit_order(const Subject& subject);
void strided_view(const Subject& subject);
void prepared(const Subject& subject);
void next_epoch(const Subject& subject);
void repeatability(const Subject& subject);
void threads(const Subject& subject);

// What an estimator leaves alone or refuses: conformance_refusals.cpp.
void untouched_samples(const Subject& subject);
void global_generator(const Subject& subject);
void finite_activations(const Subject& subject);
void label_range(const Subject& subject);

}  // namespace infoplane::estimators::conformance
