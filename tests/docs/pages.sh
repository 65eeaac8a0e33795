# Runs the commands of documentation pages: run_page PAGE, in the current folder; sourced.

# The block must be in the repository's file of that name, or is written to a file here.
file_block() {
  local place=$1 file=$2 block
  block=$(cat)
  if [ -e "$source/$file" ]; then
    [[ "$(cat "$source/$file")" == *"$block"* ]] || { echo "$place: $file does not contain this block"; exit 1; }
  else
    printf '%s\n' "$block" >"$file"
  fi
}

# change KIND PLACE SHOWN PRINTED: with --rewrite, notes what the page must say instead.
change() {
  [ -n "${rewrites:-}" ] || return 1
  python3 -c 'import json, sys
kind, place, shown, printed = sys.argv[1:]
page, line = place.rsplit(":", 1)
print(json.dumps({"page": page, "line": int(line), "kind": kind, "shown": shown, "printed": printed}))' "$@" >>"$rewrites"
}

# The commands of a block must print the output shown.
console_block() {
  local place=$1 commands="" printed="" line more=""
  while IFS= read -r line; do
    if [[ $line == '$ '* || -n $more ]]; then
      commands+="${line#'$ '}"$'\n'
      more=""
      [[ $line != *'\' ]] || more=yes
    else
      printed+="$line"$'\n'
    fi
  done
  eval "$commands" >.printed 2>&1
  printf '%s' "$printed" >.shown
  python3 "$source/tests/docs/output.py" compare .shown .printed >.difference || change console "$place" "" "$(cat .printed)" ||
    { cat .difference; echo "$place: the commands print another output"; exit 1; }
}

# number_check PLACE NUMBER: the text above has the number, the command on stdin prints it.
number_check() {
  local place=$1 shown=$2 printed
  printed=$(eval "$(cat)")
  [ "$shown" = "$printed" ] || change number "$place" "$shown" "$printed" ||
    { echo "$place: the text says $shown, the command prints $printed"; exit 1; }
}

unchecked_number() {
  echo "$1: the paragraph above does not contain $2"
  exit 1
}

unknown_block() {
  echo "$1: the block must begin with \`\`\`sh, \`\`\`console, \`\`\`text or \`\`\`LANGUAGE FILE"
  exit 1
}

# Prints the output and returns 1 if a command of the page fails. Uses a separate shell, since `set -e` has no effect inside a
# condition.
run_page() {
  local page=$1 blocks script
  blocks=$(awk -f "$source/tests/docs/blocks.awk" "$page") || return 1
  script=$(mktemp)
  {
    echo "set -eEuo pipefail; source='$source'; place='$page'"
    echo '. "$source/tests/docs/pages.sh"'
    echo "trap 'echo \"\$place: this block failed: \$BASH_COMMAND\"' ERR"
    echo "$blocks"
  } >"$script"
  if bash "$script" >"$script.log" 2>&1 </dev/null; then
    rm "$script" "$script.log"
  else
    tail -n 30 "$script.log"
    rm "$script" "$script.log"
    return 1
  fi
}

# Every relative link of the page must lead to a file.
links_of() {
  local page=$1 link
  awk '/^```/ { code = !code } !code' "$page" | grep -oE '\]\([^)# ]+' | sed 's/^](//' | grep -vE '^[a-z]+:' | while read -r link; do
    [ -e "$(dirname "$page")/$link" ] || echo "$page: the link to $link leads nowhere"
  done
}
