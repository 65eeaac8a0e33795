#!/usr/bin/env bash
# Runs every command and checks every snippet of the documentation, each page in a separate folder with the
# repository's configs and scripts/infoplane; compares docs/reference.md with the tool's output.
# With --rewrite, numbers and outputs that differ are written to the pages instead of being failures.
# usage: docs_test.sh INFOPLANE SOURCE [--rewrite] [PAGE...]
set -uo pipefail
tool=$1
source=$2
shift 2
rewrite=""
[ "${1:-}" != --rewrite ] || { rewrite=yes; shift; }
. "$source/tests/docs/pages.sh"
"$source/scripts/install-packages" python3-numpy python3-torch || { echo "skipped: NumPy and PyTorch are missing"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
export rewrites=${rewrite:+$work/rewrites}

# The tool is on the PATH, and in scripts/ as in a clone.
mkdir -p "$work/bin"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$tool" >"$work/bin/infoplane"
chmod +x "$work/bin/infoplane"
export PATH="$work/bin:/usr/bin:$PATH"

# Pages run by other tests: the install test, and the tests of their commands.
elsewhere=(own-module own-estimator report runs sweeps clusters editors)
pages=("$@")
[ $# -gt 0 ] || pages=("$source"/README.md "$source"/docs/*.md)
for page in "${pages[@]}"; do
  page=$(realpath "$page")
  name=$(basename "$page" .md)
  links_of "$page" >"$work/links"
  [ ! -s "$work/links" ] || { cat "$work/links"; failures=$((failures + 1)); }
  [[ " ${elsewhere[*]} " != *" $name "* ]] || continue
  mkdir -p "$work/$name/scripts"
  cp -r "$source/configs" "$work/$name/"
  cp "$work/bin/infoplane" "$work/$name/scripts/infoplane"
  start=$SECONDS
  (cd "$work/$name" && run_page "$page") || failures=$((failures + 1))
  echo "$name: $((SECONDS - start)) s"
done

if [ -s "${rewrites:-}" ]; then
  python3 "$source/tests/docs/output.py" rewrite "$rewrites" || failures=$((failures + 1))
fi
if [ $# -eq 0 ]; then
  "$tool" describe --format markdown | diff -u "$source/docs/reference.md" - >"$work/difference" || {
    head -n 20 "$work/difference"
    echo "docs/reference.md differs from the tool's output; update it: scripts/infoplane describe --format markdown >docs/reference.md"
    failures=$((failures + 1))
  }
fi
echo "${#pages[@]} pages, $failures failures"
[ "$failures" = 0 ]
