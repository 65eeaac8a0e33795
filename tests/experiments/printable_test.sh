#!/usr/bin/env bash
# No text from a file, a config, a name or a path reaches a terminal, a table, a page or a figure with characters that are invisible
# or affect other text: control characters of C0 (except line breaks, and tabs in HTML) and C1, line and paragraph
# separators, controls of the direction of writing. And none of it is executed. The same rule for all output of the commands.
# usage: printable_test.sh INFOPLANE
set -uo pipefail
tool=$1
. "$(dirname "$0")/../support/checks.sh"
export LC_ALL=C

export TRAP=$work/trap
hostile=$'\'\'\x1b[31m\x7f\xc2\x85\xd8\x9c\xe2\x80\x8f\xe2\x80\xae\xe2\x80\xa8\xe2\x81\xa6\xef\xbb\xbf\xe2\x80\x8b\xff`touch $TRAP`'
shown="''"'\x1b[31m\x7f\u0085\u061c\u200f\u202e\u2028\u2066\ufeff\u200b\xff`touch $TRAP`'
never='\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xef\xbb\xbf|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|[\x00-\x08\x0b-\x1f]'

# safe WHAT FILE...: the files exist and contain no such characters.
safe() {
  local what=$1 file
  shift
  for file in "$@"; do
    checks=$((checks + 1))
    [ -e "$file" ] || fail "$what: no $file"
    ! grep -qaP "$never" "$file" || fail "$what: $file: $(grep -aoP ".{0,20}($never)" "$file" | head -n 1 | cat -v)"
  done
  [ ! -e "$TRAP" ] || fail "$what: executed something"
}

# runs_safely STATUS ARGUMENTS...: exits with STATUS and with safe output.
runs_safely() {
  local status=$1 got=0
  shift
  "$tool" "$@" >out 2>err </dev/null || got=$?
  [ $got -eq "$status" ] || fail "$(printf '%q ' "$@"): exit code $got, expected $status: $(cat -v err)"
  safe "$(printf '%q ' "$@")" out err
}

# shows WHAT FILE: the file has the hostile text in its escaped form.
shows() {
  checks=$((checks + 1))
  grep -qaF -- "$shown" "$2" || fail "$1 does not show the text"
}

cat >small.yaml <<'YAML'
name: small
replicas: 2
dataset: twelve_bit
model: {type: mlp, widths: [3, 1]}
training: {epochs: 4, learning_rate: 0.01}
observe: {schedule: {type: every, every: 1}, trace: parameters, histograms: {epochs: [4]}}
estimators: [{type: binning, bins: 10}]
claims: [{claim: final_accuracy, at_least: 1, says: it learns, reason: it cannot, evidence: [other]}, {claim: final_accuracy, name: other, at_least: 0}]
YAML
runs_safely 0 run small.yaml --out $'o\x1b\xe2\x80\xaeut'
path_pattern='^o\\x1b\\u202eut/small/'
grep -qE "$path_pattern" out || fail "run does not show the path: $(cat -v out)"
folder=runs/small$hostile
mkdir -p "$folder"
mv $'o\x1b\xe2\x80\xaeut'/small/* "$folder/1"
cp -r "$folder/1" "$folder/2"

# All texts of all tables, and of the provenance; the run is recorded as interrupted, since its tables are modified.
for run in "$folder"/*; do
  escaped=${hostile//\\/\\\\}
  sed -i "1s/,bins/,bins$escaped/; s/,L1,/,L1$escaped,/; s/,binning,/,binning$escaped,/" "$run/information.csv"
  sed -i -e 1b -e '/,linear2.bias,/!d' -e "s/linear2.bias/b$escaped/" "$run/parameters.csv"
  sed -i "s/,L1,/,L1$escaped,/" "$run/histograms.csv"
  sed -i "2,\$s/it learns/learns$escaped/; s/it cannot/cannot$escaped/; s/^final_accuracy,/a$escaped,/" "$run/claims.csv"
  sed -i 's/"finished"/"interrupted"/; s/"device": "[^"]*"/"device": "\\u001b[31m\\u202e\\u0085\\u007f"/' "$run/provenance.json"
done

for format in table csv json; do
  runs_safely 0 list runs --format $format
  runs_safely 0 show "$folder/1" --format $format
  [ $format = json ] || shows "show --format $format" out
  runs_safely 0 compare "$folder/1" "$folder/2" --format $format
  [ $format = json ] || shows "compare --format $format" out
done
safe compare comparison/planes.svg comparison/planes.gp
shows planes.svg comparison/planes.svg
runs_safely 0 list runs --format json
grep -qF '\u001b' out || fail "JSON does not hold the text"
runs_safely 0 report "$folder/1" "$folder/2" --out report.html
safe report report.html
grep -qF '\\x1b[31m\\x7f' report.html || fail "report does not show the text"
# Without its experiment.yaml a run is titled by the folder that holds it.
cp -r "$folder/1" "$folder/3" && rm "$folder/3/experiment.yaml"
runs_safely 0 figures "$folder/3" --figure information_plane --figure learning_curves --figure histograms \
  --figure "{type: parameter_curves, parameters: []}" --figure "{type: information_curves, layers: []}"
safe figures "$folder"/3/figures/*.svg "$folder"/3/figures/*.gp "$folder"/3/figures/*.dat
for figure in information_plane information_curves learning_curves histograms parameter_curves; do
  shows $figure "$folder/3/figures/$figure.svg"
done
rm -r "$folder/3"

# Names of files: rejected, used as layers, in tables and figures, checked and merged.
runs_safely 2 check "no$hostile.yaml"
cp small.yaml "a$hostile.yaml"
runs_safely 0 check "a$hostile.yaml"
shows check out
runs_safely 2 show "no$hostile"
printf '0.1,0.2\n0.3,0.4\n0.5,0.1\n0.2,0.6\n' >"L$hostile.csv"
printf '0\n1\n0\n1\n' >labels.csv
for format in table csv json; do
  runs_safely 0 estimate --activations "L$hostile.csv" --labels labels.csv --estimator binning --format $format --report --out estimates
done
estimate=$(find estimates -mindepth 2 -maxdepth 2 | head -n 1)
safe estimate "$estimate"/*.csv "$estimate/estimate.yaml" "$estimate/report.html" "$estimate"/figures/*.svg
shows information.csv "$estimate/information.csv"

# Pages: the study's name, the config's comment and claims.
mkdir -p "configs/study$hostile"
{ printf '# a \xe2\x80\xae comment\n'; sed 's/it learns/"it \\e[31m\\u202E learns"/' small.yaml; } >"configs/study$hostile/small.yaml"
runs_safely 0 reproduce --configs configs --out pages
safe reproduce pages/reproduction.md pages/reproduction.html pages/runs/small/*/claims.csv
grep -qF '\x1b' pages/reproduction.html || fail "the page does not show the text"

printf '%d checks, %d failed\n' "$checks" "$failures"
[ "$failures" = 0 ]
