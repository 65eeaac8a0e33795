#!/usr/bin/env bash
# The 12-bit study at ten times the thesis's learning rate, so that fitting and compression show within some hundred epochs:
# accuracy above 0.9, I(X;T) of L5 falling by more than 2 bits from its peak while I(T;Y) stays above 0.99.
# usage: twelve_bit_test.sh INFOPLANE SOURCE
set -euo pipefail
tool=$1
source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
run=$("$tool" run "$source/configs/twelve_bit/rate_0.01.yaml" --set training.epochs=1200 --set replicas=1 --out "$folder")

awk -F, '$2 == 1200 && $3 == "test" { exit !($5 > 0.9) }' "$run/training.csv" ||
  { echo "test accuracy at epoch 1200 is not above 0.9"; exit 1; }
awk -F, '
  $3 == "L5" { if ($5 > peak) peak = $5; last = $5; relevant = $6 }
  END {
    printf "L5: I(X;T) %.2f bits at its peak, %.2f at the end; I(T;Y) %.4f bits at the end\n", peak, last, relevant
    exit !(peak - last > 2 && relevant > 0.99)
  }' "$run/information.csv"
