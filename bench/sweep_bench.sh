#!/usr/bin/env bash
# A sweep of eight runs of the iris study, two at a time, and the same runs one after another with one thread: medians of three, in ms.
# usage: bench/sweep_bench.sh INFOPLANE
set -euo pipefail
tool=$(realpath "$1")
config=$(realpath "$(dirname "$0")/../configs/iris/tanh.yaml")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
few=(--set training.epochs=8000)
rates=(0.0005 0.001 0.002 0.005 0.01 0.02 0.05 0.1)
{
  cat "$config"
  echo "sweep: {grid: {training.learning_rate: [$(IFS=,; echo "${rates[*]}")]}}"
} >sweep.yaml
one_after_another() {
  for rate in "${rates[@]}"; do
    "$tool" run "$config" "${few[@]}" --set "training.learning_rate=$rate" --threads 1 --out alone >/dev/null 2>&1
  done
}
two_at_a_time() { "$tool" sweep sweep.yaml "${few[@]}" --jobs 2 --threads 2 >/dev/null 2>&1; }
milliseconds() {
  local start
  start=$(date +%s%N)
  "$1"
  echo $((($(date +%s%N) - start) / 1000000))
}
for _ in 1 2 3; do
  rm -rf alone runs
  milliseconds one_after_another >>serial
  milliseconds two_at_a_time >>sweep
done
serial=$(sort -n serial | sed -n 2p)
sweep=$(sort -n sweep | sed -n 2p)
echo "one after another: $serial ms; sweep --jobs 2: $sweep ms; ratio $(awk -v a="$sweep" -v b="$serial" 'BEGIN { printf "%.2f", a / b }')"
