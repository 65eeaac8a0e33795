#!/usr/bin/env bash
# An experiment in parts: each trains its replicas as the whole run does, and merged they equal the whole run, byte for byte.
# usage: merge_test.sh INFOPLANE
set -uo pipefail
tool=$1
. "$(dirname "$0")/../support/checks.sh"
export OMP_NUM_THREADS=1

# refused LINE RUN...: merge exits with 2, prints only LINE, and creates nothing.
refused() {
  local line=$1 got=0 output
  shift
  output=$("$tool" merge "$@" --out none 2>&1) || got=$?
  same "merge $*" "2 $line" "$got $output"
  [ ! -e none ] || fail "merge $*: left none/ behind"
}

# same_run RUN: has the same bytes as the whole run.
same_run() {
  for file in experiment.yaml training.csv information.csv parameters.csv histograms.csv claims.csv truth.csv bottleneck.csv \
    checkpoint figures/information_plane.svg figures/learning_curves.svg; do
    checks=$((checks + 1))
    cmp "$whole/$file" "$1/$file" || fail "$1: $file differs"
  done
}

cat >small.yaml <<'YAML'
name: small
replicas: 7
dataset: {type: twelve_bit, rule: tishby_stochastic}
model: {type: mlp, widths: [4, 2, 1], keep_probability: [0.9, 1]}
training: {optimizer: adam, epochs: 6, learning_rate: 0.02, batch_size: 500}
observe: {schedule: {type: every, every: 2}, trace: parameters, histograms: {epochs: [3, 6], bins: 10}}
estimators: [{type: binning, bins: 20}, kernel_density]
figures: [information_plane, learning_curves]
claims:
  - {claim: final_accuracy, at_least: 0.5, says: "it learns, mostly"}
  - {claim: compression, layer: L2, at_least_bits: 0.001}
YAML
whole=$("$tool" run small.yaml --out whole --threads 2 2>err) || fail "the whole: $(cat err)"

# Merged by hand: replicas 3 to 5, 0 to 2 and 6, in any order.
part() { "$tool" run small.yaml --out "parts$1" --set first_replica="$1" --set replicas="$2" --threads 2 2>err || fail "a part: $(cat err)"; }
middle=$(part 3 3)
first=$(part 0 3)
last=$(part 6 1)
same "the numbers of a part's replicas" "3 4 5" "$(tail -n +2 "$middle/training.csv" | cut -d, -f1 | sort -u | xargs)"
grep '^[3-5],' "$whole/information.csv" | cmp - <(tail -n +2 "$middle/information.csv") || fail "a part's rows differ"
merged=$("$tool" merge "$middle" "$last" "$first" --out merged) || fail "merge failed"
same "where" "merged/small" "$(dirname "$merged")"
same_run "$merged"
same "provenance" '"status": "finished",
"seed": 1,
"merged": [
"'"$first"'",
"'"$middle"'",
"'"$last"'"
]' "$(grep -A4 -e '"status"' -e '"seed"' -e '"merged"' "$merged/provenance.json" | grep -e status -e seed -e merged -e parts -e ']' | sed 's/^ *//')"
same "provenance has the same keys" "" "$(diff <(grep -o '^  "[a-z_]*"' "$whole/provenance.json" | sort) <(grep -o '^  "[a-z_]*"' "$merged/provenance.json" | grep -v merged | sort) | grep '^[<>]' | grep -v process)"
same "a merged run is finished" "$merged" "$("$tool" resume "$merged" 2>/dev/null)"
"$tool" export "$merged" --weights merged.safetensors && "$tool" export "$whole" --weights whole.safetensors &&
  cmp merged.safetensors whole.safetensors || fail "the weights differ"

# Parts of parts; a part other than the first.
two=$("$tool" merge "$middle" "$last" --out two)
same "of two" "first_replica: 3" "$(grep first_replica "$two/experiment.yaml")"
same_run "$("$tool" merge "$two" "$first" --out again)"

refused "replicas 3 to 5 are in none of the runs" "$first" "$last"
refused "replica 6 is in $two and in $last" "$two" "$first" "$last"
refused "merge requires at least two runs" "$first"
other=$("$tool" run small.yaml --out other --set first_replica=3 --set replicas=3 --set seed=2 2>err)
refused "$other: seed is 2 there and 1 here, in $first" "$first" "$other"
refused "missing/experiment.yaml: no such file" "$first" missing
cp -r parts6 unfinished
sed -i 's/"finished"/"failed"/' unfinished/small/*/provenance.json
stopped=$(echo unfinished/small/*)
refused "$stopped: not finished, resume it with \`infoplane resume $stopped\`" "$first" "$middle" "$stopped"
cp -r parts3 changed
sed -i '/^4,2,/d' changed/small/*/training.csv
got=0
output=$("$tool" merge "$first" changed/small/* "$last" --out none 2>&1) || got=$?
same "a table that was changed" "2 $(echo changed/small/*/training.csv): modified since the run wrote it: its SHA-256 is not the one in tables.sha256" "$got $output"
[ ! -e none/small ] || fail "a merge that failed left a run behind"
cp -r parts0 renumbered
sed -i 's/^first_replica: 0/first_replica: 3/' renumbered/small/*/experiment.yaml
refused "$(echo renumbered/small/*/checkpoint): of another experiment" "$first" renumbered/small/* "$last"
cp -r parts3 unclear
echo '{"status": "finished", "started": 3}' >"$(echo unclear/small/*)/provenance.json"
refused "$(echo unclear/small/*/provenance.json): not the provenance of a run, it was modified" "$first" unclear/small/* "$last"

# A killed merge leaves nothing under a run's name, and the next merge removes its files.
"$tool" merge "$middle" "$last" "$first" --out killed >/dev/null 2>&1 &
process=$!
for ((i = 0; i < 3000; ++i)); do
  [ -s "$(echo killed/small/.new-*/)training.csv" ] && break
  sleep 0.002
done
kill -KILL $process
wait $process 2>/dev/null
same "a killed merge: its folder" "1" "$(find killed/small -name '.new-*' -prune | wc -l)"
same "a killed merge: list" "killed: no runs found" "$("$tool" list killed 2>&1)"
again=$("$tool" merge "$middle" "$last" "$first" --out killed) || fail "no merge after a killed one"
same_run "$again"
same "a merge after a killed one" "killed/small
$again" "$(find killed -mindepth 1 -maxdepth 2 | sort)"

# A merge stopped by a signal leaves nothing.
"$tool" merge "$middle" "$last" "$first" --out stopped >/dev/null 2>err &
process=$!
for ((i = 0; i < 3000; ++i)); do
  [ -e stopped/small ] && break
  sleep 0.002
done
kill -TERM $process
got=0
wait $process || got=$?
same "a stopped merge" "143 merge: interrupted, nothing was merged" "$got $(cat err)"
same "files that it left" "stopped" "$(find stopped)"

# Merged by sweep: in shards, one of which is stopped.
same "dry run" "run                    state  folder
small, replicas 0 to 1  new
small, replicas 2 to 3  new
small, replicas 4 to 6  new" "$("$tool" sweep small.yaml --shards 3 --dry-run | sed 's/^run  */run                    /')"
shards=$("$tool" sweep small.yaml --shards 3 --jobs 2 --out out 2>err)
same "shards" "$(echo out/small/2*)" "$shards"
same "shards: the first line" "small: 1 run, 0 already finished, 3 shards left, 2 at a time with 1 thread each" "$(head -n 1 err)"
same "shards: lines" "small, replicas 0 to 1 finished
small, replicas 2 to 3 finished
small, replicas 4 to 6 finished" "$(tail -n +2 err | cut -d' ' -f5-10 | sed 's/ in$//' | sort)"
same_run "$shards"
same "again" "small: 1 of 1 runs are finished" "$("$tool" sweep small.yaml --shards 2 --out out 2>&1 >/dev/null)"
got=0
output=$("$tool" sweep small.yaml --shards 8 2>&1) || got=$?
same "too many shards" "2 small.yaml: --shards must be at most its number of replicas, 7, got 8" "$got $output"

{
  cat small.yaml
  echo 'sweep: {zip: {seed: [1, 2], training.learning_rate: [0.02, 0.03]}}'
} >both.yaml
sed -i 's/^figures:.*/figures: []/' both.yaml
same "a sweep in shards" "both/small/overview.md
both/small/overview.csv
both/small/planes.png" "$("$tool" sweep both.yaml --shards 2 --out both 2>err)"
for table in training.csv information.csv parameters.csv histograms.csv claims.csv; do
  cmp "$whole/$table" both/small/seed_1-learning_rate_0.02/*/$table || fail "a sweep in shards: $table differs"
done
same "a sweep in shards: accuracy in the overview" "24" "$(grep -c '^seed_[12]-learning_rate_0.0[23],finished,both/small/seed' both/small/overview.csv)"

# Shards are recognized by their content: under new names, with other figures, next to a damaged one.
rm -r both/small/seed_*
sed -e 's/sweep: {zip: {/&replicas: [7, 7, 7], /; s/1, 2\]/1, 2, 3]/; s/0.02, 0.03\]/0.02, 0.03, 0.02]/' -e 's/^figures:.*/figures: [learning_curves, histograms]/' both.yaml >renamed.yaml
damaged=$(grep -l '^seed: 2' both/small/.shards/*/*/experiment.yaml | head -n 1 | xargs dirname)
sed -i '$d' "$damaged/information.csv"
got=0
"$tool" sweep renamed.yaml --shards 2 --out both >printed 2>err || got=$?
same "renamed: the first line" "small: 3 runs, 1 already finished, 2 shards left, 2 at a time with 1 thread each" "$(head -n 1 err)"
same "renamed: the last line" "1 both/small: 1 of 3 runs failed: replicas_7-seed_2-learning_rate_0.03, replicas" "$got $(tail -n 1 err | cut -d' ' -f1-8)"
same "renamed: runs" "replicas_7-seed_1-learning_rate_0.02 replicas_7-seed_3-learning_rate_0.02" "$(cd both/small && ls -d replicas* | xargs)"
for table in training.csv information.csv claims.csv; do
  cmp "$whole/$table" both/small/replicas_7-seed_1-learning_rate_0.02/*/$table || fail "renamed: $table differs"
done
for run in both/small/replicas_7-*/*/; do
  same "renamed: figures of $run" "histograms.svg learning_curves.svg" "$(cd "$run/figures" && ls *.svg | xargs)"
done

echo "$((checks - failures)) passed, $failures failed"
[ "$failures" = 0 ]
