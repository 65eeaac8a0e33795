#!/usr/bin/env bash
# The man page: man-db reads it without a warning, and it has the help of every command.
# usage: man_page_test.sh INFOPLANE SOURCE
set -uo pipefail
tool=$1
source=$2
"$source/scripts/install-packages" help2man man-db || { echo "skipped: help2man or man is missing"; exit 77; }
. "$(dirname "$0")/../support/checks.sh"
"$source/scripts/man-page" "$tool" >"$work/infoplane.1" || fail "man-page: exit code $?"
MANWIDTH=100 man --warnings --local-file "$work/infoplane.1" >"$work/page" 2>"$work/warnings" || fail "man: exit code $?"
[ ! -s "$work/warnings" ] || fail "man warns: $(cat "$work/warnings")"
for text in '^NAME' 'infoplane - neural networks learning' '^COMMANDS' '^ *Usage: infoplane compare' '--checkpoint-every' '^EXIT STATUS' \
  "Example: infoplane run twelve_bit/tanh"; do
  grep -q -- "$text" "$work/page" || fail "the man page has no '$text'"
done
same "the version" "$("$tool" --version | head -n 1)" "$(tail -n 1 "$work/page" | grep -o 'infoplane [0-9.]*')"
grep -qi 'libtorch [0-9]' "$work/page" && fail "the man page has details of the machine that made it"
exit $((failures > 0))
