#!/usr/bin/env bash
# The help of every command fits a screen of 24 lines and 100 columns and has an example of its command.
# usage: help_test.sh INFOPLANE
set -uo pipefail
tool=$1
. "$(dirname "$0")/../support/checks.sh"
commands=$("$tool" --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
[ "$(wc -w <<<"$commands")" -ge 14 ] || fail "infoplane --help lists '$commands'"
for command in '' $commands; do
  # shellcheck disable=SC2086
  help=$("$tool" $command --help) || fail "$command --help: exit code $?"
  awk -v command="infoplane $command --help" '
    length($0) > 100 { print "FAILED " command ": a line of " length($0) " columns: " $0; wrong = 1 }
    END { if (NR > 24) { print "FAILED " command ": " NR " lines"; wrong = 1 } exit wrong }' <<<"$help" || failures=$((failures + 1))
  grep -q "^Example: infoplane ${command:-run}" <<<"$help" || fail "infoplane $command --help has no example"
done
echo "$(wc -w <<<"$commands") commands"
exit $((failures > 0))
