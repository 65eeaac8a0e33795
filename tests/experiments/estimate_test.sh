#!/usr/bin/env bash
# infoplane estimate: output for activations saved by other programs, stored files, and errors.
# usage: estimate_test.sh INFOPLANE SOURCE
set -uo pipefail
tool=$1
source=$2
. "$(dirname "$0")/../support/command_line.sh"
. "$(dirname "$0")/../support/checks.sh"

reference=$source/tests/estimators/reference
activations=$reference/tanh_small.activations.csv
labels=$reference/tanh_small.labels.csv
binning='{type: binning, bins: 30, range: [-1, 1]}'
accepted '^binning  *0  *8.56197  *0.966309 ' estimate --activations "$activations" --labels "$labels" --estimator "$binning"
accepted '^binning,0,8.56196897101' estimate --activations "$activations" --labels "$labels" --estimator "$binning" --format csv
accepted '"i_ty_bits": 0.96630866028' estimate --activations "$activations" --labels "$labels" --estimator "$binning" --format json
accepted '^\[$' estimate --activations "$activations" --labels "$labels" --estimator kernel_density --format json
for field in estimator epoch i_xt_bits i_ty_bits; do printf '"%s"\n' "$field"; done >expected
checks=$((checks + 1))
grep -o '"[a-z_]*":' out | head -4 | tr -d : | diff - expected >/dev/null || fail "estimate: JSON objects begin with $(head -6 out)"
accepted '^plain ' estimate --activations "$activations" --labels "$labels" --estimator '{type: binning, name: plain}' \
  --estimator binning --out stored
stored=$(cat err)
checks=$((checks + 1))
[ -s "$stored/figures/information_plane.svg" ] || fail "estimate --out: no plane in $stored"
rm "$stored"/figures/*
"$tool" figures "$stored" 2>err || fail "figures of an estimate: $(cat err)"
[ -s "$stored/figures/information_plane.png" ] || fail "figures of an estimate: no picture in $stored"
accepted '^binning ' estimate --activations "$activations" --labels "$labels" --estimator binning --out stored --report
checks=$((checks + 1))
page=$(tail -n 1 err)
[ "$(head -n 1 err)/report.html" = "$page" ] && [ -s "$page" ] || fail "estimate --report: no page, printed $(cat err)"

# Stored estimates have their origin.
printf '0,0\n0,1\n1,0\n1,1\n' >a.csv && printf '0\n1\n1\n0\n' >y.csv
# stored ESTIMATOR...: stores estimates of a.csv by these estimators, and prints the folder.
stored() {
  local estimators=()
  for estimator in "$@"; do estimators+=(--estimator "$estimator"); done
  "$tool" estimate --activations a.csv --labels y.csv "${estimators[@]}" --out made 2>&1 >/dev/null | head -n 1
}
few=$(stored '{type: binning, bins: 3}' decoder) many=$(stored '{type: binning, bins: 30}' decoder)
same "estimate.yaml begins with the files and has the defaults" "seed: 1
activations: [$work/a.csv]
labels: $work/y.csv
input: \"\"
estimators:
  - type: binning
    bins: 3" "$(head -n 7 "$few/estimate.yaml")"
accepted '^estimators: .*range: .*steps: ' show "$few"
accepted '^estimate$' show "$few"
accepted '^status  *estimate$' show "$few"
accepted '^infoplane_version ' show "$few"
accepted "^$few  *estimate " list made
accepted '^setting  *\|^run  *estimators.0.bins$' compare "$few" "$many"
checks=$((checks + 1))
grep -q '  3$' out && grep -q '  30$' out || fail "compare: does not tell 3 and 30: $(cat out)"
accepted '^the experiments have the same settings$' compare "$few" "$(stored '{type: binning, bins: 3}' decoder)"
accepted "$few/report.html" report "$few"
checks=$((checks + 2))
grep -q 'Estimate, with all defaults' "$few/report.html" && grep -q "labels: $work/y.csv" "$few/report.html" ||
  fail "report: does not tell what an estimate was made of"
cmp "$few/information.csv" "$(stored '{type: binning, bins: 3}' decoder)/information.csv" || fail "estimate: equal inputs give other bytes"
refused 2 "$few: an estimate; only runs of \`infoplane run\` can be resumed" resume "$few"
mkdir -p before/estimate && cp -r "$few" before/estimate/1
rm before/estimate/1/estimate.yaml before/estimate/1/provenance.json   # as by former versions
accepted '^before/estimate/1  *estimate$' list before
accepted '^unknown settings: estimate/1 (no readable experiment.yaml)$' compare "$few" before
checks=$((checks + 1))
grep -q 'the same settings' out && fail "compare: the same settings, of which one's are unknown"
accepted '^unknown settings: estimate/1 (no readable experiment.yaml)$' compare "$few" "$(stored '{type: binning, bins: 3}' decoder)" before
checks=$((checks + 1))
grep -q '^the other experiments have the same settings$' out || fail "compare: about the others: $(cat out)"

# What an estimator does not estimate is missing, and not 0.
accepted '^decoder,0,,[0-9.e-]*,,[0-9.]*,' estimate --activations "$activations" --labels "$labels" --estimator decoder --format csv
accepted '"i_xt_bits": null,' estimate --activations "$activations" --labels "$labels" --estimator decoder --format json
label_only=$(stored decoder)
checks=$((checks + 2))
sed -n 2p "$label_only/information.csv" | grep -q '^0,0,a,decoder,,[0-9.]*,,[0-9.]*,' || fail "decoder: $(cat "$label_only/information.csv")"
[ -s "$label_only/figures/information_curves.png" ] && [ ! -e "$label_only/figures/information_plane.png" ] ||
  fail "figures of a decoder's estimates: $(ls "$label_only/figures")"
accepted '^a  *decoder  *-  ' show "$label_only"
accepted "$label_only/report.html" report "$label_only"
refused 2 "the results of decoder have no I(X;T)" figures "$label_only" --figure information_plane

# Without gnuplot there is everything except figures.
mkdir -p nothing
checks=$((checks + 1))
PATH=$work/nothing "$tool" estimate --activations a.csv --labels y.csv --estimator binning --out plain --report >out 2>err
[ $? = 2 ] && [ -s "$(sed -n 2p err)" ] && grep -q '^binning ' out || fail "estimate without gnuplot: $(cat out err)"
grep -q 'gnuplot' err || fail "estimate without gnuplot: does not name it: $(cat err)"

refused 2 "infoplane: --report requires --out, see infoplane estimate --help" \
  estimate --activations "$activations" --labels "$labels" --estimator binning --report
refused 2 "$activations: activations of shape [400, 3] do not fit 500 labels, they must be [500, units] or [epochs, 500, units]" \
  estimate --activations "$activations" --labels "$reference/relu.labels.csv" --estimator binning
refused 2 "command line: --estimator[0]: unknown estimator 'bining', did you mean 'binning'?" \
  estimate --activations "$activations" --labels "$labels" --estimator bining
refused 2 "$activations: labels must be one integer per sample, got shape [400, 3]" \
  estimate --activations "$activations" --labels "$activations" --estimator binning
printf '0.5\n1\n' >half.csv
refused 2 "ksg compares the samples' inputs: pass them with --input" \
  estimate --activations "$activations" --labels "$labels" --estimator ksg
refused 2 "$activations: duplicate layer name '$(basename "$activations" .csv)', files must have distinct names" \
  estimate --activations "$activations" --activations "$activations" --labels "$labels" --estimator binning
checks=$((checks + 2))
for command in describe "estimate --activations $activations --labels $labels --estimator binning"; do
  got=0
  $tool $command >/dev/full 2>stderr || got=$?
  [ "$got $(cat stderr)" = "1 standard output: cannot write: No space left on device" ] || fail "$command >/dev/full: $got $(cat stderr)"
done
refused 2 "half.csv: the label of sample 0 is 0.5, labels must be integers below 2^53: number distinct values with np.unique(labels, return_inverse=True)[1]" estimate --activations half.csv --labels half.csv --estimator binning
# rejects_arrays LINE ARGUMENTS...: with labels of 2 samples.
printf '0\n1\n' >two.csv
rejects_arrays() {
  local line=$1
  shift
  refused 2 "$line" estimate --labels two.csv --estimator binning --out runs "$@"
}
printf '0.5\nnan\n' >nan.csv
printf '0.5,1\n2,-inf\n' >infinite.csv
rejects_arrays "nan.csv: epoch 0: unit 0 of sample 1 is nan, activations must be finite" --activations nan.csv
rejects_arrays "infinite.csv: column 1 of sample 1 is -inf, inputs must be finite" --activations half.csv --input infinite.csv
cp half.csv $'line\nbreak.csv'
rejects_arrays 'line\x0abreak.csv: the file name, which becomes the layer'"'s, must not contain a line break" --activations $'line\nbreak.csv'

# npy SHAPE BYTES: an array of zeros, here of ambiguous shapes.
npy() {
  local header="{'descr': '|u1', 'fortran_order': False, 'shape': ($1), }"
  printf "\\x93NUMPY\\x01\\x00\\x$(printf %02x ${#header})\\x00%s" "$header"
  head -c "$2" /dev/zero
}
npy '2, 2, 5, 5' 100 >images.npy
npy '2, 2, 5' 20 >epochs.npy
npy '200, 0' 0 >empty.npy
rejects_arrays "images.npy: activations of shape [2, 2, 5, 5] may be 2 epochs or one: reshape them to [2, 2, 25] for 2 epochs, or to [2, 50] for one" \
  --activations images.npy
{ npy '2, 1' 0 | sed 's/|u1/<i8/'; printf '\0\0\0\0\0\0\0\0\1\0\0\0\0\0\40\0'; } >large.npy   # 0 and 2^53 + 1
rejects_arrays "large.npy: epoch 0: the integer 9007199254740993 of sample 1 is not exact in float64: subtract an offset or save floats" \
  --activations large.npy
rejects_arrays "large.npy: the integer 9007199254740993 of sample 1 is not exact in float64: subtract an offset or save floats" \
  --activations half.csv --input large.npy
accepted '^binning  *0  *1  *1 ' estimate --activations half.csv --labels large.npy --estimator binning
rejects_arrays "empty.npy: it is empty: one of its dimensions is 0" --activations empty.npy
accepted '^binning,1,' estimate --activations epochs.npy --labels two.csv --estimator binning --format csv
# Several files, and estimators, after one option; layers saved at different epochs each keep their own.
{ npy '5, 4, 1' 0; printf 'abcdabddabcdaacdabcd'; } >five.npy
{ npy '2, 4, 1' 0; printf 'abcdabcc'; } >two.npy
printf '0\n1\n0\n1\n' >four.csv
accepted '^binning,4,.*,five,' estimate --activations five.npy two.npy --labels four.csv --estimator binning kernel_density --format csv
cp out together
accepted '^binning,4,' estimate --activations five.npy --activations two.npy --labels four.csv --estimator binning --estimator kernel_density --format csv
same "files after one option and after two" "$(cat together)" "$(cat out)"
same "every layer has its own epochs" "five 0 1 2 3 4 two 0 1" \
  "$(for layer in five two; do echo $layer; grep "^binning,.*,$layer," out | cut -d, -f2; done | xargs)"
accepted '^binning,4,' estimate --activations five.npy two.npy --labels four.csv --estimator binning --format csv --out epochs
same "every epoch of each layer is drawn" "0 1 2 3 4 0 1" \
  "$(awk '!NF { blank = 1; next } { print $1 }' "$(head -n 1 err)/figures/information_curves.dat" | head -n 7 | xargs)"
accepted '^identity,I(T;Y),binning,3,' calibrate --case all_bits identity --estimator binning histogram2d --samples 4 --seeds 2 --format csv
printf '0\n' >one.csv
npy '1, 1, 5, 5' 25 >one.npy
accepted '^binning,0,0,0,' estimate --activations one.npy --labels one.csv --estimator binning --format csv
{ npy '2, 2, 1' 12 | sed 's/|u1/<f4/' && printf '\0\0\xc0\xff'; } >late.npy   # the last of four float32 is nan
rejects_arrays "late.npy: epoch 1: unit 0 of sample 1 is nan, activations must be finite" --activations late.npy
refused 2 "command line: a key must be a text in --estimator '{'" \
  estimate --activations "$activations" --labels "$labels" --estimator '{'

# Excessive sizes are rejected before anything is allocated; the error has the limit.
for limit in kmeans.clusters:0:65536 kmeans.max_clusters:1:65536 kmeans.restarts:1:10000 gaussian_mixture.components:0:65536 \
  gaussian_mixture.max_components:1:65536 gaussian_mixture.restarts:1:10000 decoder.width:1:4096 decoder.steps:1:1000000 \
  infonce.width:1:4096 infonce.steps:1:1000000 binning.permutations:0:1000000; do
  IFS=.: read -r type option low high <<<"$limit"
  refused 2 "command line: --estimator[0].$option must be from $low to $high, got 1000000000" \
    estimate --activations "$activations" --labels "$labels" --estimator "{type: $type, $option: 1000000000}"
done

# Neither a terminal nor another program receives control characters.
raw=$'a\e[31mb'
cp "$activations" "$raw.csv"
accepted '^binning .* a\\x1b\[31mb ' estimate --activations "$raw.csv" --labels "$labels" --estimator binning
accepted ',a\\x1b\[31mb,' estimate --activations "$raw.csv" --labels "$labels" --estimator binning --format csv
refused 2 'no\x1b[31m.npy: no such file' estimate --activations $'no\e[31m.npy' --labels "$labels" --estimator binning

echo "$((checks - failures)) passed, $failures failed"
[ "$failures" = 0 ]
