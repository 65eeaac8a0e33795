# Shared by tests of the command line; sourced. They run in a temporary folder, which is removed at the end.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
checks=0
failures=0

fail() {
  failures=$((failures + 1))
  printf 'FAILED %s\n' "$1"
}

# same WHAT EXPECTED GOT
same() {
  checks=$((checks + 1))
  [ "$2" = "$3" ] || fail "$1: expected
$2
got
$3"
}

# rejects LINE ARGUMENTS...: exits with 2 and prints only LINE on stderr; the program is in $tool.
rejects() {
  local line=$1
  shift
  checks=$((checks + 1))
  "$tool" "$@" >out 2>err </dev/null
  [ "$? $(cat err)" = "2 $line" ] || fail "$*: printed '$(cat err)', expected '$line'"
}
