#!/usr/bin/env bash
# SIGINT, SIGTERM and SIGHUP stop a run gracefully: status 130, 143 or 129, one line that says how to resume, within 2.5 s even if an
# estimate takes longer, immediately on a second signal half a second later; two at once count as one. And a folder has one writer.
# usage: signal_test.sh TOOL
TOOL=$1
. "$(dirname "$0")/common.sh"

sed -i 's/epochs: 150/epochs: 400/' "$work/small.yaml"
uninterrupted
now() { date +%s%N; }

# await_end PROCESS: its status is then in $got, and the milliseconds since $start in $took.
await_end() {
  got=0
  wait "$1" || got=$?
  took=$((($(now) - start) / 1000000))
}

# begin_sweep OUT: starts three runs at once and waits until all run; $process is the sweep, $children are its runs.
begin_sweep() {
  local tries=0
  "$TOOL" sweep "$work/sweep.yaml" --out "$1" --jobs 3 >/dev/null 2>"$work/stderr" &
  process=$!
  until [ "$(grep -rls '"status": "running"' "$1" | wc -l)" -eq 3 ] || [ $((tries += 1)) -gt 600 ]; do sleep 0.05; done
  sleep 0.3
  read -r -a children <<<"$(cat /proc/$process/task/*/children | tr '\n' ' ')"
}

# interrupt SIGNAL STATUS SECONDS OUT [OPTION...]: runs in the background, sends SIGNAL after SECONDS, checks the end.
interrupt() {
  local signal=$1 status=$2 seconds=$3 out=$4 start got took
  shift 4
  "$TOOL" run "$work/small.yaml" --out "$out" --resume "$@" >/dev/null 2>"$work/stderr" &
  local process=$!
  await_run "$out" "$seconds"
  start=$(now)
  kill "-$signal" $process
  await_end $process
  [ $got -eq "$status" ] || fail "$signal after $seconds s: status $got, not $status: $(tail -n 1 "$work/stderr")"
  [ $took -le 2500 ] || fail "$signal after $seconds s: it took $took ms"
  echo "$signal after $seconds s: $took ms: $(tail -n 1 "$work/stderr" | sed "s:$work/::g")"
}

for signal in INT:130 TERM:143 HUP:129; do
  out=$work/${signal%:*}
  interrupt "${signal%:*}" "${signal#*:}" 0.4 "$out" --threads 2
  tail -n 1 "$work/stderr" | grep -qE "^$(run_in "$out"): interrupted after epoch [0-9]+, resume with .infoplane resume $(run_in "$out").$" ||
    fail "${signal%:*}: the last line is: $(tail -n 1 "$work/stderr")"
  [ "$(grep -vc '^small: ' "$work/stderr")" -eq 1 ] || fail "${signal%:*}: more than one line"
  grep -q '"status": "interrupted"' "$(run_in "$out")/provenance.json" || fail "the provenance does not say so"
  "$TOOL" resume "$(run_in "$out")" --threads 1 >/dev/null 2>&1 || fail "the run does not go on"
  same_tables "$(run_in "$out")" "$whole" || fail "${signal%:*}: the resumed run's tables differ"
done

# An estimate that takes a minute: the state before it is saved.
slow=$work/slow
interrupt TERM 143 1 "$slow" --threads 1 --set 'estimators=[{type: kernel_density, permutations: 20000}]'
[ -f "$(run_in "$slow")/checkpoint" ] || fail "no checkpoint was written during a long estimate"

# A second signal, from half a second after the first, ends the run immediately.
"$TOOL" run "$work/small.yaml" --out "$work/twice" --set 'estimators=[{type: kernel_density, permutations: 20000}]' \
  >/dev/null 2>&1 &
process=$!
await_run "$work/twice" 1
kill -INT $process
sleep 0.7
start=$(now)
kill -INT $process
await_end $process
{ [ $got -eq 130 ] && [ $took -lt 600 ]; } || fail "a second signal: status $got after $took ms"

# Two signals at once, equal or not, as sent by `timeout` and cgroups, count as one: the run writes a checkpoint.
for i in 1 2 3 4 5 6 7 8; do
  signals=(TERM TERM)
  [ $((i % 2)) -eq 0 ] || signals=(INT HUP)
  "$TOOL" run "$work/small.yaml" --out "$work/double$i" --threads 1 --set training.epochs=20000 >/dev/null 2>"$work/stderr" &
  process=$!
  await_run "$work/double$i" "0.$((RANDOM % 9))"
  kill "-${signals[0]}" $process
  sleep "0.0$((RANDOM % 9))"
  kill "-${signals[1]}" $process 2>/dev/null || true
  got=0
  wait $process || got=$?
  [ $got -eq 143 ] || [ $got -eq 130 ] || [ $got -eq 129 ] || fail "two signals together: status $got"
  [ -f "$(run_in "$work/double$i")/checkpoint" ] || fail "two signals together: no checkpoint"
  grep -q 'interrupted after epoch' "$work/stderr" || fail "two signals together: $(tail -n 1 "$work/stderr")"
done

# The same in a sweep, whose children also get the signal from their parent.
cat >"$work/sweep.yaml" <<YAML
$(cat "$work/small.yaml")
sweep: {grid: {training.learning_rate: [0.01, 0.02, 0.03]}}
YAML
sed -i 's/epochs: 400/epochs: 20000/' "$work/sweep.yaml"
for i in 1 2 3; do
  begin_sweep "$work/sweep$i"
  kill -TERM $process "${children[@]}"
  sleep "0.0$((RANDOM % 9))"
  kill -TERM $process "${children[@]}" 2>/dev/null || true
  got=0
  wait $process || got=$?
  [ $got -eq 143 ] || fail "two signals to a sweep and its children: status $got: $(tail -n 1 "$work/stderr")"
  kept=$(find "$work/sweep$i" -name checkpoint | wc -l)
  [ "$kept" -eq 3 ] || fail "two signals to a sweep and its children: $kept of 3 runs have a checkpoint"
  grep -q ' failed' "$work/stderr" && fail "two signals to a sweep and its children: $(grep -m 1 ' failed' "$work/stderr")"
done

# A stopped child receives it as well.
begin_sweep "$work/stopped"
kill -STOP "${children[0]}"
start=$(now)
kill -TERM $process
await_end $process
{ [ $got -eq 143 ] && [ $took -lt 3500 ]; } || fail "a sweep with a stopped child: status $got after $took ms"
[ "$(find "$work/stopped" -name checkpoint | wc -l)" -eq 3 ] || fail "a sweep with a stopped child: not every run has a checkpoint"

# A signal also ends the verification of a finished run's tables, however large.
cp -r "$whole" "$work/large"
truncate -s "$(awk '/^MemTotal/ { print int($2 / 2) }' /proc/meminfo)K" "$work/large/information.csv"   # a table larger than memory is an error
for command in resume "figures --figure learning_curves"; do
  # shellcheck disable=SC2086
  "$TOOL" $command "$work/large" >/dev/null 2>"$work/stderr" &
  process=$!
  sleep 1.5
  start=$(now)
  kill -TERM $process
  await_end $process
  { [ $got -eq 143 ] && [ $took -lt 1500 ]; } || fail "$command of a large table: status $got after $took ms: $(cat "$work/stderr")"
done

# One writer: the second is rejected within a second, with a message about the first; SIGKILL of the first releases the folder.
"$TOOL" run "$work/small.yaml" --out "$work/locked" --set training.epochs=100000 >/dev/null 2>&1 &
process=$!
await_run "$work/locked" 0.5
locked=$(run_in "$work/locked")
start=$(now)
got=0
"$TOOL" resume "$locked" >/dev/null 2>"$work/stderr" || got=$?
took=$((($(now) - start) / 1000000))
[ "$(cat "$work/stderr")" = "$locked: in use by process $process" ] || fail "a second writer got: $(cat "$work/stderr")"
echo "a second writer: refused after $took ms"
{ [ $got -eq 2 ] && [ $took -lt 1500 ]; } || fail "a second writer: status $got after $took ms"
kill -KILL $process
wait $process 2>/dev/null || true
"$TOOL" resume "$locked" >/dev/null 2>"$work/stderr" &
process=$!
until grep -q 'resumed\|epoch' "$work/stderr" || ! kill -0 $process 2>/dev/null; do sleep 0.05; done
sleep 0.3
kill -TERM $process
wait $process || true
grep -q 'interrupted after epoch' "$work/stderr" || fail "after SIGKILL the folder is not free: $(tail -n 1 "$work/stderr")"
finish 1
