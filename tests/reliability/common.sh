# Shared by the reliability tests; sourced with TOOL set to the program's path.
set -euo pipefail

work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
export OMP_NUM_THREADS=1

# A run of about a second: dropout, an optimizer with state, an estimator that starts from its last epoch.
cat > "$work/small.yaml" <<'YAML'
name: small
replicas: 3
dataset: twelve_bit
model: {type: mlp, widths: [6, 3, 1], keep_probability: [0.9, 0.9]}
training: {optimizer: adam, learning_rate: 0.01, batch_size: 256, epochs: 150}
observe: {schedule: {type: every, every: 2}}
estimators: [{type: binning, bins: 20}]
YAML

failures=0
fail() {
  echo "FAILED: $*" >&2
  failures=$((failures + 1))
}

# Skips the test if strace cannot trace.
need_strace() {
  if ! strace -o /dev/null true 2>/dev/null; then
    echo "skipped: strace cannot trace here"
    exit 77
  fi
  export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"   # LeakSanitizer does not work with strace
}

# The folder of the latest run in $1.
run_in() { { find "$1/small" -mindepth 1 -maxdepth 1 2>/dev/null || true; } | sort | tail -n 1; }

# Waits until the run in $1 has its provenance and handles signals, and another $2 seconds.
await_run() {
  local tries=0
  until [ -f "$(run_in "$1")/provenance.json" ] || [ $((tries += 1)) -gt 600 ]; do sleep 0.05; done
  sleep "$2"
}

# Whether the tables of two runs are the same bytes.
same_tables() { cmp -s "$1/training.csv" "$2/training.csv" && cmp -s "$1/information.csv" "$2/information.csv"; }

# Every complete line of the tables has all its fields.
readable() {
  for table in training.csv information.csv; do
    [ -s "$1/$table" ] || continue
    awk -F, -v table="$table" '
      NR == 1 { fields = NF; next }
      { lines[NR] = $0; count[NR] = NF }
      END { for (i = 2; i < NR; ++i) if (count[i] != fields) { print table ":" i ": " lines[i]; exit 1 } }' "$1/$table" || return 1
  done
}

uninterrupted() {
  "$TOOL" run "$work/small.yaml" --out "$work/whole" --threads 1 >/dev/null 2>&1
  whole=$(run_in "$work/whole")
}

finish() {
  if [ "$failures" -gt 0 ]; then
    echo "$failures of $1 failed"
    exit 1
  fi
  echo "$1 of $1 passed"
}
