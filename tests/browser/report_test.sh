#!/usr/bin/env bash
# The report in headless Chromium: it renders, controls work, nothing is requested, and it is responsive.
# usage: report_test.sh INFOPLANE FOLDER    (FOLDER keeps playwright-core between calls)
set -uo pipefail
tool=$1
packages=$2
here=$(cd "$(dirname "$0")" && pwd)
"$here/install.sh" "$packages" || exit $?
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/small.yaml" <<'YAML'
name: small
replicas: 3
dataset: twelve_bit
model: {type: mlp, widths: [8, 4, 2, 1], activation: tanh}
training: {epochs: 40, learning_rate: 0.1}
observe: {samples: test, histograms: {epochs: [1, 40], layers: [L1, L2]}}
estimators: [{type: binning, bins: 30, range: activation}, {type: binning, name: doane, rule: doane}, kernel_density, {type: decoder, steps: 10}]
claims: [{claim: final_accuracy, at_least: 0.99, says: "<i>it</i> learns"}]
YAML
small=$("$tool" run "$folder/small.yaml" --out "$folder/runs" 2>/dev/null) || { echo "no run"; exit 1; }
large="$folder/runs/<b>large<\\b>/1"
node "$here/make_run.mjs" "$large" 50 200 || exit 1
"$tool" report "$small" >/dev/null && "$tool" report "$large" >/dev/null &&
  "$tool" report "$small" "$large" --out "$folder/both.html" >/dev/null || { echo "no report"; exit 1; }
node "$here/report_test.mjs" "$packages" "$small" "$large" "$folder/both.html"
