#!/usr/bin/env bash
# Standard streams that are closed, full, a pipe without a reader or a closed terminal: a run ends with the tables of one that could print.
# A file size limit: a run ends with one line and can be resumed.
# usage: streams_test.sh TOOL
TOOL=$1
. "$(dirname "$0")/common.sh"
cd "$work"
sed -i -e 's/epochs: 150/epochs: 60/' -e 's/every: 2/every: 1/' small.yaml
uninterrupted
checks=0

# finished WHAT OUT: the run in OUT is finished, with the tables of the reference run.
finished() {
  checks=$((checks + 1))
  local run
  run=$(run_in "$2")
  grep -q '"status": "finished"' "$run/provenance.json" || fail "$1: it is not finished: $(grep status "$run/provenance.json")"
  same_tables "$run" "$whole" || fail "$1: the tables differ"
}

# The next opened file would get the number of a closed stream: 0, 1, 2, separately and together.
run=("$TOOL" run small.yaml --threads 2 --checkpoint-every 0)
"${run[@]}" --out closed0 <&- >/dev/null 2>&1 || fail "run <&-: $?"
finished "run <&-" closed0
status=0
"${run[@]}" --out closed1 >&- 2>err || status=$?
[ "$status $(tail -n 1 err)" = "1 standard output: cannot write: Bad file descriptor" ] || fail "run >&-: $status $(tail -n 1 err)"
finished "run >&-" closed1
"${run[@]}" --out closed2 2>&- >/dev/null || fail "run 2>&-: $?"
finished "run 2>&-" closed2
"${run[@]}" --out closed <&- >&- 2>&- || true
finished "run <&- >&- 2>&-" closed
"$TOOL" run small.yaml --out killed --checkpoint-every 0 --set training.epochs=100000 >/dev/null 2>&1 &
await_run killed 0.3
kill -KILL $!
wait $! 2>/dev/null || true
sed -i 's/epochs: 100000/epochs: 60/' "$(run_in killed)/experiment.yaml"
rm -f "$(run_in killed)/checkpoint"
"$TOOL" resume "$(run_in killed)" <&- 2>&- >/dev/null || fail "resume <&- 2>&-: $?"
finished "resume <&- 2>&-" killed

# No reader.
"${run[@]}" --out full 2>/dev/full >/dev/null || fail "run 2>/dev/full: $?"
finished "run 2>/dev/full" full
{ "${run[@]}" --out piped 2>&1 || true; } | true
finished "run | true" piped
{ "$TOOL" resume "$(run_in piped)" --progress json 2>&1 || true; } | true
finished "resume --progress json | true" piped
status=0
"$TOOL" describe >/dev/full 2>err || status=$?
[ "$status $(cat err)" = "1 standard output: cannot write: No space left on device" ] || fail "describe >/dev/full: $status $(cat err)"
status=$({ { "$TOOL" describe --format markdown 2>err || echo $? >&3; } | true; } 3>&1)
[ "$status" = 141 ] && [ ! -s err ] || fail "describe | true: status '$status', printed '$(cat err)'"

# A terminal closed during the run; with nohup the run continues.
if command -v python3 >/dev/null; then
  cat >terminal.py <<'PY'
import glob, os, pty, sys, time
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
while not glob.glob(f"{sys.argv[-1]}/small/*/provenance.json"):
    time.sleep(0.05)
time.sleep(0.4)
os.close(terminal)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PY
  long=("$TOOL" run small.yaml --threads 1 --set training.epochs=2500 --set 'observe={schedule: {type: every, every: 50}}')
  checks=$((checks + 1))
  [ "$(python3 terminal.py "${long[@]}" --out hung 2>/dev/null)" = 129 ] || fail "a closed terminal: the status is not 129"
  grep -q '"status": "interrupted"' "$(run_in hung)/provenance.json" || fail "a closed terminal: the provenance does not say so"
  [ -f "$(run_in hung)/checkpoint" ] || fail "a closed terminal: no checkpoint"
  [ "$(python3 terminal.py nohup "${long[@]}" --out nohup 2>/dev/null)" = 0 ] || fail "a closed terminal, nohup: the status is not 0"
  grep -q '"status": "finished"' "$(run_in nohup)/provenance.json" || fail "a closed terminal, nohup: it is not finished"
fi

# A file size limit of 8 KiB.
status=0
(ulimit -f 8; exec "${run[@]}" --out limited >/dev/null 2>err) || status=$?
[ $status -eq 1 ] || fail "ulimit -f: status $status: $(tail -n 1 err)"
grep -q "^$(run_in limited): .*: cannot write: File too large$" err || fail "ulimit -f printed: $(tail -n 1 err)"
"$TOOL" resume "$(run_in limited)" >/dev/null 2>&1 || fail "ulimit -f: the run does not go on"
finished "ulimit -f" limited
finish $checks
