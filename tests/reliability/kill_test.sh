#!/usr/bin/env bash
# Kills runs with SIGKILL at random times, up to four times each, COUNT times in total, and resumes them: their files
# are readable, and in the end their tables are those of a run that was never stopped.
# usage: kill_test.sh TOOL COUNT [SEED]
TOOL=$1
count=$2
RANDOM=${3:-1}
. "$(dirname "$0")/common.sh"
echo "seed ${3:-1}"

uninterrupted
kills=0
for ((i = 1; kills < count; ++i)); do
  out=$work/killed$i
  for attempt in 1 2 3 4; do
    [ $kills -lt "$count" ] || break
    "$TOOL" run "$work/small.yaml" --out "$out" --resume --checkpoint-every 0 --threads $((1 + RANDOM % 3)) >/dev/null 2>&1 &
    process=$!
    sleep "$(printf '%d.%03d' $((RANDOM % 2)) $((RANDOM % 1000)))"
    kill -KILL $process 2>/dev/null && kills=$((kills + 1))
    wait $process 2>/dev/null || true
    run=$(run_in "$out")
    [ -z "$run" ] || readable "$run" || fail "$i: a table is not readable after attempt $attempt"
  done
  if ! "$TOOL" run "$work/small.yaml" --out "$out" --resume --threads 2 >"$work/log" 2>&1; then
    fail "$i: the run does not go on: $(tail -n 1 "$work/log")"
    continue
  fi
  same_tables "$(run_in "$out")" "$whole" || fail "$i: the resumed run's tables differ"
  rm -rf "$out"
done
echo "$((i - 1)) runs"
finish "$kills"
