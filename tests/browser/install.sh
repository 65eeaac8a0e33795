#!/usr/bin/env bash
# Installs the packages of the browser tests: Chromium and Node.js from Debian, playwright-core from npm in FOLDER. Prints the
# reason and exits with 77 if that is impossible.
# usage: install.sh FOLDER
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1

impossible() {
  echo "browser tests cannot run here: $1"
  exit 77
}

missing=()
command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
if [ ${#missing[@]} -gt 0 ]; then
  "$here/../../scripts/install-packages" "${missing[@]}" >/dev/null || impossible "${missing[*]} cannot be installed"
fi

# The lock file has the checksums of what npm may fetch.
cmp -s "$here/package-lock.json" "$folder/package-lock.json" && [ -e "$folder/node_modules/playwright-core" ] && exit 0
mkdir -p "$folder"
cp "$here/package.json" "$here/package-lock.json" "$folder"
(cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1) || {
  rm -f "$folder/package-lock.json"
  impossible "npm cannot fetch playwright-core: $(tail -n 1 "$folder/npm.log")"
}
