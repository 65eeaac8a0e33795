#!/usr/bin/env bash
# Tables of a finished run, each damaged in two ways and one in every way, times every command that reads it: none uses it, each
# reports it in one line with the table's path, and none changes the folder. (tests/experiments/whole_tables_test.cpp tests every
# table times every damage times the functions that these commands call.)
# usage: whole_tables_test.sh INFOPLANE
set -uo pipefail
tool=$1
. "$(dirname "$0")/../support/checks.sh"
export OMP_NUM_THREADS=1

cat >small.yaml <<'YAML'
name: small
replicas: 4
dataset: {type: twelve_bit, rule: tishby_stochastic}
model: {type: mlp, widths: [3, 1]}
training: {epochs: 6, learning_rate: 0.02}
observe: {schedule: {type: every, every: 2}, trace: parameters, histograms: {epochs: [3, 6], bins: 10}}
estimators: [{type: binning, bins: 20}, kernel_density]
figures: []
claims: [{claim: final_accuracy, at_least: 0.1}, {claim: final_accuracy, name: well, at_least: 0.2}]
YAML
"$tool" run small.yaml --set replicas=2 --out parts >/dev/null 2>err || { cat err; exit 1; }
first=$(echo parts/small/*)
second=$("$tool" run small.yaml --set first_replica=2 --set replicas=2 --out parts2 2>err) || { cat err; exit 1; }
tables="training.csv information.csv parameters.csv histograms.csv truth.csv bottleneck.csv claims.csv"
same "the tables" "$(for table in $tables; do echo "$table"; done | sort)" "$(cd "$first" && ls ./*.csv | sed 's|./||' | sort)"

# With sha256sum: exactly all tables, also for merged runs and estimates, with the origin of an estimate.
merged=$("$tool" merge "$first" "$second" --out merged)
printf '1\n2\n3\n4\n' >a.csv && printf '0\n0\n1\n1\n' >y.csv
estimate=$("$tool" estimate --activations a.csv --labels y.csv --estimator binning --out all 2>&1 >/dev/null | head -n 1)
for run in "$first" "$merged" "$estimate"; do
  same "tables.sha256 of $run" "$(cd "$run" && find . -name '*.csv' -o -name estimate.yaml | sort | xargs sha256sum | sed 's| \./| |')" "$(cat "$run/tables.sha256")"
  same "sha256sum -c of $run" "" "$(cd "$run" && sha256sum --quiet -c tables.sha256 2>&1)"
done

# damage HOW FILE. Lines 3 and 4 are whole rows if the file has as many.
damage() {
  local how=$1 file=$2 lines
  lines=$(wc -l <"$file")
  case $how in
    cut_at_a_line) head -n $((lines - 1)) "$file" >new ;;
    cut_in_a_line) head -c -3 "$file" >new ;;
    a_digit) awk -v at="$lines" 'NR == at { digit = match($0, /[0-9][^0-9]*$/); sub(/[0-9][^0-9]*$/, (substr($0, digit, 1) + 1) % 10 substr($0, digit + 1)) } { print }' "$file" >new ;;
    a_row_less) sed 2d "$file" >new ;;
    a_row_twice) sed 2p "$file" >new ;;
    two_rows_swapped) awk 'NR == 2 { kept = $0; next } { print } NR == 3 { print kept } END { if (NR == 2) print kept kept }' "$file" >new ;;
    a_byte_more) { cat "$file" && printf '\n'; } >new ;;
    emptied) : >new ;;
    removed) rm "$file" && return ;;
    a_folder) rm "$file" && mkdir "$file" && return ;;
    a_pipe) rm "$file" && mkfifo "$file" && return ;;
    a_link) rm "$file" && ln -s /dev/zero "$file" && return ;;
    a_link_to_nothing) rm "$file" && ln -s nothing "$file" && return ;;
    a_link_to_another) cp "$file" other && printf 'x\n' >>other && rm "$file" && ln -s "$PWD/other" "$file" && return ;;
  esac
  cmp -s new "$file" && fail "$how leaves $file as it was"
  mv new "$file"
}
damages="cut_at_a_line cut_in_a_line a_digit a_row_less a_row_twice two_rows_swapped a_byte_more emptied removed a_folder a_pipe a_link
  a_link_to_nothing a_link_to_another"

# One line on stderr that names the file, status 2, and an unchanged folder.
refuses() {
  local what=$1 file=$2 got=0
  shift 2
  checks=$((checks + 1))
  timeout 60 "$tool" "$@" >out 2>err </dev/null || got=$?
  [ $got = 2 ] || fail "$what: $*: exit code $got: $(head -n 2 out err)"
  grep -qE "^$file:([0-9]+:)? " err && [ "$(wc -l <err)" = 1 ] || fail "$what: $*: printed '$(cat err)'"
}
shows_damage() {
  local what=$1 file=$2
  shift 2
  checks=$((checks + 1))
  timeout 60 "$tool" "$@" >out 2>err </dev/null || fail "$what: $*: exit code $?: $(cat err)"
  grep -qE "damaged.* $file:([0-9]+:)? " out || fail "$what: $*: printed '$(cat out)'"
}
state() { (cd "$1" && ls -lR --time-style=full-iso . && cat tables.sha256 claims.csv 2>/dev/null) | sha256sum; }

# damaged WHAT FILE: for every command that reads the run in cut/.
damaged() {
  local what=$1 file=$2 before
  before=$(state "$run")
  refuses "$what" "$run/$file" report "$run" --out report.html
  refuses "$what" "$run/$file" figures "$run"
  refuses "$what" "$run/$file" figures "$run" --figure learning_curves
  refuses "$what" "$run/$file" merge "$run" "$second" --out none
  refuses "$what" "$run/$file" resume "$run"
  refuses "$what" "$run/$file" run small.yaml --set replicas=2 --out cut --resume
  shows_damage "$what" "$file" list cut
  shows_damage "$what" "$file" show "$run"
  shows_damage "$what" "$file" compare "$run" "$second" --out picture
  grep -E '^L[12] ' out | grep -q "small/$(basename "$first") " && fail "$what: compare prints numbers of a damaged run"
  "$tool" show "$run" --format csv | grep -q '^L' && fail "$what: show prints numbers of a damaged run"
  same "$what: what is in the folder" "$before" "$(state "$run")"
}

run=cut/small/$(basename "$first")
read -ra turn <<<"$tables"
at=0
for how in $damages; do
  table=${turn[at++ % ${#turn[@]}]}
  rm -rf cut && cp -r parts cut
  damage "$how" "$run/$table"
  damaged "$table, $how" "$table"
done

# tables.sha256 itself: missing, truncated, without a line.
for how in removed emptied cut_in_a_line a_folder a_link_to_nothing; do
  rm -rf cut && cp -r parts cut
  damage "$how" "$run/tables.sha256"
  damaged "tables.sha256, $how" tables.sha256
done
rm -rf cut && cp -r parts cut
sed -i /parameters/d "$run/tables.sha256"
damaged "a line less" parameters.csv

# An intentional change of a table is accepted; the folder may have other files.
rm -rf cut && cp -r parts cut
sed -i '$d' "$run/information.csv" && echo 'a,b' >"$run/own.csv"
(cd "$run" && sha256sum ./*.csv | sed 's| \./| |' >tables.sha256)
same "changed on purpose" "" "$("$tool" report "$run" --out report.html 2>&1 >/dev/null)"
# A run of a former version, without digests, is verified against the lengths in its checkpoint.
rm -rf cut && cp -r parts cut
rm "$run/tables.sha256" && sed -i '/"tables"/d' "$run/provenance.json"
same "of before" "" "$("$tool" report "$run" --out report.html 2>&1 >/dev/null)"
sed -i '$d' "$run/histograms.csv"
refuses "of before, cut" "$run/histograms.csv" report "$run" --out report.html

# figures updates claims.csv and its digest: for other claims and for new ones; the same claims again write nothing.
for claims in 'final_accuracy, at_least: 0.99' 'final_accuracy, name: only, at_least: 0.3'; do
  rm -rf cut && cp -r parts cut
  sed -i "/^claims:/,\$d" "$run/experiment.yaml" && echo "claims: [{claim: $claims}]" >>"$run/experiment.yaml"
  [ "${claims/only/}" = "$claims" ] || { rm "$run/claims.csv" && sed -i /claims/d "$run/tables.sha256"; }
  same "other claims" "" "$("$tool" figures "$run" 2>&1 | grep -v '^small: ')"
  same "other claims: sha256sum -c" "" "$(cd "$run" && sha256sum --quiet -c tables.sha256 2>&1)"
  same "other claims: lines" 7 "$(wc -l <"$run/tables.sha256")"
  before=$(state "$run")
  "$tool" figures "$run" 2>/dev/null
  same "the same claims" "$before" "$(state "$run")"
done

# Readers next to a process that replaces the claims always find them consistent.
rm -rf cut && cp -r parts cut
cp "$run/experiment.yaml" whole.yaml && sed 's/at_least: 0.1$/at_least: 0.9/; s/at_least: 0.2/at_least: 0.8/' whole.yaml >other.yaml
cmp -s whole.yaml other.yaml && fail "the claims are not changed"
for _ in $(seq 12); do
  for config in other whole; do
    cp $config.yaml next.yaml && mv next.yaml "$run/experiment.yaml" && "$tool" figures "$run" 2>>race
  done
done &
while kill -0 $! 2>/dev/null; do
  checks=$((checks + 1))
  "$tool" list cut | grep -q damaged && fail "list beside figures: $("$tool" list cut)"
done
wait
same "figures one after another" "" "$(grep -v '^small: ' race)"

echo "$((checks - failures)) passed, $failures failed"
[ "$failures" = 0 ]
