#!/usr/bin/env bash
# The system cannot start processes: a sweep reports it for each run and ends, and can be resumed once the fault is gone. Runs in its
# own process namespace: a program that took the number -1 for a child would kill all processes of the user.
# usage: process_test.sh TOOL
TOOL=$1
if ! unshare -p -f --mount-proc --kill-child true 2>/dev/null; then
  echo "skipped: no namespace of processes can be made here"
  exit 77
fi
. "$(dirname "$0")/common.sh"
need_strace

sed -i 's/epochs: 150/epochs: 20/' "$work/small.yaml"
cp "$work/small.yaml" "$work/both.yaml"
echo 'sweep: {grid: {training.learning_rate: [0.01, 0.02]}}' >>"$work/both.yaml"
cd "$work"
refusal="cannot start a process: Resource temporarily unavailable"
checks=0

# without_fork COMMAND...: runs it for at most a minute while no process can be forked.
without_fork() {
  status=0
  checks=$((checks + 1))
  unshare -p -f --mount-proc --kill-child timeout -s KILL 60 \
    strace -o trace -e trace=clone,fork,vfork -e inject=clone,fork,vfork:error=EAGAIN "$@" >out 2>err </dev/null || status=$?
  grep -q INJECTED trace || fail "$*: no process was refused"
}

without_fork "$TOOL" sweep both.yaml --out runs
[ $status -eq 1 ] || fail "sweep: exit status $status: $(tail -n 1 err)"
last="runs/small: 2 of 2 runs failed: learning_rate_0.01: $refusal; learning_rate_0.02: $refusal"
[ "$(tail -n 1 err)" = "$last" ] || fail "sweep printed: $(tail -n 1 err)"
"$TOOL" sweep both.yaml --out runs >/dev/null 2>err || fail "the sweep does not go on: $(tail -n 1 err)"
[ "$("$TOOL" list runs --format csv | grep -c ',finished,')" -eq 2 ] || fail "not both runs are finished: $("$TOOL" list runs)"

without_fork "$TOOL" sweep both.yaml --out submitted --launcher slurm
[ $status -eq 1 ] || fail "sweep --launcher slurm: exit status $status: $(tail -n 1 err)"
[ "$(cat err)" = "scontrol: cannot start: Resource temporarily unavailable" ] || fail "sweep --launcher slurm printed: $(cat err)"
[ -z "$(find submitted -name experiment.yaml)" ] || fail "sweep --launcher slurm left runs"
finish $checks
