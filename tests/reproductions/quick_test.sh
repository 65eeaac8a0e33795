#!/usr/bin/env bash
# All studies in short, by `reproduce --quick` within 10 minutes: every figure of the source is drawn, every claim answered.
# A second call runs nothing again.
# usage: quick_test.sh INFOPLANE SOURCE
set -euo pipefail
tool=$1
source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() { echo "reproduce --quick: $*"; exit 1; }
reproduce() { "$tool" reproduce --quick --configs "$source/configs" --out "$folder" --threads 2 2>>"$folder/log" >/dev/null; }

start=$SECONDS
reproduce || { cat "$folder/log"; exit 1; }
seconds=$((SECONDS - start))
[ "$seconds" -lt 600 ] || fail "took $seconds s"
page=$folder/reproduction.md

for figure in 2.2 2.5 2.6 2.7 2.8 3.2 3.3 3.4 3.5 3.6 3.7 3.8 3.9 3.10 3.11 3.12 4.1 4.2 4.3 5.1 5.2 5.3; do
  grep -Eq "^\| Fig\. (.*, )?$figure[ ,|]" "$page" || fail "no figure $figure in $(grep '^| Fig' "$page")"
done
pictures=$(grep -o '(pictures/[^)]*)' "$page" | tr -d '()')
for picture in $pictures; do
  [ "$(head -c 4 "$folder/$picture" | tail -c 3)" = PNG ] || fail "$picture is no picture"
done

claims=$(cat "$source"/configs/*/*.yaml | grep -c '^     says: ')
verdicts=$(grep -Ec '^\| [^|]* \| [^|]* \| (holds|does not hold|undecided) \| [^|]* \|$' "$page")
[ "$claims" -eq "$verdicts" ] || fail "$claims claims, $verdicts verdicts"
grep -q '| undecided | .* of 3, ' "$page" || fail "no claim is undecided after three replicas"

before=$(find "$folder/runs" -name training.csv | wc -l)
reproduce
[ "$(find "$folder/runs" -name training.csv | wc -l)" = "$before" ] || fail "a finished run was repeated"
echo "$(wc -w <<<"$pictures") pictures, $verdicts verdicts, $seconds s"
