#!/usr/bin/env bash
# gnuplot ends with the program that called it, however that ends; the next program removes files left by a killed one; a full
# disk and a missing gnuplot are reported; and concurrent drawing works.
# usage: drawing_test.sh TOOL
TOOL=$1
. "$(dirname "$0")/common.sh"

sed -i 's/epochs: 150/epochs: 20/' "$work/small.yaml"
echo 'figures: [information_plane, learning_curves]' >>"$work/small.yaml"
uninterrupted
checks=0
plain=$PATH

# A gnuplot that hangs, and writes its process number.
mkdir "$work/hangs"
cat >"$work/hangs/gnuplot" <<SH
#!/bin/sh
echo \$\$ >"$work/process.new"
mv "$work/process.new" "$work/process"
exec sleep 600
SH
chmod +x "$work/hangs/gnuplot"

await() { for ((i = 0; i < 600; ++i)); do "$@" && return; sleep 0.05; done; fail "$* does not come"; }
is_gone() { [ ! -d "/proc/$1" ] || grep -q '^State:.*Z' "/proc/$1/status"; }

# ends SIGNAL STATUS ARGUMENTS...: the command hangs in gnuplot, is sent SIGNAL, and ends with STATUS, and gnuplot ends with it.
ends() {
  local signal=$1 status=$2 got=0
  shift 2
  checks=$((checks + 1))
  rm -f "$work/process"
  PATH=$work/hangs:$plain "$TOOL" "$@" >/dev/null 2>"$work/stderr" &
  local process=$!
  await [ -e "$work/process" ]
  kill "-$signal" $process
  wait $process || got=$?
  [ $got -eq "$status" ] || fail "$signal: $*: status $got, not $status: $(tail -n 1 "$work/stderr")"
  await is_gone "$(cat "$work/process")"
}

is_clean() { [ -z "$(find "$1" -name '.drawing-*')" ]; }

ends TERM 143 figures "$whole"
is_clean "$whole" || fail "SIGTERM: a folder is left"
ends KILL 137 figures "$whole"
"$TOOL" figures "$whole" 2>/dev/null || fail "figures after SIGKILL"
is_clean "$whole" || fail "SIGKILL: the next drawing leaves the folder"
ends TERM 143 run "$work/small.yaml" --out "$work/stopped" --threads 1
tail -n 1 "$work/stderr" | grep -q 'interrupted after epoch 20' || fail "a run that is stopped drawing: $(cat "$work/stderr")"
"$TOOL" resume "$(run_in "$work/stopped")" >/dev/null 2>&1 || fail "a run that was stopped drawing does not go on"
same_tables "$(run_in "$work/stopped")" "$whole" || fail "its tables differ"
is_clean "$work/stopped" || fail "a run that was stopped drawing leaves a folder"

# Reported before the first epoch, without leaving files.
checks=$((checks + 1))
mkdir "$work/bare"
got=0
PATH=$work/bare "$TOOL" run "$work/small.yaml" --out "$work/none" >"$work/stdout" 2>"$work/stderr" || got=$?
[ "$got $(cat "$work/stderr")" = "2 gnuplot is not installed: figures need it (Debian: apt install gnuplot-nox)" ] ||
  fail "without gnuplot: $got $(cat "$work/stderr")"
[ ! -e "$work/none" ] || fail "without gnuplot a run leaves a folder"
PATH=$work/bare "$TOOL" run "$work/small.yaml" --out "$work/none" --set 'figures=[]' >/dev/null 2>&1 || fail "a run without figures needs gnuplot"

# Six at once, with the figures of one.
checks=$((checks + 1))
cp -r "$whole/figures" "$work/pictures"
processes=()
for _ in 1 2 3 4 5 6; do
  "$TOOL" figures "$whole" >/dev/null 2>>"$work/six" &
  processes+=($!)
done
for process in "${processes[@]}"; do wait "$process" || fail "one of six figures at once: $(cat "$work/six")"; done
diff -r "$whole/figures" "$work/pictures" >/dev/null || fail "six figures at once: the pictures differ"
is_clean "$whole" || fail "six figures at once leave a folder"

# A disk that fills up while gnuplot draws.
mkdir "$work/disk"
if mount -t tmpfs -o size=64k none "$work/disk" 2>/dev/null; then
  trap 'umount "$work/disk"; rm -rf "$work"' EXIT
  for size in 72 80 88 96 112 128; do
    checks=$((checks + 1))
    rm -rf "$work/disk"/*
    mount -o remount,size=1m "$work/disk"
    mkdir "$work/disk/small"
    cp -r "$whole" "$work/disk/small/1"
    rm -rf "$work/disk/small/1/figures"
    used=$(df -k --output=used "$work/disk" | tail -n 1)
    mount -o remount,size=$((used + size - 64))k "$work/disk"
    got=0
    "$TOOL" figures "$work/disk/small/1" >/dev/null 2>"$work/stderr" || got=$?
    last=$(tail -n 1 "$work/stderr")
    [ $got -eq 1 ] || fail "$((size - 64)) KiB left: status $got: $last"
    case $last in
      *"$work/disk/small/1/figures"*"cannot write: No space left on device") ;;
      *"$work/disk/small/1/figures"*": No space left on device") ;;
      *) fail "$((size - 64)) KiB left: $last" ;;
    esac
    is_clean "$work/disk" || fail "$((size - 64)) KiB left: a folder stays"
  done
fi
finish $checks
