#!/usr/bin/env bash
# The pandas and R code in docs/runs.md, on a real run: it prints the same values as `infoplane show`.
# usage: read_runs_test.sh INFOPLANE SOURCE
set -uo pipefail
tool=$1
source=$2
"$source/scripts/install-packages" python3-pandas r-base-core || { echo "skipped: pandas and R are missing"; exit 77; }
. "$(dirname "$0")/../support/checks.sh"

run=$("$tool" run "$source/configs/iris/tanh.yaml" --set replicas=4 --set training.epochs=30 --set figures='[]' 2>/dev/null) || exit 1

# blocks LANGUAGE: writes the fenced blocks of the document to LANGUAGE.1, LANGUAGE.2, ..., for this run.
blocks() {
  awk -v language="$1" '/^```/ { inside = $0 == "```" language; n += inside; next } inside { print > (language "." n) }' "$source/docs/runs.md"
  sed -i "s|runs/twelve_bit_tanh/20260131T235959Z|$run|" "$1".*
}
blocks python
blocks r
[ "$(ls python.* r.* | tr '\n' ' ')" = "python.1 python.2 r.1 " ] || fail "docs/runs.md has other blocks: $(ls)"
for block in python.*; do /usr/bin/python3 "$block" >"$block.out" || fail "$block"; done
Rscript --vanilla r.1 >r.1.out || fail "R"

# The tool's values of the last layer: mean and standard deviation of the peak and of the final value, as pandas and R print them.
read -r peak peak_deviation final final_deviation <<<"$("$tool" show "$run" --format csv | awk -F, '$1 == "L6" { printf "%.6f %.6f %.6f %.6f", $4, $5, $6, $7 }')"
[ -n "$final_deviation" ] || fail "infoplane show prints nothing about L6"
grep -qE "^L6 +binning +$peak +$peak_deviation +$final +$final_deviation\$" python.1.out || fail "pandas: $(cat python.1.out)"
grep -qE "^ +30 +0\.[0-9]+ +0\.[0-9]+\$" python.1.out || fail "pandas: no loss of the last epoch in $(cat python.1.out)"
grep -qE "^$run +L1 +binning " python.2.out && grep -qE "^ +L6 +binning +$final " python.2.out || fail "pandas, all runs: $(cat python.2.out)"
for expected in "$peak $peak_deviation" "$final $final_deviation"; do
  awk '$2 == "L6" { printf "%.6f %.6f\n", $4, $5 }' r.1.out | grep -qx "$expected" || fail "R: no $expected in $(cat r.1.out)"
done
grep -qE "^[0-9]+ +test +30 " r.1.out || fail "R: no loss of the last epoch in $(cat r.1.out)"
[ "$failures" = 0 ] && echo "pandas and R agree with infoplane"
exit $((failures > 0))
