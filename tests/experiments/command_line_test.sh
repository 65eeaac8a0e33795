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
"$tool" describe estimator kmeans | grep -q 'exempt' && fail "describe: kmeans has an exemption"
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
refused 2 "infoplane: RUN is required, see infoplane report --help" report

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
all_bits,I(X;T),decoder,12,,,,,not estimated
all_bits,I(X;T),histogram2d,12,,,,,"histogram2d takes one input, got 12; binning takes any number"
CSV
# shellcheck disable=SC2086
accepted '^identity,I(T;Y),binning,3,' $calibrate --format csv
checks=$((checks + 1))
head -4 out | cut -d, -f9 --complement | diff - expected || fail "calibrate: another CSV"
# shellcheck disable=SC2086
accepted '^all_bits  I(X;T)    decoder      12  *not estimated$' $calibrate
head -2 out | cut -c1-88 | sed 's/ *$//' >table
printf '%s\n' 'case      quantity  estimator    truth_bits  mean_bits  bias_bits  spread_bits  cap_bits' \
  'all_bits  I(X;T)    binning      12          2          -10        0            2' >expected
checks=$((checks + 1))
diff table expected || fail "calibrate: another table"
# shellcheck disable=SC2086
accepted '"reason": "not estimated"' $calibrate --format json
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
    "mean_bits": null,
    "bias_bits": null,
    "spread_bits": null,
    "cap_bits": null,
    "reason": "not estimated"
  },
JSON
sed '/"seconds"/d' out | head -23 | diff - expected || fail "calibrate: another JSON"
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
refused 2 "infoplane: --seeds: must be a whole number from 1 to 4294967296, got '0', see infoplane calibrate --help" calibrate --seeds 0
refused 2 "infoplane: --samples: must be a whole number from 1 to 16777216, got '100000000', see infoplane calibrate --help" calibrate --samples 100000000
refused 2 "infoplane: --checkpoint-every: must be seconds from 0 to 1000000000, got '-1', see infoplane run --help" \
  run good.yaml --checkpoint-every -1
refused 2 "infoplane: --checkpoint-every: must be seconds from 0 to 1000000000, got 'nan', see infoplane run --help" \
  run good.yaml --checkpoint-every nan
refused 2 "infoplane: --format: xml not in {table,csv,json}, see infoplane calibrate --help" calibrate --format xml

# A study of one config: shortened, run, reported; a second call does not repeat the run.
mkdir -p configs/small
{
  echo '# Fig. 9: what <the> config | says.'
  sed -e 's/epochs: 2/epochs: 2000/' -e "s/figures:.*/figures: [{type: learning_curves, reproduces: 'Fig. 9 (a)'}]/" good.yaml
  echo 'claims: [{claim: final_accuracy, at_least: 1, says: "all is <classified>"}, {claim: no_overfitting, at_most_nats: 9, says: it learns}]'
} >configs/small/good.yaml
accepted '^rep/reproduction.md$' reproduce small --quick --configs configs --out rep --threads 1
checks=$((checks + 1))
for line in '^| good/final\\_accuracy | all is &lt;classified> | undecided | 0 of 1, 0 to 98 % |$' '^| good/no\\_overfitting | it learns | undecided | 1 of 1, 2 to 100 % |$' '^| small | 2 | 0 | 0 | 2 |$' '^| Fig. 9 (a) | configs/small/good.yaml | learning\\_curves |$' \
  '^Fig. 9: what &lt;the> config \\| says.$' '50 epochs, 1 replica' '(pictures/good-learning_curves.png)' 'Written by infoplane reproduce --quick'; do
  grep -q -- "$line" rep/reproduction.md || fail "reproduce: no '$line' in $(cat rep/reproduction.md)"
done
grep -q 'what &lt;the&gt; config | says' rep/reproduction.html || fail "reproduce: the HTML does not escape"
grep -q '| why | evidence |' rep/reproduction.md && fail "reproduce: reasons of full runs in a quick one"
[ -s rep/pictures/good-learning_curves.png ] || fail "reproduce: no picture"
accepted '^rep/reproduction.html$' reproduce --quick --configs configs --out rep --threads 1
[ "$(ls rep/runs/good | wc -l)" = 1 ] || fail "reproduce: a finished run was repeated"
refused 2 "unknown study 'smal', did you mean 'small'?" reproduce smal --configs configs --out rep
mkdir -p references/small
sed -e '$d' configs/small/good.yaml >references/small/good.yaml
echo 'claims: [{claim: final_accuracy, at_least: 1, reason: x, evidence: [good/final_acuracy]}]' >>references/small/good.yaml
refused 2 "references/small/good.yaml: claim 'final_accuracy': unknown claim 'good/final_acuracy', did you mean 'good/final_accuracy'?" \
  reproduce --configs references --out rep
sed -i '$d' references/small/good.yaml
echo 'claims: [{claim: larger, of: {quantity: loss}, than: {run: god, quantity: loss}}]' >>references/small/good.yaml
refused 2 "references/small/good.yaml: claim 'larger': unknown experiment 'god', did you mean 'good'?" reproduce --configs references --out rep

# All mistakes of all configs at once, in the order of the files.
cat >wrong.yaml <<'YAML'
name: wrong
dataset: twelve_bit
epochs: 3
model: {type: mlp, widths: [4, x, 1]}
training: {epochs: 0, rate: 2}
estimators: [bining, {type: binning, bins: 0}]
YAML
with 's/twelve_bit/twelvebit/' name.yaml
refused 2 "wrong.yaml:3:1: unknown key 'epochs', did you mean 'training.epochs'?
wrong.yaml:4:32: model.widths[1] must be a whole number, got 'x'
wrong.yaml:5:20: training.epochs must be from 1 to 1000000000, got 0
wrong.yaml:5:23: unknown key 'training.rate'; known: epochs, optimizer, learning_rate, batch_size, train_fraction, labels, loss
wrong.yaml:6:14: estimators[0]: unknown estimator 'bining', did you mean 'binning'?
wrong.yaml:6:44: estimators[1].bins must be from 1 to 1048576, got 0
name.yaml:2:10: dataset: unknown dataset 'twelvebit', did you mean 'twelve_bit'?" check wrong.yaml good.yaml name.yaml
{
  cat good.yaml
  printf 'observe: {histograms: {epochs: [x%s]}}\n' "$(printf ', x%.0s' {1..22})"
} >many.yaml
checks=$((checks + 1))
"$tool" check many.yaml 2>err && fail "23 mistakes were accepted"
same "the last of 23 mistakes" "3 more errors" "$(tail -n 1 err)"
same "lines for 23 mistakes" 21 "$(wc -l <err)"
refused 2 "command line: 'x' is not an index into a list of 1 in --set 'estimators.x.bins=3'
command line: an empty step in --set 'a..b=1'" check good.yaml --set estimators.x.bins=3 --set a..b=1
refused 2 "good.yaml: figure 'information_plane': unknown layer 'L8', did you mean 'L1'?
good.yaml: figure 'information_curves': unknown layer 'L9', did you mean 'L1'?" \
  check good.yaml --set 'figures[0].layers=[L8]' --set 'figures.1.layers=[L9]'

# Paths of --set, as errors print them and into short forms; --seed.
accepted '^results/good/' run good.yaml --out results --seed 9 --set 'estimators+={type: binning, name: coarse}' \
  --set 'estimators[1].bins=3' --set figures.1.band=range --set training.batch_size=512
run=$(cat out)
checks=$((checks + 1))
for line in '^seed: 9$' '^    bins: 3$' '^    name: coarse$' '^    band: range$'; do
  grep -q -- "$line" "$run/experiment.yaml" || fail "--set: no '$line' in $(cat "$run/experiment.yaml")"
done
refused 2 "command line: unknown key 'epochs', did you mean 'training.epochs'?" check good.yaml --set epochs=500
refused 2 "command line: seed must be a whole number from 0, got 'x'" run good.yaml --seed x

# What a change on the command line takes away is left out, and the run records what remains.
cat >rich.yaml <<'YAML'
name: rich
dataset: twelve_bit
model: {type: mlp, widths: [4, 3, 1]}
training: {epochs: 9, batch_size: 1024}
observe: {histograms: {epochs: [1, 9], layers: [L2]}}
estimators: [binning]
figures: [learning_curves, {type: histograms, name: late, epochs: [9]}, {type: histograms, layer: L2}]
claims: [{claim: final_accuracy, at_least: 0.1}, {claim: phase_start, layer: L2, from_epoch: 3, to_epoch: 8}]
YAML
left_out() { # LINE ARGUMENTS...: run leaves this out, in one line on stderr; check accepts what it recorded
  accepted '^results/rich/' run rich.yaml --out results "${@:2}"
  local run line
  run=$(cat out)
  line=$(grep 'left out' err)
  same "run ${*:2}" "$1" "$line"
  accepted ': ok$' check "$run/experiment.yaml"
  grep -qv 'expected to take' err && fail "check of what ${*:2} recorded: $(cat err)"
  accepted "^$run$" resume "$run"
}
left_out '' --seed 3
left_out 'rich.yaml: left out: histograms at epoch 9; 2 claims, made for another training.epochs (--claims keeps them); figure late' \
  --set training.epochs=5
left_out 'rich.yaml: left out: histograms at epoch 9; figure late; claim phase_start' --set training.epochs=5 --claims
left_out 'rich.yaml: left out: histograms of layer L2; figures late, histograms; claim phase_start' --set 'model.widths=[1]' --claims
left_out 'rich.yaml: left out: 2 claims, made for another training.learning_rate (--claims keeps them)' --set training.learning_rate=0.1
sed 's/epochs: 9,/epochs: 5,/' rich.yaml >short.yaml
refused 2 "short.yaml: observe.histograms.epochs lists epoch 9, but the training has epochs 0 to 5: remove it or raise training.epochs" \
  check short.yaml
checks=$((checks + 1))
"$tool" check good.yaml --set training.learning_rate=5e-324 >out 2>err || fail "a warning: exit code $?"
same "a warning" "warning: good.yaml: training.learning_rate 5e-324 changes no parameter in the first step" "$(grep -v 'expected to take' err)"
"$tool" run good.yaml --out results --set training.learning_rate=5e-324 >out 2>err || fail "a warning of run: exit code $?"
same "a warning of run" "warning: good: training.learning_rate 5e-324 changes no parameter in the first step" "$(grep warning err)"

# Work that no machine finishes is refused before it begins.
# excessive PATTERN ARGUMENTS...
excessive() {
  local pattern=$1 got=0
  shift
  checks=$((checks + 1))
  "$tool" "$@" >out 2>err </dev/null || got=$?
  { [ $got = 2 ] && [ "$(grep -cE -- "$pattern" err)" = 1 ] && [ ! -e runs ]; } || fail "$*: $got $(cat err)"
}
cat >work.yaml <<'YAML'
name: work
dataset: {type: threshold, samples: 20000}
model: {type: mlp, widths: [3, 1]}
observe: {samples: all}
estimators: [binning]
figures: []
YAML
memory='needs about [0-9.]+ GB of memory, this machine has [0-9.]+ [MG]B:'
for command in check run; do
  excessive "^work.yaml: $memory reduce replicas \(1000000\) or the model$" $command work.yaml --set replicas=1000000
  excessive "^work.yaml: $memory reduce replicas \(50\) or the model$" $command work.yaml --set model.widths='[1000000,3,1]' --set replicas=50
  excessive "^work.yaml: $memory most of it for estimators\[0\] \(matrix_renyi\): change its options$" $command work.yaml \
    --set dataset.samples=100000 --set 'estimators=[{type: matrix_renyi, max_samples: 100000}]'
done
for estimator in '{type: kmeans, permutations: 1000000}' '{type: gaussian_mixture, max_components: 3000, permutations: 1000}' \
  '{type: kernel_density, permutations: 1000000}' '{type: decoder, steps: 1000000, permutations: 1000}'; do
  name=$(sed 's/{type: \([a-z_]*\),.*/\1/' <<<"$estimator")
  excessive "^work: takes about [0-9]+ (h|days|years), most of it for estimators\[0\] \($name\): change its options or observe.schedule, or allow it with --anyway$" \
    run work.yaml --set "estimators=[$estimator]"
done
excessive '^work: takes about [0-9]+ (h|days|years), most of it for training: reduce training.epochs or replicas, or allow it with --anyway$' \
  run work.yaml --set training.epochs=1000000000 --set replicas=100
accepted ': ok$' check work.yaml --set training.epochs=1000000000
checks=$((checks + 2))
grep -qE '^work.yaml: expected to take about [0-9]+ (h|days|years) and [0-9]+ MB of memory(; to run it requires --anyway)?$' err || fail "check: $(cat err)"
got=0
timeout 3 "$tool" run work.yaml --anyway --out anyway --set training.epochs=1000000000 >out 2>err || got=$?
{ [ $got = 124 ] && grep -qE '^work: expected to take about [0-9]+ (h|days|years) and [0-9]+ MB of memory$' err; } || fail "--anyway: $got $(cat err)"

# The configs that belong to the program are found by name.
mkdir -p elsewhere
for name in twelve_bit/tanh twelve_bit/tanh.yaml configs/twelve_bit/tanh.yaml; do
  checks=$((checks + 1))
  (cd elsewhere && "$tool" check "$name" >../out 2>../err) || fail "check $name: $(cat err)"
  same "check $name" "$name: ok" "$(cat out)"
done
refused 2 "twelve_bit/tahn: no such file, did you mean 'twelve_bit/tanh'?" check twelve_bit/tahn
cp good.yaml elsewhere/tanh.yaml && mkdir -p elsewhere/twelve_bit && cp wrong.yaml elsewhere/twelve_bit/tanh
checks=$((checks + 1))
(cd elsewhere && "$tool" check twelve_bit/tanh 2>/dev/null) && fail "a file in the working folder was passed over"

# help, version and describe in the forms that people try.
for words in help "help help" "--help"; do
  # shellcheck disable=SC2086
  "$tool" $words >"out.${words// /_}" || fail "$words: exit code $?"
done
same "help" "$(cat out.--help)" "$(cat out.help)"
same "help help" "$(cat out.--help)" "$(cat out.help_help)"
same "help run" "$("$tool" run --help)" "$("$tool" help run)"
same "version" "$("$tool" --version)" "$("$tool" version)"
accepted "^docs $source/docs$" version
refused 2 "command line: an empty step in --set 'a..b=1'" check good.yaml rich.yaml --set a..b=1
refused 2 "unknown command 'runn', did you mean 'run'?" help runn
same "describe mlp" "$("$tool" describe model mlp | sed '1s/^/model /')" "$("$tool" describe mlp)"
same "describe binning" "$("$tool" describe estimator binning | sed '1s/^/estimator /')" "$("$tool" describe binning)"
accepted '^  learning_rate ' describe training
accepted '^observe: ' describe observe
accepted '^  bins ' describe observe.histograms
accepted '^experiment: the keys of a config$' describe experiment
accepted '^sweep: an extra key' describe sweep
refused 2 "unknown kind or type 'bining', did you mean 'binning'?" describe bining
refused 2 "unknown kind or type 'planet'; known: dataset, model, optimizer, schedule, estimator, figure, claim, experiment, training, observe, sweep" describe planet
refused 2 "infoplane: CONFIG is required, see infoplane run --help" run

echo "$((checks - failures)) passed, $failures failed"
[ "$failures" = 0 ]
