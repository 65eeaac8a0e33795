#pragma once

#include <CLI/CLI.hpp>

#include <infoplane/experiment.hpp>

namespace infoplane::experiments {

/// `infoplane describe [KIND [NAME]] [--format text|markdown]`: what YAML may say, of everything in short, of the
/// entries of a kind, or of one entry with its options; as Markdown docs/reference.md, everything at length.
void add_describe(CLI::App& app, const Catalogue& catalogue);

}  // namespace infoplane::experiments
