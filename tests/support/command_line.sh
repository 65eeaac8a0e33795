# Shared by tests of the tool's output, in addition to checks.sh; sourced, with the program in $tool.

# refused CODE LINE ARGUMENTS...: exits with CODE, prints only LINE on stderr, nothing on stdout, and leaves no file.
refused() {
  local code=$1 line=$2
  shift 2
  checks=$((checks + 1))
  "$tool" "$@" >out 2>err </dev/null
  local got=$?
  [ "$got" = "$code" ] || fail "$*: exit code $got, expected $code"
  [ "$(cat err)" = "$line" ] || fail "$*: printed '$(cat err)', expected '$line'"
  [ ! -s out ] || fail "$*: wrote to stdout"
  [ ! -e runs ] || fail "$*: left runs/ behind"
}

# accepted PATTERN ARGUMENTS...: exits with 0 and prints a line that matches PATTERN.
accepted() {
  local pattern=$1
  shift
  checks=$((checks + 1))
  "$tool" "$@" >out 2>err </dev/null || fail "$*: exit code $?: $(cat err)"
  grep -q -- "$pattern" out || fail "$*: no '$pattern' in $(cat out)"
}
