#!/usr/bin/env bash
# A sweep on a real single-node Slurm: an array of shards runs; a task that gets the time limit's signal is requeued, a killed one
# is resumed by the next call; the merged run has the bytes of the whole run; text cannot escape from the script.
# And everything in docs/clusters.md works.
# usage: slurm_test.sh INFOPLANE SOURCE
set -uo pipefail
tool=$1
source=$2
. "$source/tests/support/checks.sh"
. "$source/tests/support/document.sh"
MAX_ARRAY_SIZE=4   # as many as the tasks of small.yaml
. "$source/tests/cluster/single_node.sh"
trap 'stop_slurm; rm -rf "$work"' EXIT
mkdir "it's a \$(folder)"
cd "it's a \$(folder)" || exit 1
export OMP_NUM_THREADS=1

cat >small.yaml <<'YAML'
name: small
replicas: 4
dataset: {type: twelve_bit, rule: ones}
model: {type: mlp, widths: [4, 2, 1]}
training: {epochs: 20000, learning_rate: 0.02, batch_size: 500}
observe: {schedule: {type: every, every: 500}, trace: parameters, histograms: {epochs: [20000], bins: 10}}
estimators: [{type: binning, bins: 20}]
claims: [{claim: final_accuracy, at_least: 0.5}]
sweep: {grid: {seed: [1, 2]}}
YAML
sweep=("$tool" sweep small.yaml --shards 2 --launcher slurm --checkpoint-every 0)
is_over() { [ -z "$(squeue --noheader --jobs "$1" 2>/dev/null)" ]; }
rows() { cat "$1"/training.csv 2>/dev/null | wc -l; }
shard_of() { sed -n "s/^  '\(.*\)'$/\1/p" runs/small/slurm/array.sh | sed "s/'\\\\''/'/g" | sed -n "$(($1 + 1))p"; }
has_begun() { [ "$(rows "$(shard_of "$1")")" -ge 5 ]; }
process_of() { sed -n 's/.*"process": \([0-9]*\).*/\1/p' "$(shard_of "$1")/provenance.json"; }

# Slurm's errors are reported with its message, and leave no runs.
got=0
output=$("${sweep[@]}" --slurm-options='--partition=none' 2>&1) || got=$?
same "refused" "1 $PWD/runs/small/slurm/array.sh: sbatch: error: invalid partition specified: none" "$got $output"
same "refused: no runs" "" "$(find runs -name experiment.yaml)"
got=0
output=$("${sweep[@]}" --slurm-options='rm -rf' 2>&1) || got=$?
same "options" "2 --slurm-options must be options of sbatch, each starting with '-', got 'rm -rf'" "$got $output"

# Four tasks, two at a time.
job=$("${sweep[@]}" --jobs 2 --slurm-options='--time=10 --comment="a test"' 2>err) || fail "submission: $(cat err)"
same "submission" "small: submitted Slurm job $job with 4 tasks; repeat the command to collect the results when it has ended" "$(cat err)"
same "directives" "#SBATCH --job-name=infoplane
#SBATCH --array=0-3%2
#SBATCH --output=/dev/null
#SBATCH --requeue
#SBATCH --signal=B:USR1@60
#SBATCH --time=10
#SBATCH --comment=\"a test\"" "$(grep '^#SBATCH' runs/small/slurm/array.sh)"
got=0
output=$("${sweep[@]}" 2>&1) || got=$?
same "again while it runs" "1 $PWD/runs/small/slurm: Slurm job $job has not ended, see \`squeue --jobs $job\`" "$got $output"

# Send the signal of the time limit to the first; kill the second.
wait_for 300 has_begun 0 || fail "task 0 does not begin: $(cat runs/small/slurm/*.log)"
wait_for 300 has_begun 1 || fail "task 1 does not begin: $(cat runs/small/slurm/*.log)"
kill -KILL "$(process_of 1)"
scancel --signal=USR1 --batch "${job}_0"
wait_for 500 is_over "$job" || fail "the job is not over: $(squeue)"
resumptions() { grep -c '^seed_1: 20000 epochs, resumed after epoch' runs/small/slurm/0.log; }
grep -q '^seed_1: 20000 epochs, resumed after epoch' runs/small/slurm/0.log || fail "task 0 was not resumed: $(cat runs/small/slurm/0.log)"
same "states" "finished
running
finished
finished" "$(for i in 0 1 2 3; do sed -n 's/.*"status": "\(.*\)",/\1/p' "$(shard_of $i)/provenance.json"; done)"

before=$(resumptions)
# The same command submits what is missing, which resumes; then everything is merged.
job=$("${sweep[@]}" 2>err) || fail "second submission: $(cat err)"
same "second submission" "small: submitted Slurm job $job with 1 task; repeat the command to collect the results when it has ended" "$(cat err)"
wait_for 300 is_over "$job" || fail "the second job is not over: $(squeue)"
same "the killed run was resumed, too" "$((before + 1))" "$(resumptions)"
same "merged" "runs/small/overview.md
runs/small/overview.csv
runs/small/planes.png" "$("${sweep[@]}" 2>err)"
same "merged: message" "small: 2 of 2 runs are finished" "$(cat err)"

sed '/^sweep/d' small.yaml >plain.yaml
for seed in 1 2; do
  whole=$("$tool" run plain.yaml --out whole --set seed=$seed 2>err) || fail "the whole: $(cat err)"
  for table in training.csv information.csv parameters.csv histograms.csv claims.csv; do
    checks=$((checks + 1))
    cmp "$whole/$table" runs/small/seed_$seed/*/$table || fail "seed $seed: $table differs"
  done
done

queue_is_empty() { [ -z "$(squeue --noheader)" ]; }

# More tasks than MaxArraySize become several arrays, with and without a limit of tasks at a time.
sed -e 's/small/wide/; s/replicas: 4/replicas: 1/; s/epochs: 20000/epochs: 20/; s/epochs: \[20000\]/epochs: [20]/; s/every: 500/every: 10/' \
  -e 's/seed: \[1, 2\]/seed: [1, 2, 3, 4, 5, 6, 7]/' small.yaml >wide.yaml
most=$(scontrol show config | awk '$1 == "MaxArraySize" { print $3 }')
for jobs in 0 2; do
  "$tool" sweep wide.yaml --launcher slurm --jobs $jobs --out wide$jobs >submitted 2>err || fail "$most tasks at most: $(cat err)"
  same "jobs of 7 tasks, $most at most" 2 "$(wc -l <submitted)"
  same "wide: message" "wide: submitted Slurm jobs $(paste -sd, submitted | sed 's/,/, /g') with 7 tasks; repeat the command to collect the results when they have ended" "$(cat err)"
  wait_for 300 queue_is_empty || fail "wide: the jobs are not over: $(squeue)"
  "$tool" sweep wide.yaml --launcher slurm --jobs $jobs --out wide$jobs >out 2>err
  same "wide: all tasks" "wide: 7 of 7 runs are finished" "$(cat err)"
  same "wide: logs" "0 1 2 3 4 5 6" "$(cd wide$jobs/wide/slurm && ls ./*.log | sed 's/[^0-9]//g' | xargs)"
done

# Where the limit is unknown, a refusal names it.
mkdir fake
printf '#!/bin/sh\nexit 1\n' >fake/scontrol && chmod +x fake/scontrol
got=0
output=$(PATH=$PWD/fake:$PATH "$tool" sweep wide.yaml --launcher slurm --out unknown 2>&1) || got=$?
same "too many tasks" "1 $PWD/unknown/wide/slurm/array.sh: sbatch: error: Batch job submission failed: Invalid job array specification: 7 tasks, the limit is MaxArraySize of \`scontrol show config\`" "$got $output"
same "too many tasks: no runs" "" "$(find unknown -name experiment.yaml)"
mkdir document
cd document || exit 1
take_out "$source/docs/sweeps.md" sweeps
take_out "$source/docs/clusters.md" clusters
for step in clusters*.sh; do
  checks=$((checks + 1))
  PATH=$(dirname "$tool"):$PATH bash -eu "$step" >out 2>err || fail "docs/clusters.md: $(cat "$step" err)"
  wait_for 60 queue_is_empty || fail "docs/clusters.md: $step: $(squeue)"
done
same "docs/clusters.md: the last line" "replicas: 5" "$(grep ^replicas merged/one/*/experiment.yaml)"

echo "$((checks - failures)) passed, $failures failed"
[ "$failures" = 0 ]
