# Extracts the commands of a document; sourced.

# take_out DOCUMENT NAME: writes here each ```yaml block whose first line is "# FILE.yaml" to that file, and the ```sh blocks to
# NAME1.sh, NAME2.sh, ...
take_out() {
  awk -v name="$2" '
    /^```yaml/ { yaml = 1; file = ""; next }
    /^```sh/ { shell = 1; ++n; next }
    /^```/ { yaml = shell = 0; next }
    yaml && /^# [a-z_]+[.]yaml$/ { file = $2 }
    yaml && file != "" { print > file }
    shell { print > (name n ".sh") }' "$1"
}
