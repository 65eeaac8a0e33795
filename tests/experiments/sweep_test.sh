#!/usr/bin/env bash
# A sweep from its config to its overview: which runs start, are skipped, fail, are interrupted and resumed.
# usage: sweep_test.sh INFOPLANE SOURCE
set -uo pipefail
tool=$1
source=$2
. "$(dirname "$0")/../support/checks.sh"
export OMP_NUM_THREADS=1

# refused LINE ARGUMENTS...: exits with 2, prints only LINE, and leaves no runs.
refused() {
  local line=$1 got=0 output
  shift
  output=$("$tool" "$@" 2>&1 </dev/null) || got=$?
  same "$*" "2 $line" "$got $output"
  [ ! -e runs ] || fail "$*: left runs/ behind"
}

cat >small.yaml <<'YAML'
name: small
replicas: 1
dataset: twelve_bit
model: {type: mlp, widths: [4, 2, 1]}
training: {epochs: 4, learning_rate: 0.1, batch_size: 256}
observe: {schedule: {type: every, every: 2}}
estimators: [{type: binning, bins: 20}]
sweep:
  grid: {training.learning_rate: [0.1, 0.5], model.activation: [tanh, relu]}
YAML
with() { sed "$1" small.yaml >"$2"; }

refused 'small.yaml:9:3: a sweep is many experiments, run it with `infoplane sweep`' run small.yaml
with '/^sweep/,$d' plain.yaml
refused 'plain.yaml: has no `sweep`, run it with `infoplane run`' sweep plain.yaml
with 's/0.1, 0.5/0.1, -1/' value.yaml
for command in "check" "sweep" "sweep --dry-run"; do
  # shellcheck disable=SC2086
  refused "value.yaml:9:40: training.learning_rate must be positive, got -1" $command value.yaml
done
with 's/training.learning_rate: \[/training.lerning_rate: [/' key.yaml
refused "key.yaml:9:10: unknown key 'training.lerning_rate', did you mean 'learning_rate'?" check key.yaml
with 's/0.1, 0.5/-2, 0.1, -1/' values.yaml
refused "values.yaml:9:35: training.learning_rate must be positive, got -2
values.yaml:9:44: training.learning_rate must be positive, got -1" check values.yaml
with 's/training.learning_rate: .*\]/training.batch_size: [64, 5000]/' whole.yaml
refused "whole.yaml: batch_size_5000: training.batch_size must be at most the number of training samples, 3277, got 5000" check whole.yaml
with 's/0.1, 0.5/0.1, 0.10/' twice.yaml
refused "twice.yaml: learning_rate_0.1-activation_tanh and learning_rate_0.10-activation_tanh are the same experiment" sweep twice.yaml
with 's/grid/zip/; s/0.1, 0.5/0.1/' zip.yaml
refused "zip.yaml:9:40: sweep.zip: model.activation has 2 values, training.learning_rate has 1" sweep zip.yaml
refused "small.yaml:9:10: training.learning_rate varies, so that --set cannot set it" sweep small.yaml --set training.learning_rate=1
refused "infoplane: --jobs: must be a whole number from 0 to 1024, got '-1', see infoplane sweep --help" sweep small.yaml --jobs -1
with 's/name: small/name: ..\/up/' up.yaml
refused "up.yaml:1:7: name must be 1 to 64 letters, digits, '_', '-' and '.', starting with a letter or digit, got '../up'" sweep up.yaml
same check "small.yaml: ok, a sweep of 4 runs" "$("$tool" check small.yaml)"
{
  with 's/estimators:.*/claims: [{claim: final_accuracy, at_least: 0.1}]/; s/training.learning_rate: .*\]/training.epochs: [1, 3]/' /dev/stdout |
    sed 's/every: 2}/every: 2}, histograms: {epochs: [1, 3]}/'
} >later.yaml
same "check of a varied end" "later.yaml: epochs_1: left out: histograms at epoch 3
later.yaml: ok, a sweep of 2 runs" "$("$tool" check later.yaml 2>&1 | grep -v "expected to take")"
same "check of a varied end and a changed rate" "later.yaml: epochs_1: left out: histograms at epoch 3; 1 claim, made for another training.learning_rate (--claims keeps it)
later.yaml: epochs_3: left out: 1 claim, made for another training.learning_rate (--claims keeps it)
later.yaml: ok, a sweep of 2 runs" "$("$tool" check later.yaml --set training.learning_rate=0.2 2>&1 | grep -v "expected to take")"

same describe "  grid  (map of dotted paths to lists of values, default {})  every combination of the values
  zip   (map of dotted paths to lists of values, default {})  the first values together, the second, ..." "$("$tool" describe | grep -A2 '^sweep: ' | tail -n 2)"

same "dry run" "run                                training.learning_rate  model.activation  state  folder
learning_rate_0.1-activation_tanh  0.1                     tanh              new
learning_rate_0.1-activation_relu  0.1                     relu              new
learning_rate_0.5-activation_tanh  0.5                     tanh              new
learning_rate_0.5-activation_relu  0.5                     relu              new" "$("$tool" sweep small.yaml --dry-run)"
[ ! -e runs ] || fail "a dry run left runs/ behind"

# All experiments run; each equals a run with the same settings.
same sweep "runs/small/overview.md
runs/small/overview.csv
runs/small/planes.png" "$("$tool" sweep small.yaml --jobs 2 --threads 2 2>err)"
same "the first line" "small: 4 runs, 0 already finished, 2 at a time with 1 thread each" "$(head -n 1 err)"
same "a line for each" "small: 1 of 4:
small: 2 of 4:
small: 3 of 4:
small: 4 of 4:" "$(tail -n +2 err | cut -d' ' -f1-4)"
same "the runs" "learning_rate_0.1-activation_relu finished in
learning_rate_0.1-activation_tanh finished in
learning_rate_0.5-activation_relu finished in
learning_rate_0.5-activation_tanh finished in" "$(tail -n +2 err | cut -d' ' -f5-7 | sort)"
run_of() { echo "$1"/small/"$2"/*/; }
for rate in 0.1 0.5; do
  for activation in tanh relu; do
    alone=$("$tool" run plain.yaml --out alone --set training.learning_rate=$rate --set model.activation=$activation 2>err)
    run=$(run_of runs learning_rate_$rate-activation_$activation)
    for table in training.csv information.csv; do
      checks=$((checks + 1))
      cmp "$alone/$table" "$run/$table" || fail "$rate, $activation: $table differs from that of the run alone"
    done
  done
done
same "experiment.yaml" "name: learning_rate_0.5-activation_relu" "$(head -n 1 "$(run_of runs learning_rate_0.5-activation_relu)"/experiment.yaml)"
grep -q resumed "$(run_of runs learning_rate_0.5-activation_relu)"/provenance.json && fail "a run that never stopped is recorded as resumed"

# The overview agrees with the tables.
overview=runs/small/overview.csv
same "overview: head" "run,state,folder,training.learning_rate,model.activation,test_accuracy,test_accuracy_deviation,test_loss_nats,test_loss_deviation_nats,layer,estimator,replicas,i_xt_peak_bits,i_xt_peak_deviation_bits,i_xt_final_bits,i_xt_final_deviation_bits,i_ty_peak_bits,i_ty_peak_deviation_bits,i_ty_final_bits,i_ty_final_deviation_bits,i_xt_cap_bits,i_ty_cap_bits,i_xt_cap_low_bits,i_ty_cap_low_bits" "$(head -n 1 $overview)"
for name in learning_rate_{0.1,0.5}-activation_{tanh,relu}; do
  run=$(run_of runs $name)
  run=${run%/}
  [[ $name =~ rate_(.*)-activation_(.*) ]]
  trained=$(awk -F, '$2 == 4 && $3 == "test" { print $5 ",0," $4 ",0" }' "$run/training.csv")
  awk -F, -v head="$name,finished,$run,${BASH_REMATCH[1]},${BASH_REMATCH[2]},$trained" '
    NR > 1 {
      if (!($3 in xt) || $5 > xt[$3]) { xt[$3] = $5 + 0; xt_text[$3] = $5 }
      if (!($3 in ty) || $6 > ty[$3]) { ty[$3] = $6 + 0; ty_text[$3] = $6 }
      if ($2 == 4) print head "," $3 ",binning,1," xt_text[$3] ",0," $5 ",0," ty_text[$3] ",0," $6 ",0," $7 "," $8 "," $7 "," $8
    }' "$run/information.csv"
done >expected
same "overview: rows" "$(cat expected)" "$(tail -n +2 $overview)"
same "overview.md: head" '| run | training.learning\_rate | model.activation | state | test accuracy | test loss (nats) | folder |' "$(sed -n 3p runs/small/overview.md)"
same "overview.md: lines of tables" "18" "$(grep -c '^|' runs/small/overview.md)"

# A second call runs nothing; with more values, only those; the same content is recognized under another name.
touch before
same "again" "small: 4 of 4 runs are finished" "$("$tool" sweep small.yaml 2>&1 >out)"
same "again: files made" "" "$(find runs/small -mindepth 2 -newer before)"
with 's/0.1, 0.5/0.1, 0.5, 0.7/; s/\[tanh, relu\]/[tanh]/; s/training.learning_rate/training.epochs: [4], training.learning_rate/' more.yaml
same "more values" "run                                                                 training.epochs  training.learning_rate  model.activation  state     folder
epochs_4-learning_rate_0.1-activation_tanh                          4                0.1                     tanh              finished  $(run_of runs learning_rate_0.1-activation_tanh)
epochs_4-learning_rate_0.5-activation_tanh                          4                0.5                     tanh              finished  $(run_of runs learning_rate_0.5-activation_tanh)
epochs_4-learning_rate_0.7-activation_tanh                          4                0.7                     tanh              new" "$("$tool" sweep more.yaml --dry-run | sed 's/Z$/Z\//; s/^\(epochs[^ ]*\|run\) /\1                         /')"
with 's/epochs: 4/epochs: 6/' longer.yaml
same "another content" "4" "$("$tool" sweep longer.yaml --dry-run | grep -c ' new$')"

# A failed run is reported and does not stop the others.
with 's/0.1, 0.5/0.1, 1e20/; s/\[tanh, relu\]/[relu, tanh]/; s/\[4, 2, 1\]/[4, 4, 1]/; s/epochs: 4/epochs: 9/; s/256/128/; s/replicas: 1/&\nseed: 2/' fails.yaml
got=0
"$tool" sweep fails.yaml --out fails --jobs 1 >out 2>err || got=$?
failed=$(run_of fails learning_rate_1e20-activation_relu)
same "a failure: status" "1" "$got"
same "a failure: last line" "fails/small: 1 of 4 runs failed: learning_rate_1e20-activation_relu: ${failed%/}: replica 0, epoch 1: the loss is no longer finite, beginning in layer L1: try a smaller training.learning_rate" "$(tail -n 1 err)"
same "a failure: lines" "small: 3 of 4: learning_rate_1e20-activation_relu failed: ${failed%/}: replica 0, epoch 1:" "$(grep 'failed: fails' err | head -n 1 | cut -d' ' -f1-11)"
same "a failure: the others" "3" "$(grep -l '"finished"' fails/small/*/*/provenance.json | wc -l)"
same "a failure: overview" "learning_rate_1e20-activation_relu,failed,${failed%/},1e20,relu,,,,,,,,,,,,,,,,,,," "$(grep 1e20-activation_relu fails/small/overview.csv)"

# A finished run with a truncated table is reported and does not stop the others.
cut=$(run_of runs learning_rate_0.1-activation_relu)information.csv
cp "$cut" whole.csv
head -c 300 whole.csv >"$cut"
changed="$cut: modified since the run wrote it: its SHA-256 is not the one in tables.sha256"
same "cut: dry run" "1 damaged 3 finished" "$("$tool" sweep small.yaml --dry-run | grep -o ' damaged \| finished ' | sort | uniq -c | xargs)"
got=0
output=$("$tool" sweep small.yaml 2>&1 >out) || got=$?
same "cut: sweep" "1 small: 3 of 4 runs are finished
runs/small: 1 of 4 runs failed: learning_rate_0.1-activation_relu: $changed" "$got $output"
same "cut: output" "runs/small/overview.md" "$(head -n 1 out)"
grep -qF -- "- learning\\_rate\\_0.1-activation\\_relu: " runs/small/overview.md || fail "cut: overview.md does not tell: $(cat runs/small/overview.md)"
same "cut: list" "damaged" "$("$tool" list runs --format csv | grep 0.1-activation_relu | grep -o damaged)"
cp whole.csv "$cut"
same "mended" "small: 4 of 4 runs are finished" "$("$tool" sweep small.yaml 2>&1 >out)"

# Runs submitted to a queue do not run a second time unless Slurm no longer knows the job.
mkdir -p bin runs/small/slurm
echo 77 >runs/small/slurm/job
squeue() {
  printf '#!/bin/sh\n%s\n' "$1" >bin/squeue
  chmod +x bin/squeue
  got=0
  output=$(PATH=$PWD/bin:$PATH "$tool" sweep small.yaml 2>&1 >out) || got=$?
}
squeue 'echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; exit 1'
same "no controller" "1 $PWD/runs/small/slurm: cannot tell whether job 77 has ended: slurm_load_jobs error: Unable to contact slurm controller" "$got $output"
squeue 'echo 77 main infoplane'
same "in the queue" "1 $PWD/runs/small/slurm: Slurm job 77 has not ended, see \`squeue --jobs 77\`" "$got $output"
squeue 'echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1'
same "over" "0 small: 4 of 4 runs are finished" "$got $output"
rm -r runs/small/slurm

# The number of replicas may vary as well, and has a single column.
with 's/0.1, 0.5/0.1/; s/model.activation: \[tanh, relu\]/replicas: [1, 2]/' replicas.yaml
"$tool" sweep replicas.yaml --out replicas >out 2>err || fail "replicas: $(cat err)"
same "replicas: columns that stand twice" "" "$(head -n 1 replicas/small/overview.csv | tr , '\n' | sort | uniq -d)"
same "replicas" "1 2" "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; ++i) if ($i == "replicas") column = i; next } { print $column }' replicas/small/overview.csv | sort -u | xargs)"

# If nothing can be written, nothing starts.
got=0
output=$("$tool" sweep small.yaml --out small.yaml 2>&1) || got=$?
same "no folder" "2 small.yaml/small: cannot create the folder: Not a directory" "$got $output"

# Signals are passed on, every run writes a checkpoint, and the repeated command ends with the bytes of a sweep that never stopped.
with 's/epochs: 4/epochs: 6000/; s/every: 2/every: 500/' long.yaml
"$tool" sweep long.yaml --out whole --jobs 2 >out 2>err || fail "a long sweep: $(cat err)"
for signal in INT:130 TERM:143; do
  out=stopped_${signal%:*}
  # Background jobs of scripts ignore SIGINT by default.
  env --default-signal=INT "$tool" sweep long.yaml --out "$out" --jobs 2 >out 2>err &
  process=$!
  for ((i = 0; i < 300; ++i)); do
    [ -d "$out/small" ] && break
    sleep 0.01
  done
  second=0
  output=$("$tool" sweep long.yaml --out "$out" --jobs 2 2>&1) || second=$?
  same "$signal: a second sweep" "2 $out/small: another sweep is running in it" "$second $output"
  for ((i = 0; i < 300; ++i)); do
    [ "$(grep -l '^0,500,' "$out"/small/*/*/training.csv 2>/dev/null | wc -l)" -ge 2 ] && break
    sleep 0.1
  done
  kill "-${signal%:*}" $process
  got=0
  wait $process || got=$?
  same "$signal: status" "${signal#*:}" "$got"
  finished=$(grep -l '"finished"' "$out"/small/*/*/provenance.json | wc -l)
  same "$signal: last line" "$out/small: interrupted, $finished of 4 runs are finished, repeat the command to resume" "$(tail -n 1 err)"
  same "$signal: runs that wait" "$((4 - finished))" "$("$tool" sweep long.yaml --out "$out" --dry-run | grep -c ' not finished \| new$')"
  interrupted=$(grep -l '"interrupted"' "$out"/small/*/*/provenance.json | wc -l)
  [ "$interrupted" -ge 1 ] || fail "$signal: no run was interrupted: $(cat err)"
  lines=$(grep -c ' interrupted$' err)   # also of one that was only being prepared
  { [ "$lines" -ge "$interrupted" ] && [ "$lines" -le $((4 - finished)) ]; } || fail "$signal: $lines lines of $interrupted interrupted runs"
  same "$signal: resumed" "$out/small/overview.md
$out/small/overview.csv
$out/small/planes.png" "$("$tool" sweep long.yaml --out "$out" --jobs 2 2>err)"
  for run in whole/small/*/*/; do
    name=$(basename "$(dirname "$run")")
    same "$signal: $name: runs" "1" "$(find "$out/small/$name" -mindepth 1 -maxdepth 1 | wc -l)"
    for table in training.csv information.csv; do
      checks=$((checks + 1))
      cmp "$run/$table" "$(run_of "$out" "$name")/$table" || fail "$signal: $name: $table differs"
    done
  done
done

# A signal that arrives before the runs handle signals does not count as their failure.
for delay in 0.1 0.3 0.5 0.7; do
  rm -rf early
  env --default-signal=INT "$tool" sweep long.yaml --out early --jobs 2 >out 2>err &
  process=$!
  sleep $delay
  kill -INT $process
  got=0
  wait $process || got=$?
  same "INT after $delay s" "130 0" "$got $(grep -c failed err)"
done

# Runs do not outlive a killed sweep; a killed run is reported.
with 's/epochs: 4/epochs: 100000/; s/0.1, 0.5/0.1/; s/\[tanh, relu\]/[tanh]/' endless.yaml
start_endless() {
  rm -rf endless
  "$tool" sweep endless.yaml --out endless >out 2>err &
  process=$!
  for ((i = 0; i < 300; ++i)); do
    grep -qs '^0,2,' endless/small/*/*/training.csv && break
    sleep 0.1
  done
  child=$(sed -n 's/.*"process": \([0-9]*\).*/\1/p' endless/small/*/*/provenance.json)
}
start_endless
kill -KILL $process
wait $process 2>/dev/null
for ((i = 0; i < 100; ++i)); do
  kill -0 "$child" 2>/dev/null || break
  sleep 0.1
done
same "a killed sweep" "interrupted" "$(sed -n 's/.*"status": "\(.*\)",/\1/p' endless/small/*/*/provenance.json)"
start_endless
state_of() { sed 's/.*) //' "/proc/$1/stat" | cut -c1; }
kill -TSTP $process
for ((i = 0; i < 100; ++i)); do
  [ "$(state_of $process)$(state_of "$child")" = TT ] && break
  sleep 0.05
done
same "a sweep that is stopped" "T T" "$(state_of $process) $(state_of "$child")"
kill -CONT $process
for ((i = 0; i < 100; ++i)); do
  [ "$(state_of "$child")" != T ] && break
  sleep 0.05
done
[ "$(state_of "$child")" != T ] || fail "a run stays stopped when its sweep continues"
kill -KILL "$child"
got=0
wait $process || got=$?
same "a killed run" "1 endless/small: 1 of 1 runs failed: learning_rate_0.1-activation_tanh: killed by signal 9" "$got $(tail -n 1 err)"

# Text from configs stays text.
cat >inputs.csv <<'CSV'
1,2
3,4
5,6
7,8
CSV
printf '0\n1\n0\n1\n' >labels.csv
cp inputs.csv '=1+1|<b>.csv'
cat >hostile.yaml <<'YAML'
name: hostile
dataset: {type: arrays, inputs: x, labels: labels.csv}
model: {type: mlp, widths: [2, 1]}
training: {epochs: 1, batch_size: 2, train_fraction: 0.5}
sweep: {zip: {dataset.inputs: ['=1+1|<b>.csv']}}
YAML
same hostile "runs/hostile/overview.md
runs/hostile/overview.csv" "$("$tool" sweep hostile.yaml 2>err || cat err >&2)"
same "hostile: name" "inputs__1_1__b_.csv" "$(cd runs/hostile && ls -d inputs*)"
same "hostile: CSV" "'=1+1|<b>.csv" "$(tail -n 1 runs/hostile/overview.csv | cut -d, -f4)"
grep -qF '| =1+1\|&lt;b>.csv |' runs/hostile/overview.md || fail "hostile: $(cat runs/hostile/overview.md)"

# Everything in docs/sweeps.md works.
. "$source/tests/support/document.sh"
mkdir document
cd document || exit 1
take_out "$source/docs/sweeps.md" sweeps
for step in sweeps*.sh; do
  checks=$((checks + 1))
  PATH=$(dirname "$tool"):$PATH bash -eu "$step" >out 2>err || fail "docs/sweeps.md: $(cat "$step" err)"
done
same "docs/sweeps.md: the last command" "rates: 4 of 4 runs are finished" "$(cat err)"

echo "$((checks - failures)) passed, $failures failed"
[ "$failures" = 0 ]
