#!/usr/bin/env bash
# Installs what the browser tests need: Chromium and Node.js from Debian, playwright-core from npm into FOLDER. Where that is
# impossible it says why and exits with 77.
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
  command -v apt-get >/dev/null || impossible "they need ${missing[*]}, and this is no Debian or Ubuntu"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || impossible "they need ${missing[*]}, run as root: apt-get install ${missing[*]}"
    as_root=(sudo -n)
  fi
  "${as_root[@]}" apt-get update -qq >/dev/null 2>&1
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    impossible "apt-get cannot install ${missing[*]}"
fi

# The lock names what npm may fetch by its checksum.
cmp -s "$here/package-lock.json" "$folder/package-lock.json" && [ -e "$folder/node_modules/playwright-core" ] && exit 0
mkdir -p "$folder"
cp "$here/package.json" "$here/package-lock.json" "$folder"
(cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1) || {
  rm -f "$folder/package-lock.json"
  impossible "npm cannot fetch playwright-core: $(tail -n 1 "$folder/npm.log")"
}
