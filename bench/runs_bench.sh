#!/usr/bin/env bash
# Time of list and compare for a hundred runs of the iris study's size, and of the program's start: medians of five, in ms.
# usage: bench/runs_bench.sh INFOPLANE
set -euo pipefail
tool=$(realpath "$1")
config=$(realpath "$(dirname "$0")/../configs/iris/tanh.yaml")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
run=$("$tool" run "$config" --set training.epochs=2000 --out one 2>/dev/null)
for i in $(seq 100); do mkdir -p "hundred/$i" && cp -r "$run" "hundred/$i"; done
median() {
  for _ in 1 2 3 4 5; do
    start=$(date +%s%N)
    "$tool" "$@" >/dev/null 2>&1
    echo $((($(date +%s%N) - start) / 1000000))
  done | sort -n | sed -n 3p
}
awk 'NR > 1' "$run/information.csv" | awk 'END { print NR " rows of information in each run" }'
for command in --version "list hundred" "compare hundred"; do
  # shellcheck disable=SC2086
  echo "$command: $(median $command) ms"
done
