#!/usr/bin/env bash
# Makes the start of the N-th thread fail, or of all from the N-th on. The first thread waits for signals: without it
# the program ends with status 1 and one line. The others share the work, which the existing ones do without them: with the same bytes.
# usage: thread_test.sh TOOL
TOOL=$1
. "$(dirname "$0")/common.sh"
need_strace

sed -i -e 's/epochs: 150/epochs: 12/' -e 's/every: 2/every: 6/' "$work/small.yaml"
run=("$TOOL" run "$work/small.yaml" --threads 3)
calls=clone,clone3   # calls that start threads
uninterrupted

strace -o "$work/trace" -e trace=$calls "${run[@]}" --out "$work/traced" >/dev/null 2>&1
started=$(grep -c '^clone' "$work/trace")
[ "$started" -ge 6 ] || fail "a run with three threads starts $started"

# refusing WHEN: a run in which those threads fail to start.
refusing() {
  status=0
  timeout 60 strace -o "$work/trace" -e trace=$calls -e inject=$calls:error=EAGAIN:when="$1" "${run[@]}" --out "$work/$1" \
    >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
  grep -q INJECTED "$work/trace" || fail "thread $1: none was refused"
}

for when in 1 1+; do
  refusing $when
  [ $status -eq 1 ] || fail "thread $when: exit status $status"
  [ "$(cat "$work/stderr")" = "cannot start a thread: Resource temporarily unavailable" ] ||
    fail "thread $when: $(cat "$work/stderr")"
done
for when in 2 2+ 3 3+ 4 5+ "$started"; do
  refusing "$when"
  [ $status -eq 0 ] || fail "thread $when: exit status $status: $(tail -n 1 "$work/stderr")"
  same_tables "$(run_in "$work/$when")" "$whole" || fail "thread $when: the tables differ"
done
finish 9
