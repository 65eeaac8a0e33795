#!/usr/bin/env bash
# The tool's reactions to user input: exit code, the single line on stderr, and no files left behind.
# usage: command_line_test.sh INFOPLANE SOURCE
set -uo pipefail
tool=$1
source=$2
. "$(dirname "$0")/../support/command_line.sh"
. "$(dirname "$0")/../support/checks.sh"

cat >good.yaml <<'YAML'
name: good
dataset: twelve_bit
model: {type: mlp, widths: [4, 1]}
training: {epochs: 2}
estimators: [binning]
figures: [information_plane, information_curves, learning_curves]
YAML

with() {
  sed "$1" good.yaml >"$2"
}

with 's/epochs: 2/epoch: 2/' key.yaml
refused 2 "key.yaml:4:12: unknown key 'training.epoch', did you mean 'epochs'?" run key.yaml
with 's/epochs: 2/epochs: two/' type.yaml
refused 2 "type.yaml:4:20: training.epochs must be a whole number, got 'two'" run type.yaml
with 's/epochs: 2/epochs: 0/' range.yaml
refused 2 "range.yaml:4:20: training.epochs must be from 1 to 1000000000, got 0" run range.yaml
with 's/twelve_bit/twelvebit/' name.yaml
refused 2 "name.yaml:2:10: dataset: unknown dataset 'twelvebit', did you mean 'twelve_bit'?" check name.yaml
with 's/\[4, 1\]/[4, 2]/' widths.yaml
refused 2 "widths.yaml: model.widths: with output sigmoid the last width must be 1 and the data set must have 2 classes, got 2 and 2 classes" check widths.yaml
with 's/epochs: 2/epochs: 2, batch_size: 5000/' batch.yaml
refused 2 "batch.yaml: training.batch_size must be at most the number of training samples, 3277, got 5000" check batch.yaml
printf 'name: x\nname: y\n' >twice.yaml
checks=$((checks + 1))
"$tool" check twice.yaml 2>err && fail "a duplicate key was accepted"
grep -q '^twice.yaml:2:1: ' err || fail "duplicate key: $(cat err)"

checks=$((checks + 1))
"$tool" run missing.yaml 2>err
[ $? = 2 ] || fail "a missing config: exit code"
grep -q '^missing.yaml: ' err && [ "$(wc -l <err)" = 1 ] || fail "a missing config: $(cat err)"
mkdir -p folder.yaml
checks=$((checks + 1))
"$tool" run folder.yaml 2>err
[ $? = 2 ] || fail "a folder as config: exit code"
grep -q '^folder.yaml: ' err && [ "$(wc -l <err)" = 1 ] || fail "a folder as config: $(cat err)"

refused 2 "--device must be auto, cpu, cuda or cuda:N, got 'tpu'" run good.yaml --device tpu
refused 2 "command line: training.epochs must be from 1 to 1000000000, got -3" run good.yaml --set training.epochs=-3
touch blocked
checks=$((checks + 1))
"$tool" run good.yaml --out blocked/here 2>err
[ $? = 2 ] || fail "an unwritable output: exit code"
grep -q '^blocked/here' err || fail "an unwritable output: $(cat err)"
if [ -z "$(command -v nvidia-smi)" ]; then
  refused 2 "--device cuda: no CUDA device is available to this LibTorch, use cpu or auto" run good.yaml --device cuda
fi
refused 2 "unknown command 'runn', did you mean 'run'?" runn good.yaml
refused 2 "unknown command 'fly'; known: run, resume, list, show, compare, sweep, merge, reproduce, export, simulate, check, estimate, calibrate, figures, report, describe, schema, completion" fly
for arguments in "" "run" "run good.yaml --threads many" "run good.yaml --threads -1" "describe planet" "run good.yaml --set"; do
  checks=$((checks + 1))
  # shellcheck disable=SC2086
  "$tool" $arguments >out 2>err </dev/null
  [ $? = 2 ] || fail "'$arguments': exit code"
  [ "$(wc -l <err)" = 1 ] || fail "'$arguments': printed '$(cat err)'"
done

accepted "good.yaml: ok" check good.yaml
accepted "infoplane [0-9]" --version
accepted "run" --help
accepted "bins" describe estimator binning
accepted "^  exempt from conformance check several_units: it takes one input and one unit$" describe estimator histogram2d
accepted "^  exempt from conformance check unit_order: " describe estimator
checks=$((checks + 1))
"$tool" describe estimator binning | grep -q 'exempt' && fail "describe: binning has an exemption"
accepted "twelve_bit" describe
accepted "widths" describe model
for config in "$source"/configs/*/*.yaml; do accepted ": ok" check "$config"; done

accepted "^results/good/" run good.yaml --out results --threads 2 --set replicas=3 --set seed=4
run=$(cat out)
for file in experiment.yaml provenance.json training.csv information.csv figures/information_plane.svg \
  figures/information_plane.png figures/information_curves.png figures/learning_curves.png; do
  checks=$((checks + 1))
  [ -s "$run/$file" ] || fail "the run left no $file"
done
grep -q '^seed: 4$' "$run/experiment.yaml" || fail "the resolved experiment has no seed 4"

# The HTML page of a run.
accepted "^$run/report.html$" report "$run"
checks=$((checks + 1))
grep -q '<title>good - infoplane</title>' "$run/report.html" || fail "report: no title"
accepted '^both.html$' report "$run" "$run" --out both.html
refused 2 "none: no such folder" report none
refused 1 "none/report.html: cannot write: No such file or directory" report "$run" --out none/report.html
refused 2 "infoplane: RUN is required, see infoplane --help" report

with 's/epochs: 2/epochs: 9, learning_rate: 1e30/; s/\[4, 1\]/[4, 4, 1], activation: relu/' diverges.yaml
checks=$((checks + 1))
"$tool" run diverges.yaml --out results 2>err
[ $? = 1 ] || fail "a diverging run: exit code"
tail -n 1 err | grep -q 'the loss is no longer finite, beginning in' || fail "a diverging run: $(tail -n 1 err)"

mkfifo pipe.yaml
refused 2 "pipe.yaml: not a regular file" check pipe.yaml

# Estimators on distributions of known information. Four different patterns of 12 bits: 2 of the 12 bits; the seconds vary.
calibrate="calibrate --case all_bits --case identity --samples 4 --seeds 2 --estimator binning --estimator decoder --estimator histogram2d"
cat >expected <<'CSV'
case,quantity,estimator,truth_bits,mean_bits,bias_bits,spread_bits,cap_bits,reason
all_bits,I(X;T),binning,12,2,-10,0,2,
all_bits,I(X;T),decoder,12,,,,,not estimated: its cap is 0
all_bits,I(X;T),histogram2d,12,,,,,"histogram2d takes one input, got 12; binning takes any number"
CSV
# shellcheck disable=SC2086
accepted '^identity,I(T;Y),binning,3,' $calibrate --format csv
checks=$((checks + 1))
head -4 out | cut -d, -f9 --complement | diff - expected || fail "calibrate: another CSV"
# shellcheck disable=SC2086
accepted '^all_bits  I(X;T)    decoder      12  *not estimated: its cap is 0$' $calibrate
head -2 out | cut -c1-88 | sed 's/ *$//' >table
printf '%s\n' 'case      quantity  estimator    truth_bits  mean_bits  bias_bits  spread_bits  cap_bits' \
  'all_bits  I(X;T)    binning      12          2          -10        0            2' >expected
checks=$((checks + 1))
diff table expected || fail "calibrate: another table"
# shellcheck disable=SC2086
accepted '"reason": "not estimated: its cap is 0"' $calibrate --format json
checks=$((checks + 1))
cat >expected <<'JSON'
[
  {
    "case": "all_bits",
    "quantity": "I(X;T)",
    "estimator": "binning",
    "truth_bits": 12.0,
    "mean_bits": 2.0,
    "bias_bits": -10.0,
    "spread_bits": 0.0,
    "cap_bits": 2.0,
    "reason": ""
  },
  {
    "case": "all_bits",
    "quantity": "I(X;T)",
    "estimator": "decoder",
    "truth_bits": 12.0,
    "reason": "not estimated: its cap is 0"
  },
JSON
sed '/"seconds"/d' out | head -19 | diff - expected || fail "calibrate: another JSON"
accepted '^first_4_bits,I(X;T),binning,4,' calibrate --case first_4_bits --samples 100 --seeds 1 --format csv
estimators=$("$tool" describe estimator | sed -n 's/^\([a-z0-9_]*\): .*/\1/p')
checks=$((checks + 1))
[ -n "$estimators" ] || fail "describe: no estimators"
for estimator in $estimators; do
  grep -q "^first_4_bits,I(X;T),${estimator}[.,]" out || fail "calibrate: no row of $estimator"
done
accepted '^binary_symmetric,I(T;Y),binning,' calibrate --estimator binning --samples 20 --seeds 1 --format csv
checks=$((checks + 1))
tail -1 out | grep -q '^four_clusters,' || fail "calibrate: the last case is $(tail -1 out)"
refused 2 "unknown case 'al_bits', did you mean 'all_bits'?" calibrate --case al_bits
refused 2 "command line: --estimator[0]: unknown estimator 'bining', did you mean 'binning'?" calibrate --estimator bining
refused 2 "infoplane: --seeds: must be a whole number from 1 to 4294967296, got '0', see infoplane --help" calibrate --seeds 0
refused 2 "infoplane: --samples: must be a whole number from 1 to 16777216, got '100000000', see infoplane --help" calibrate --samples 100000000
refused 2 "infoplane: --checkpoint-every: must be seconds from 0 to 1000000000, got '-1', see infoplane --help" \
  run good.yaml --checkpoint-every -1
refused 2 "infoplane: --checkpoint-every: must be seconds from 0 to 1000000000, got 'nan', see infoplane --help" \
  run good.yaml --checkpoint-every nan
refused 2 "infoplane: --format: xml not in {table,csv,json}, see infoplane --help" calibrate --format xml

# A study of one config: shortened, run, reported; a second call does not repeat the run.
mkdir -p configs/small
{
  echo '# Fig. 9: what <the> config | says.'
  sed -e 's/epochs: 2/epochs: 2000/' -e "s/figures:.*/figures: [{type: learning_curves, reproduces: 'Fig. 9 (a)'}]/" good.yaml
  echo 'claims: [{claim: final_accuracy, at_least: 1, says: "all is <classified>"}, {claim: no_overfitting, at_most_nats: 9, says: it learns}]'
} >configs/small/good.yaml
accepted '^rep/reproduction.md$' reproduce small --quick --configs configs --out rep --threads 1
checks=$((checks + 1))
for line in '^| good | all is &lt;classified> | does not hold |$' '^| good | it learns | holds |$' '^| Fig. 9 (a) | configs/small/good.yaml | learning\\_curves |$' \
  '^Fig. 9: what &lt;the> config \\| says.$' '50 epochs, 1 replica' '(pictures/good-learning_curves.png)' 'Written by infoplane reproduce --quick'; do
  grep -q -- "$line" rep/reproduction.md || fail "reproduce: no '$line' in $(cat rep/reproduction.md)"
done
grep -q 'what &lt;the&gt; config | says' rep/reproduction.html || fail "reproduce: the HTML does not escape"
grep -q 'most likely reason' rep/reproduction.md && fail "reproduce: reasons of full runs in a quick one"
[ -s rep/pictures/good-learning_curves.png ] || fail "reproduce: no picture"
accepted '^rep/reproduction.html$' reproduce --quick --configs configs --out rep --threads 1
[ "$(ls rep/runs/good | wc -l)" = 1 ] || fail "reproduce: a finished run was repeated"
refused 2 "unknown study 'smal', did you mean 'small'?" reproduce smal --configs configs --out rep

echo "$((checks - failures)) passed, $failures failed"
[ "$failures" = 0 ]
