#!/usr/bin/env bash
# Every output of `describe` fits 120 columns.
# usage: describe_test.sh INFOPLANE
set -uo pipefail
tool=$1
. "$(dirname "$0")/../support/checks.sh"

fits() {
  local text
  text=$("$tool" "$@") || fail "$*: exit code $?"
  checks=$((checks + 1))
  awk -v command="$*" 'length($0) > 120 { print "FAILED " command ": a line of " length($0) " columns: " $0; wrong = 1 }
    END { exit wrong }' <<<"$text" || failures=$((failures + 1))
}

fits describe
for kind in dataset model optimizer schedule estimator figure claim; do
  fits describe "$kind"
  for name in $("$tool" describe | sed -n "/^$kind: /,/^\$/s/^  \([a-z0-9_]*\): .*/\1/p"); do fits describe "$kind" "$name"; done
done
[ "$checks" -ge 50 ] || fail "only $checks outputs"
echo "$checks checks"
exit $((failures > 0))
