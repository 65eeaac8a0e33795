#!/usr/bin/env bash
# The JSON Schema of configs, with a draft-07 validator: it accepts all configs of the repository and rejects the structurally
# wrong ones of bad_configs.txt; the committed schema is the tool's output.
# usage: schema_test.sh INFOPLANE SOURCE
set -uo pipefail
tool=$1
source=$2
"$source/scripts/install-packages" python3-jsonschema python3-ruamel.yaml || { echo "skipped: no validator for JSON Schema"; exit 77; }
. "$(dirname "$0")/../support/checks.sh"

"$tool" schema >"$work/schema.json" || fail "schema: exit code $?"
cmp "$work/schema.json" "$source/configs/experiment.schema.json" ||
  fail "configs/experiment.schema.json is not what the tool prints: scripts/infoplane schema > configs/experiment.schema.json"
for config in "$source"/configs/*/*.yaml; do
  [ "$(head -n 1 "$config")" = '# yaml-language-server: $schema=../experiment.schema.json' ] || fail "$config: its first line names no schema"
done
/usr/bin/python3 "$source/tests/experiments/schema_test.py" "$work/schema.json" "$source" "$tool" || fail "schema_test.py"
exit $((failures > 0))
