#!/usr/bin/env bash
# The folders that commands take for RUN, in every state of a run: that of an experiment, one with other files in it, one whose
# experiment.yaml was edited, one without a checkpoint or any rows, and one with types that only another program registers.
# usage: run_arguments_test.sh INFOPLANE
set -uo pipefail
tool=$1
. "$(dirname "$0")/../support/checks.sh"

# prints PATTERN ARGUMENTS...: exits with 0 and prints a line that matches PATTERN, on stdout or stderr.
prints() {
  local pattern=$1
  shift
  checks=$((checks + 1))
  "$tool" "$@" >out 2>err </dev/null || fail "$*: exit code $?: $(cat err)"
  grep -qE -- "$pattern" out err || fail "$*: no '$pattern' in $(cat out err)"
}

# succeeds ARGUMENTS...: exits with 0.
succeeds() {
  checks=$((checks + 1))
  "$tool" "$@" >out 2>err </dev/null || fail "$*: exit code $?: $(cat err)"
}

cat >small.yaml <<'YAML'
name: small
replicas: 3
dataset: twelve_bit
model: {type: mlp, widths: [4, 1]}
training: {epochs: 20, learning_rate: 0.01}
observe: {schedule: {type: every, every: 5}}
estimators: [{type: binning, bins: 10}]
figures: [learning_curves, {type: information_plane, name: plane}]
claims: [{claim: final_accuracy, at_least: 0, says: it learns}]
YAML
first=$("$tool" run small.yaml --set seed=2 2>err) && second=$("$tool" run small.yaml 2>err) || { cat err; exit 1; }

# The folder of an experiment stands for its latest run, also if there are more than nine in a second.
mkdir -p many/small/20250101T000000Z && cp -r "$first" many/small/20260101T000000Z-9
cp -r "$second" many/small/20260101T000000Z-10 && cp -r "$first" many/small/a-copy
prints '^many/small/20260101T000000Z-10 ' show many/small
prints '^many/small/20260101T000000Z-10 ' show many/small/ --format table
prints '^many/small/20260101T000000Z-10/figures/plane.png$' figures many/small
prints '^many/small/20260101T000000Z-10$' resume many/small
succeeds export many/small --weights latest.safetensors
succeeds export "$second" --weights second.safetensors
checks=$((checks + 1))
cmp latest.safetensors second.safetensors || fail "export of an experiment's folder: other weights than its latest run's"
rejects "runs: not a run, it has neither provenance.json nor information.csv" show runs

# figures prints the files it drew.
checks=$((checks + 1))
"$tool" figures "$second" >out 2>err || fail "figures: $(cat err)"
printf "$second/figures/%s\n" learning_curves.svg learning_curves.png plane.svg plane.png | diff - out || fail "figures: other files"
"$tool" figures "$second" --figure '{type: learning_curves, name: other}' >out 2>err || fail "figures --figure: $(cat err)"
printf "$second/figures/%s\n" other.svg other.png | diff - out || fail "figures --figure: other files"

# Files among the folders are skipped: a report is written to where runs/NAME/* finds it.
prints '^runs/small/report.html$' report runs/small
prints '^warning: runs/small/report.html: skipped, not a folder$' report runs/small/* --out page.html
prints '^warning: runs/small/report.html: skipped, not a folder$' compare runs/small/*
rejects "small.yaml: not a folder" report small.yaml
rejects "small.yaml: not a folder" merge small.yaml small.yaml
rejects "nowhere.html: no such folder" report "$first" nowhere.html
mkdir one && cp -r "$first" one/1 && touch one/page.html
checks=$((checks + 1))
(cd one && "$tool" report 1 page.html >../out 2>../err) && [ -s one/1/report.html ] || fail "report of a run and a file: $(cat out err)"
"$tool" run small.yaml --set replicas=1 --out parts >/dev/null 2>&1
"$tool" run small.yaml --set replicas=2 --set first_replica=1 --out parts >/dev/null 2>&1
touch parts/small/report.html
prints '^whole/small/' merge parts/small/* --out whole

# Claims that are not evaluated are mentioned.
cp -r "$first" bare && rm bare/provenance.json
prints '^bare: claims not evaluated: provenance.json: no such file$' figures bare
cp -r "$first" stopped && sed -i 's/"status": "finished"/"status": "interrupted"/' stopped/provenance.json
prints '^stopped: claims not evaluated: the run is not finished, its status is interrupted$' figures stopped
prints '^small: final_accuracy: undecided, holds in 3 of 3 replicas' figures "$first"

# A finished run whose experiment.yaml was edited: its tables are not those of that experiment.
mkdir -p edited/small && cp -r "$first" edited/small/20260101T000000Z
edited=edited/small/20260101T000000Z
modified="experiment.yaml: modified since the run wrote it: not the experiment of its checkpoint"
sed -i 's/epochs: 20/epochs: 40/' $edited/experiment.yaml
prints "^$edited  *damaged .* $modified\$" list edited
prints "^$edited  *damaged .* $modified\$" show $edited
prints "damaged .* $modified\$" compare $edited "$first"
for command in resume report figures; do rejects "$edited/$modified" $command $edited; done
rejects "edited/small/20260101T000000Z/$modified" run small.yaml --set seed=2 --set training.epochs=40 --claims --resume --out edited
sed -i 's/epochs: 40/epochs: 20/; s/learning_curves/parameter_curves/; s/it learns/so it is/; s/^seed: 2$/seed:   2  # of all/' $edited/experiment.yaml
prints "^$edited  *finished " list edited
# A removed key has its default value.
sed -i '/^initial_weights:/d' $edited/experiment.yaml
prints "^$edited  *finished " list edited
sed -i '/^seed:/d' $edited/experiment.yaml
prints "^$edited  *damaged .* $modified\$" list edited
# And an estimate whose origin was edited.
printf '0,0\n0,1\n1,0\n1,1\n' >a.csv && printf '0\n1\n1\n0\n' >y.csv
estimate=$("$tool" estimate --activations a.csv --labels y.csv --estimator binning --out made 2>&1 >/dev/null | head -n 1)
prints "^$estimate  *estimate " list made
sed -i 's/^seed: 1$/seed: 2/' "$estimate/estimate.yaml"
prints "damaged .* estimate.yaml: modified since the run wrote it: its SHA-256 is not the one in tables.sha256" list made

# A run that stopped before its first checkpoint, or its first rows.
cp -r "$first" early && rm early/checkpoint early/claims.csv early/tables.sha256
sed -i 's/"status": "finished"/"status": "running"/; /"tables"/d' early/provenance.json
rejects "early: not checkpointed yet, resume it with \`infoplane resume early\`" export early --weights w.safetensors
cp -r early empty
for table in empty/*.csv; do head -n 1 "$table" >head && cp head "$table"; done
none="no rows yet in information.csv or training.csv"
rejects "empty: $none, resume it with \`infoplane resume empty\`" report empty
rejects "empty: $none, resume it with \`infoplane resume empty\`" figures empty
prints '^empty  *killed ' show empty
prints '^small/empty  *killed ' compare empty "$first"
checks=$((checks + 2))
exec 9<empty && flock 9
"$tool" export empty --weights w.safetensors 2>err
[ "$(cat err)" = "empty: not checkpointed yet, try again later" ] || fail "export of a run that goes on: $(cat err)"
"$tool" report empty 2>err
[ "$(cat err)" = "empty: $none, try again later" ] || fail "report of a run that goes on: $(cat err)"
exec 9<&-
cp -r empty blank && rm blank/experiment.yaml blank/provenance.json
rejects "blank: it stopped before it wrote experiment.yaml: run its config again" resume blank
prints '^early$' resume early
prints '^early  *finished ' show early
# Files that never had a checkpoint.
rejects "$estimate: an estimate; only runs of \`infoplane run\` have weights" export "$estimate" --weights w.safetensors
rejects "$estimate: an estimate; only runs of \`infoplane run\` can be merged" merge "$estimate" "$estimate"

# Types that only another program registers: what reads the tables alone works.
mkdir -p own/small && cp -r "$first" own/small/20260101T000000Z
own=own/small/20260101T000000Z
sed -i 's/type: twelve_bit/type: theirs/; s/type: mlp/type: residual/; s/type: binning/type: private/' $own/experiment.yaml
rm $own/figures/*
prints "^$own/figures/plane.svg\$" figures own/small
prints '^small: final_accuracy: undecided, holds in 3 of 3 replicas' figures $own
[ -s $own/figures/plane.png ] || fail "figures of a run with other types: no picture"
prints "^$own/report.html\$" report $own
prints "^$own  *finished " list own
prints '^model: .type: residual' show $own
prints '^setting  *small/' compare $own "$first"
succeeds export $own --weights own.safetensors
sed -i 's/type: information_plane/type: theirs/' $own/experiment.yaml
checks=$((checks + 1))
"$tool" figures $own >out 2>err
[ "$? $(cut -d';' -f1 err)" = "2 $own/experiment.yaml:$(grep -n 'type: theirs' $own/experiment.yaml | tail -n 1 | cut -d: -f1):11: figures[1]: unknown figure 'theirs'" ] ||
  fail "figures of a type that only another program has: $(cat err)"

echo "$((checks - failures)) passed, $failures failed"
[ "$failures" = 0 ]
