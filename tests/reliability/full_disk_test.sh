#!/usr/bin/env bash
# A run on a file system that fills up, at several sizes: it ends with status 1 or 2 and one line with path and reason, its files
# are readable, and with free space it can be resumed to the tables of a run that always had enough.
# usage: full_disk_test.sh TOOL
TOOL=$1
. "$(dirname "$0")/common.sh"
disk=$work/disk
mkdir "$disk"
if ! mount -t tmpfs -o size=64k none "$disk" 2>/dev/null; then
  echo "skipped: no file system can be mounted here"
  exit 77
fi
trap 'umount "$disk"; rm -rf "$work"' EXIT

uninterrupted
needed=$(du -sk "$whole" | cut -f1)
run=("$TOOL" run "$work/small.yaml" --out "$disk/out" --threads 2 --checkpoint-every 0 --resume)
sizes=0
for ((size = 8; size < needed; size += needed / 8)); do
  rm -rf "$disk/out"
  mount -o remount,size=${size}k "$disk"
  status=0
  "${run[@]}" >/dev/null 2>"$work/stderr" || status=$?
  last=$(tail -n 1 "$work/stderr")
  [ $status -eq 1 ] || [ $status -eq 2 ] || fail "$size KiB: exit status $status: $last"
  case $last in
    *"$disk/out"*"No space left on device"*) ;;
    *) fail "$size KiB: the last line names not path and reason: $last" ;;
  esac
  [ "$(grep -vc '^small: ' "$work/stderr")" -eq 1 ] || fail "$size KiB: more than one line: $(cat "$work/stderr")"
  left=$(run_in "$disk/out")
  [ -z "$left" ] || readable "$left" || fail "$size KiB: a table is not readable"
  mount -o remount,size=$((4 * needed))k "$disk"
  "${run[@]}" >/dev/null 2>"$work/stderr" || fail "$size KiB: the run does not go on: $(tail -n 1 "$work/stderr")"
  same_tables "$(run_in "$disk/out")" "$whole" || fail "$size KiB: the tables differ"
  sizes=$((sizes + 1))
done
finish $sizes
