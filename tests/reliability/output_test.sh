#!/usr/bin/env bash
# Destinations of commands: pipes and devices, links, one file for six at once; and a sweep's folder with a pipe in place of a file.
# usage: output_test.sh TOOL
TOOL=$1
. "$(dirname "$0")/common.sh"
cd "$work"
uninterrupted
checks=0
# same WHAT EXPECTED GOT
same() {
  checks=$((checks + 1))
  [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}

"$TOOL" report "$whole" --out page.html >/dev/null
"$TOOL" export "$whole" --weights weights.safetensors
digest() { sha256sum | cut -d ' ' -f 1; }
page=$(digest <page.html)
weights=$(digest <weights.safetensors)

# Standard output gets the page but not its path: a pipe, a file and the end of a file; it stays what it is.
ln -s /dev/stdout output
for out in output /dev/fd/1; do   # not /dev/stdout itself, which a bug would replace
  same "report --out $out | ..." "$page" "$("$TOOL" report "$whole" --out "$out" | digest)"
  "$TOOL" report "$whole" --out "$out" >to.html
  same "report --out $out >to.html" "$page" "$(digest <to.html)"
  echo before >to.html
  "$TOOL" report "$whole" --out "$out" >>to.html
  same "report --out $out >>to.html" "before $page" "$(head -n 1 to.html) $(tail -n +2 to.html | digest)"
done
same "export --weights output" "$weights" "$("$TOOL" export "$whole" --weights output | digest)"
[ -L output ] || fail "a link was replaced"

# A pipe, a full device, a link to a file, a dangling link.
mkfifo pipe
digest <pipe >read &
"$TOOL" report "$whole" --out pipe >/dev/null
wait $!
same "report --out PIPE" "$page" "$(cat read)"
[ -p pipe ] || fail "the pipe was replaced"
status=0
"$TOOL" report "$whole" --out /dev/full >out 2>err || status=$?
same "report --out /dev/full" "1 /dev/full: cannot write: No space left on device" "$status $(cat err)"
mkdir site
ln -s site/page.html link.html
for turn in made replaced; do
  "$TOOL" report "$whole" --out link.html >/dev/null
  [ -L link.html ] || fail "the link was replaced when the file was $turn"
  same "report --out LINK, $turn" "$page" "$(digest <site/page.html)"
done

# In a run's folder, which may come from somebody else, a link is replaced.
echo precious >elsewhere
ln -s "$work/elsewhere" "$whole/report.html"
"$TOOL" report "$whole" >/dev/null
same "what report.html led to" precious "$(cat elsewhere)"
same "report.html" "$page" "$(digest <"$whole/report.html")"

# Six at once.
for command in "report $whole --out six" "export $whole --weights six"; do
  processes=()
  for i in 1 2 3 4 5 6; do
    # shellcheck disable=SC2086
    "$TOOL" $command >/dev/null 2>"err$i" &
    processes+=($!)
  done
  for i in 1 2 3 4 5 6; do wait "${processes[i - 1]}" || fail "$command, one of six: $(cat "err$i")"; done
  case $command in report*) same "$command" "$page" "$(digest <six)" ;; *) same "$command" "$weights" "$(digest <six)" ;; esac
done
same "what is left of them" "" "$(find . -name '.*.tmp')"

# An invalid job number, and a pipe in its place, on which a read would block.
cat >sweep.yaml <<YAML
$(cat small.yaml)
sweep: {grid: {training.learning_rate: [0.01, 0.02]}}
YAML
mkdir -p swept/small/slurm
mkfifo swept/small/slurm/job
refused() {
  local status=0
  timeout 20 "$TOOL" sweep sweep.yaml --out swept >out 2>err || status=$?
  same "sweep with slurm/job $1" "2 $work/swept/small/slurm/job: $2" "$status $(cat err)"
}
refused "a pipe" "not a regular file"
rm swept/small/slurm/job
printf '%s\n' '--me' >swept/small/slurm/job
refused "an option" "must start with a job number, got '--me'"
finish $checks
