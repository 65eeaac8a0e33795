#!/usr/bin/env bash
# list, show and compare on real runs: their values against a slow computation with awk, for runs in any state, and their
# time for a hundred runs.
# usage: runs_test.sh INFOPLANE
set -uo pipefail
tool=$1
. "$(dirname "$0")/../support/checks.sh"

# prints PATTERN ARGUMENTS...: exits with 0 and prints a line that matches PATTERN.
prints() {
  local pattern=$1
  shift
  checks=$((checks + 1))
  "$tool" "$@" >out 2>err </dev/null || fail "$*: exit code $?: $(cat err)"
  grep -qE -- "$pattern" out || fail "$*: no '$pattern' in $(cat out)"
}

cat >tanh.yaml <<'YAML'
name: small_tanh
replicas: 3
dataset: twelve_bit
model: {type: mlp, widths: [4, 1]}
training: {epochs: 20, learning_rate: 0.01}
observe: {schedule: {type: every, every: 1}}
estimators: [{type: binning, bins: 10}, kernel_density]
figures: [learning_curves]
claims: [{claim: final_accuracy, at_least: 0, says: it learns}, {claim: final_accuracy, name: all, at_least: 1, says: all}]
YAML
sed 's/small_tanh/small_relu/; s/widths: \[4, 1\]/widths: [4, 1], activation: relu/; s/bins: 10/bins: 12/' tanh.yaml >relu.yaml
sed 's/small_tanh/endless/; s/epochs: 20/epochs: 1000000/; s/every: 1}/every: 10000}/; /claims/d' tanh.yaml >endless.yaml
sed 's/small_tanh/diverges/; s/learning_rate: 0.01/learning_rate: 1e30/; s/\[4, 1\]/[4, 4, 1], activation: relu/' tanh.yaml >diverges.yaml
tanh=$("$tool" run tanh.yaml 2>err) && relu=$("$tool" run relu.yaml 2>err) || { cat err; exit 1; }

# The loss has a unit only if it has one.
quadratic=$("$tool" run tanh.yaml --set name=quadratic --set training.loss=quadratic 2>err) || { cat err; exit 1; }
prints '^ *split  loss_nats  loss_deviation_nats  accuracy' show "$tanh"
prints '^ *split  loss  *loss_deviation  accuracy' show "$quadratic"
rm -r "$quadratic"

# Peak and final value of every replica, then their mean and standard deviation over the replicas.
computed() {
  awk -F, 'NR > 1 {
      key = $3 "," $4; if (!(key in seen)) { seen[key] = 1; order[++keys] = key }
      for (q = 5; q <= 6; ++q) {
        at = key SUBSEP $1 SUBSEP q
        if (!(at in peak) || $q > peak[at]) peak[at] = $q
        last[at] = $q
      }
      replicas[$1] = 1
    }
    function spread(values, key, q,    n, sum, squares, r) {
      for (r in replicas) { ++n; sum += values[key, r, q] }
      for (r in replicas) squares += (values[key, r, q] - sum / n) ^ 2
      return sprintf(",%.10g,%.6g", sum / n, sqrt(squares / (n - 1)))
    }
    END {
      for (k = 1; k <= keys; ++k) {
        line = order[k] ",3"
        for (q = 5; q <= 6; ++q) line = line spread(peak, order[k], q) spread(last, order[k], q)
        print line
      }
    }' "$1/information.csv"
}
rounded() { awk -F, -v OFS=, 'NR > 1 { for (i = 4; i <= 11; i += 2) { $i = sprintf("%.10g", $i); $(i + 1) = sprintf("%.6g", $(i + 1)) } NF = 11; print }'; }
prints '^layer,estimator,replicas,i_xt_peak_bits,i_xt_peak_deviation_bits,' show "$tanh" --format csv
checks=$((checks + 1))
computed "$tanh" >expected
[ "$(wc -l <expected)" = 8 ] || fail "the computation has $(cat expected)"
rounded <out | diff - expected || fail "show: another peak, final value or deviation"

# The final value is that of the last epoch, regardless of the order of rows; a duplicate row is an error.
cp -r "$tanh" sorted && rm -r sorted/checkpoint
sort -t, -k3,3 -k4,4 -k1,1n -k2,2nr <(tail -n +2 "$tanh/information.csv") | cat <(head -n 1 "$tanh/information.csv") - >sorted/information.csv
(cd sorted && sha256sum ./*.csv | sed 's: ./: :' >tables.sha256)
prints '^layer,estimator' show sorted --format csv
checks=$((checks + 1))
rounded <out | sort | diff - <(sort expected) || fail "show: other numbers of sorted rows"
sed -n 2p "$tanh/information.csv" >>sorted/information.csv
(cd sorted && sha256sum ./*.csv | sed 's: ./: :' >tables.sha256)
rejects "sorted/information.csv:$(wc -l <sorted/information.csv): a second row of replica 0, epoch 0, L1, binning" report sorted

# A peak is of the measured epochs, and the final value is that of the last epoch: replicas without it are left out.
mkdir gaps && echo 'replica,epoch,split,loss,accuracy' >gaps/training.csv
cat >gaps/information.csv <<'CSV'
replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits
0,0,L1,binning,1,1,9,1
1,0,L1,binning,5,1,9,0.8
0,1,L1,binning,nan,1,9,1
1,1,L1,binning,4,1,9,0.8
0,2,L1,binning,2,1,9,1
0,2,L1,decoder,,0.5,,1
CSV
prints '^L1,binning,2,3\.5,2\.1213[0-9]*,2,0,1,0,1,0,9,1,9,0\.8$' show gaps --format csv
prints '^L1  *binning  *3\.5 \+- 2\.1  *2 \(1 of 2\)  *9  .*  0\.8-1$' show gaps
prints '^L1  *decoder  *-  *-  *-  *0\.5  *0\.5  *1$' show gaps

# show: the rest.
prints '^status  *finished$' show "$tanh"
prints '^dataset: .type: twelve_bit' show "$tanh"
prints '^L2 .* binning .* \+- ' show "$tanh"
prints '^test  ' show "$tanh"
prints '^final_accuracy  *undecided ' show "$tanh"
prints '^all  *undecided ' show "$tanh"
prints "^$tanh/figures/learning_curves.png\$" show "$tanh"
prints '"epochs": 20,' show "$tanh" --format json
prints '"pictures": \[' show "$tanh" --format json
rejects "runs: not a run, it has neither provenance.json nor information.csv" show runs

# compare: differences in settings, and the same numbers.
prints '^run  *model.activation  *estimators.0.bins$' compare "$tanh" "$relu" --out pictures
prints '^small_relu  *relu  *12$' compare "$tanh" "$relu" --out pictures
checks=$((checks + 2))
grep -q learning_rate out && fail "compare: lists a setting that is the same"
for file in planes.svg planes.png planes.gp planes.dat; do [ -s "pictures/$file" ] || fail "compare: no $file"; done
for name in small_tanh small_relu L1 L2; do grep -q ">$name<" pictures/planes.svg || fail "compare: no $name in the figure"; done
prints '^run,folder,model.activation,estimators.0.bins,layer,estimator,replicas,i_xt_peak_bits,' compare "$tanh" "$relu" --format csv
checks=$((checks + 1))
{ computed "$tanh"; computed "$relu"; } >expected
{ echo; grep "$tanh" out; grep "$relu" out; } | cut -d, -f1-4 --complement | rounded | diff - expected || fail "compare: other numbers"
prints '"model.activation": "relu",' compare "$tanh" "$relu" --format json
prints '"estimators.0.bins": 12$' compare "$tanh" "$relu" --format json
prints '^the experiments have the same settings$' compare "$tanh" "$tanh/../$(basename "$("$tool" run tanh.yaml 2>/dev/null)")"
prints '^small_tanh/20' compare runs --layer L2 --estimator kernel_density
checks=$((checks + 1))
grep -q 'L1\|binning ' out && fail "compare --layer L2 --estimator kernel_density: $(cat out)"
rejects "the results have no layer 'L9', only L1, L2" compare runs --layer L9
rejects "the results have no estimator 'bining', only binning, kernel_density.mean, kernel_density.upper, kernel_density.lower" compare runs --estimator bining
cp -r "$tanh" deep
awk -F, -v OFS=, 'NR == 2 { for (i = 1; i <= 101; ++i) { $3 = "Z" i; print } }' "$tanh/information.csv" >>deep/information.csv
(cd deep && sha256sum ./*.csv | sed 's: ./: :' >tables.sha256)
checks=$((checks + 1))
"$tool" compare "$relu" deep --out pictures >/dev/null 2>err
grep -q '^the figure shows up to 100 layers and omits .*, with more: choose layers with --layer$' err || fail "compare: printed $(cat err)"
rejects "compare needs at least two runs, got $tanh" compare "$tanh" "$tanh/."
rejects "nowhere: no such folder" compare nowhere "$tanh"
mkdir empty
rejects "empty: no runs found" compare empty "$tanh"

# An unreadable folder is reported, and not taken for empty.
if strace -o /dev/null true 2>/dev/null; then
  mkdir -p shut/in
  cp -r "$tanh" shut/run
  # shut COMMAND...: the tool, for which shut/in cannot be read.
  shut() {
    ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 strace -f -o /dev/null -P "$PWD/shut/in" -e trace=getdents64 \
      -e inject=getdents64:error=EIO "$tool" "$@" >out 2>err </dev/null
  }
  checks=$((checks + 3))
  shut list shut
  [ "$? $(cat err)" = "0 warning: shut/in: cannot read: Input/output error" ] || fail "list of a folder that cannot be read: $(cat err)"
  grep -q '^shut/run  *finished' out || fail "list of a folder that cannot be read: $(cat out)"
  for command in report compare; do
    shut $command shut "$relu"
    [ "$? $(cat err)" = "2 shut/in: cannot read: Input/output error" ] || fail "$command of a folder that cannot be read: $(cat err)"
  done
fi
mv runs kept

# list: all states of a run.
"$tool" run diverges.yaml --out all >/dev/null 2>&1
"$tool" run endless.yaml --out all >/dev/null 2>&1 &
endless=$!
cp -r kept/small_tanh all
cp -r kept/small_relu all/garbled   # as by former versions: without digests of its tables
rm all/garbled/*/checkpoint all/garbled/*/tables.sha256 && sed -i '/"tables"/d' all/garbled/*/provenance.json
sed -i '9s/,binning,[0-9.]*,/,binning,x,/; 9s/,kernel_density[a-z.]*,[0-9.]*,/,kernel_density.mean,x,/' all/garbled/*/information.csv
cp -r kept/small_relu all/cut
head -c 40 "$(echo all/cut/*)/provenance.json" >cut.json && cp cut.json all/cut/*/provenance.json
mkdir -p $'all/raw\e[31m/1' && printf 'x' >$'all/raw\e[31m/1/information.csv'
printf '1\n2\n3\n4\n' >a.csv && printf '0\n0\n1\n1\n' >y.csv
"$tool" estimate --activations a.csv --labels y.csv --estimator binning --out all >/dev/null 2>&1
for _ in $(seq 100); do [ -s "$(echo all/endless/*/)experiment.yaml" ] && [ -s "$(echo all/endless/*/)provenance.json" ] && break; sleep 0.1; done
prints '^all/endless/[0-9TZ]*  *running  *3  *0/1000000 ' list all
kill -9 "$endless"
wait "$endless" 2>/dev/null
prints '^all/endless/[0-9TZ]*  *killed ' list all
prints '^all/small_tanh/[0-9TZ-]*  *finished  *3  *20/20  *0\.[0-9]* \+- [0-9.]*  *0/2  *20[-0-9]*T[:0-9]*Z  *[0-9.]*$' list all
prints '^all/diverges/[0-9TZ]*  *failed .*the loss is no longer finite' list all
prints '^all/cut/[0-9TZ]*  *damaged .*provenance.json: it has no status$' list all
prints '^all/raw\\x1b\[31m/1  *damaged .*information.csv: its header is truncated$' list all
prints '^all/estimate/[0-9TZ]*  *estimate  *20[-0-9]*T[:0-9]*Z  *[0-9.]*$' list all
prints '^all/small_tanh/[0-9TZ-]*,finished,3,20,20,0\.[0-9]*,0\.[0-9]*,0,2,20[-0-9]*T[:0-9]*Z,[0-9.]*,$' list all --format csv
prints '"state": "damaged"' list all --format json
prints "^small_relu .* damaged .*information.csv:9: i_xt_bits must be a number, got 'x'$" compare all
checks=$((checks + 1))
grep -q 'training.optimizer' out && fail "compare all: a run without experiment, or an estimate, makes every setting differ"
prints '^all/cut/[0-9TZ]*  *damaged' show all/cut/*
checks=$((checks + 2))
"$tool" list empty >out 2>err || fail "list of an empty folder: exit code $?"
[ "$(cat out err)" = "empty: no runs found" ] || fail "list of an empty folder: $(cat out err)"
rejects "nowhere: no such folder" list nowhere
rejects "runs: no such folder" list

# A hundred runs in under 2 s; if the start alone takes more than half a second (sanitizers), in under four times that.
mkdir hundred
for i in $(seq 100); do mkdir "hundred/$i" && cp -r "kept/${tanh#runs/}" "hundred/$i"; done
# The median of five, in ms.
median() { for _ in 1 2 3 4 5; do
  local start
  start=$(date +%s%N)
  "$tool" "$@" >/dev/null 2>&1
  echo $((($(date +%s%N) - start) / 1000000))
done | sort -n | sed -n 3p; }
start=$(median --version) list=$(median list hundred) compare=$(median compare hundred)
limit=$((4 * start > 2000 ? 4 * start : 2000))
echo "100 runs: list $list ms, compare $compare ms, of which the start of the program takes $start ms"
checks=$((checks + 2))
[ "$list" -lt "$limit" ] || fail "list takes $list ms, at most $limit are allowed"
[ "$compare" -lt "$limit" ] || fail "compare takes $compare ms, at most $limit are allowed"
[ "$("$tool" list hundred | wc -l)" = 101 ] || fail "list hundred: $("$tool" list hundred | wc -l) lines"

echo "$((checks - failures)) passed, $failures failed"
[ "$failures" = 0 ]
