#!/usr/bin/env bash
# Makes single system calls of a run fail (the N-th openat, pwrite64, fsync, rename, mkdir or flock in its folder), COUNT
# of them evenly chosen from all, 0 for all: the run ends with status 1 or 2 and one line with the path and the
# reason, its files are readable, and it can be resumed to the tables of a run without faults.
# usage: fault_test.sh TOOL COUNT
TOOL=$1
count=$2
. "$(dirname "$0")/common.sh"
need_strace

sed -i -e 's/epochs: 150/epochs: 12/' -e 's/every: 2/every: 6/' "$work/small.yaml"
echo 'figures: [learning_curves]' >>"$work/small.yaml"
run=("$TOOL" run "$work/small.yaml" --threads 1 --checkpoint-every 0 --resume)
calls=openat,pwrite64,fsync,rename,mkdir,flock,ftruncate
uninterrupted

# SYSCALL N for every call of the main thread in the folder, counted among all calls of that name.
strace -y -o "$work/trace" -e trace=$calls "${run[@]}" --out "$work/traced" >/dev/null 2>&1
awk -v folder="$work/traced" '{ name = $1; sub(/\(.*/, "", name); n[name]++; if (index($0, folder)) print name, n[name] }' \
  "$work/trace" >"$work/calls"

errors() {
  case $1 in
    openat) echo "EACCES EMFILE" ;;
    pwrite64) echo "ENOSPC EIO" ;;
    fsync | ftruncate) echo "EIO" ;;
    rename) echo "EACCES EIO" ;;
    mkdir) echo "EACCES ENOSPC" ;;
    flock) echo "ENOLCK" ;;
  esac
}
declare -A reason=([EACCES]="Permission denied" [EMFILE]="Too many open files" [ENOSPC]="No space left on device"
  [EIO]="Input/output error" [ENOLCK]="No locks available")

while read -r call n; do
  for error in $(errors "$call"); do echo "$call $n $error"; done
done <"$work/calls" >"$work/faults"
all=$(wc -l <"$work/faults")
[ "$count" -gt 0 ] && [ "$count" -lt "$all" ] || count=$all
awk -v all="$all" -v count="$count" 'int((NR - 1) * count / all) != int(NR * count / all)' "$work/faults" >"$work/chosen"
echo "$count of $all faults"

while read -r call n error; do
  out=$work/out
  rm -rf "$out"
  status=0
  strace -o /dev/null -e trace="$call" -e inject="$call:error=$error:when=$n" "${run[@]}" --out "$out" \
    >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
  what="$error at $call number $n"
  last=$(tail -n 1 "$work/stderr")
  [ $status -eq 1 ] || [ $status -eq 2 ] || fail "$what: exit status $status: $last"
  case $last in
    *"$out"*"${reason[$error]}"*) ;;
    *) fail "$what: the last line names not path and reason: $last" ;;
  esac
  [ "$(grep -vc '^small: ' "$work/stderr")" -eq 1 ] || fail "$what: more than one line: $(cat "$work/stderr")"
  left=$(run_in "$out")
  [ -z "$left" ] || readable "$left" || fail "$what: a table is not readable"
  "${run[@]}" --out "$out" >"$work/stdout" 2>"$work/stderr" || fail "$what: the run does not go on: $(tail -n 1 "$work/stderr")"
  same_tables "$(run_in "$out")" "$whole" || fail "$what: the tables differ"
  rest=$(find "$out" -name '.*.tmp')
  [ -z "$rest" ] || fail "$what: left $rest"
done <"$work/chosen"
finish "$count"
