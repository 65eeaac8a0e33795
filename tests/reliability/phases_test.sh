#!/usr/bin/env bash
# Whatever a command is doing, SIGINT ends it within 2 s with status 130, without half-written files, and work that takes more
# than some seconds says so.
# usage: phases_test.sh TOOL
TOOL=$1
. "$(dirname "$0")/common.sh"
cd "$work"
now() { date +%s%N; }

# ends WHEN ARGUMENTS...: starts the program, sends SIGINT after WHEN seconds, or when stderr has that text, and checks the end, with
# half a second more than 2 s for a busy machine. stderr is in $work/stderr.
ends() {
  local seconds=$1 start took got=0 tries=0
  shift
  env --default-signal=INT "$TOOL" "$@" >stdout 2>stderr &
  local process=$!
  if [[ $seconds =~ ^[0-9.]+$ ]]; then
    sleep "$seconds"
  else
    until grep -q "$seconds" stderr || [ $((tries += 1)) -gt 600 ]; do sleep 0.1; done
  fi
  start=$(now)
  kill -INT $process 2>/dev/null || fail "$*: it ended before $seconds s: $(cat stderr)"
  wait $process || got=$?
  took=$((($(now) - start) / 1000000))
  [ $got -eq 130 ] || fail "$* after $seconds s: status $got, not 130: $(cat stderr)"
  [ $took -le 2500 ] || fail "$* after $seconds s: it took $took ms to end"
}

# npy SHAPE BYTES FILE: pseudorandom numbers from 0 to 255.
npy() {
  local header="{'descr': '|u1', 'fortran_order': False, 'shape': ($1), }"
  { printf "\\x93NUMPY\\x01\\x00\\x$(printf %02x ${#header})\\x00%s" "$header"
    { openssl enc -aes-128-ctr -K 00 -iv 00 -in /dev/zero 2>/dev/null || true; } | head -c "$2"; } >"$3"
}
npy '60000, 10' 600000 t.npy
npy '60000, 10' 600000 x.npy
for _ in $(seq 30000); do printf '0\n1\n'; done >y.csv

# Preparing the data: a receiver's bits, which take some seconds; when it is checked, and when it is run.
cat >data.yaml <<'YAML'
name: data
dataset: {type: wireless, frames: 300000}
model: {type: mlp, widths: [4, 2], output: softmax}
training: {epochs: 20000}
estimators: [binning]
YAML
ends 1 check data.yaml
for seconds in 0.5 2 4 8; do
  ends $seconds run data.yaml --threads 1
  [ -z "$(find runs -name provenance.json 2>/dev/null)" ] || [ -n "$(find runs -name checkpoint)" ] || fail "run after $seconds s: left $(find runs)"
done

# Inside one estimate of one layer.
for estimator in '{type: kernel_density, permutations: 200}' '{type: ksg, permutations: 9}' '{type: kmeans, max_clusters: 300}' \
  '{type: gaussian_mixture, max_components: 60}' '{type: decoder, steps: 100000}' '{type: infonce, steps: 100000}' \
  '{type: matrix_renyi, max_samples: 6000}'; do
  ends 1.5 estimate --activations t.npy --input x.npy --labels y.csv --estimator "$estimator" --out runs
  grep -q '^t.npy: expected to take about [0-9]* \(s\|min\|h\) and ' stderr || fail "$estimator: does not say what it takes: $(cat stderr)"
  [ ! -e runs/estimate ] || fail "$estimator: left $(find runs/estimate)"
done
ends ': 5 s$' estimate --activations t.npy --input x.npy --labels y.csv --estimator '{type: kernel_density, permutations: 200}'
grep -q '^estimating kernel_density of t, epoch 0 of 1: 5 s$' stderr || fail "estimate: does not say what it does: $(cat stderr)"
cat >slow.yaml <<YAML
$(cat small.yaml)
figures: []
YAML
ends ': 5 s$' run slow.yaml --threads 1 --out slow --set 'estimators=[{type: kernel_density, permutations: 100000}]'
grep -q '^estimating kernel_density of L1, replica 0: 5 s$' stderr || fail "run: does not say what it does: $(cat stderr)"
grep -q '^small: interrupted after epoch 0, resume with' <(sed 's:slow/small/[0-9TZ]*:small:' stderr) || fail "run: ends with $(cat stderr)"

ends 1.5 calibrate --case normal_5x5 --samples 30000 --seeds 20 --estimator ksg

# Drawing and reports.
"$TOOL" run small.yaml --out made --set figures='[]' >/dev/null 2>&1
made=$(run_in made)
mkdir -p slow_gnuplot
printf '#!/bin/sh\nsleep 30\n' >slow_gnuplot/gnuplot
chmod +x slow_gnuplot/gnuplot
PATH=$work/slow_gnuplot:$PATH ends ': 5 s$' figures "$made" --figure learning_curves
grep -q '^drawing figures: 5 s$' stderr || fail "figures: does not say what it does: $(cat stderr)"
[ -z "$(find "$made/figures" -type f 2>/dev/null)" ] || fail "figures: left $(find "$made/figures")"
mkdir large
{ head -n 1 "$made/information.csv"
  awk 'BEGIN { for (r = 0; r < 400; ++r) for (e = 0; e < 5000; ++e) printf "%d,%d,L1,binning,%g,0.5,12,1,20,7,0\n", r, e, 6 + e / 5000 }'
} >large/information.csv
head -n 1 "$made/training.csv" >large/training.csv
ends 1 report large
[ ! -e large/report.html ] || fail "report: left a page"

[ $failures -eq 0 ] || exit 1
echo "ended within 2 s in every phase"
