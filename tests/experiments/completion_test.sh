#!/usr/bin/env bash
# Completion in real shells: the effect of TAB on a line in an interactive bash and zsh.
# usage: completion_test.sh INFOPLANE SOURCE
set -uo pipefail
tool=$1
source=$2
"$source/scripts/install-packages" zsh python3 || { echo "skipped: zsh or python3 is missing"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/zsh" "$work/folder"
touch "$work/folder/config.yaml"
"$tool" completion bash >"$work/infoplane.bash" && "$tool" completion zsh >"$work/zsh/_infoplane" || exit 1
/usr/bin/python3 "$source/tests/experiments/completion_test.py" "$work"
