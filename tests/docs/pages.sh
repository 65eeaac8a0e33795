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

# Replaces numbers by # and spaces by one, to compare the output with that of another machine; keeps the line and column of a
# place, FILE:6:29.
without_numbers() { sed -E 's/(^|[^:0-9])-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?/\1#/g; s/ +/ /g; s/ $//'; }

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
  diff <(eval "$commands" 2>&1 | without_numbers) <(printf '%s' "$printed" | without_numbers) ||
    { echo "$place: the commands print other text"; exit 1; }
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
