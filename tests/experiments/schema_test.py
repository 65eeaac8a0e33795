"""Validates shipped and bad configs. usage: schema_test.py SCHEMA SOURCE INFOPLANE"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
source = pathlib.Path(sys.argv[2])
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
failures = 0

# What the tool says to configs of which a schema knows enough to refuse them.
STRUCTURAL = re.compile(
    r"unknown key|missing key|unknown (dataset|model|optimizer|schedule|estimator|figure|claim) "
    r"|must be (a whole number|a finite number|true or false|text|a list|a map|a name|one of|from |above |at least |positive"
    r"|activation, data|1 to 64|the name of a|one line)")

# Of those, what a schema cannot know, and why.
SPELLING = "JSON knows the value, not how it was written"
OTHER_KEYS = "it depends on other keys"
INFINITE = "a number of YAML, and no schema tells that it is none of JSON"
BEYOND = {
    "an exponent for a whole number": SPELLING,
    "a plus sign": SPELLING,
    "a hexadecimal number": SPELLING,
    "an underscore in a number": SPELLING,
    "a bool in capitals": SPELLING,
    "a decimal seed": SPELLING,
    "a generator that is not octal": SPELLING,
    "every one of too many epochs": OTHER_KEYS,
    "a figure of an estimator that does not exist": OTHER_KEYS,
    "a figure of an estimator by its type instead of its name": OTHER_KEYS,
    "an estimator of noise without noise": OTHER_KEYS,
    "a value that the estimator does not give": OTHER_KEYS,
    "a claim of an estimator that does not exist": OTHER_KEYS,
    "a range of no extent": "it compares two numbers",
    "a range from high to low": "it compares two numbers",
    "YAML's infinite learning rate": INFINITE,
    "YAML's learning rate that is no number": INFINITE,
    "a learning rate larger than a double": INFINITE,
    "an infinite range": INFINITE,
}


def load(text):
    yaml = YAML(typ="safe", pure=True)   # YAML 1.2, as editors read it
    yaml.version = (1, 2)
    return yaml.load(text)


def fail(what):
    global failures
    failures += 1
    print("FAILED", what)


def unescaped(line):
    line = re.sub(r"<(\d+)\*([^>]+)>", lambda m: m[2] * int(m[1]), line)
    return re.sub(r"<([0-9a-f]{2})>", lambda m: chr(int(m[1], 16)), line)


def records():
    """(name, yaml, error) of bad_configs.txt without `--set`; that file says what its marks mean."""
    good, record, mark = [], None, ""
    for line in (source / "tests/experiments/bad_configs.txt").read_text().splitlines():
        start, rest = line[:3], line[3:]
        if start in ("== ", "=! "):
            record, mark = [rest, start == "=! ", [], False], start
        elif start == "=> " and not mark:
            continue  # a further line of the error
        elif start == "=> ":
            name, alone, lines, assigned = record
            keys = {text.split(":")[0] for text in lines}
            if not alone:
                lines = lines + [text for text in good if text.split(":")[0] not in keys]
            if not assigned:
                yield name, "\n".join(lines) + "\n", rest
            mark = ""
        elif line.startswith("="):
            mark = start
        elif not line:
            continue
        elif mark == "=+ ":
            good.append(line)
        elif line.startswith("--set "):
            record[3] = True
        elif mark in ("== ", "=! "):
            record[2].append(unescaped(line))


shipped = sorted(source.glob("configs/*/*.yaml"))
for config in shipped:
    for error in validator.iter_errors(load(config.read_text())):
        fail(f"{config}: {list(error.absolute_path)}: {error.message[:200]}")

syntax = structural = refused = others = 0
accepted = set()
for name, text, error in records():
    try:
        config = load(text)
    except (YAMLError, ValueError, RecursionError):
        syntax += 1
        continue
    is_refused = not validator.is_valid(config)
    if STRUCTURAL.search(error):
        structural += 1
        refused += is_refused
        if not is_refused:
            accepted.add(name)
        if not is_refused and name not in BEYOND:
            fail(f"'{name}' is accepted, but the tool says: {error}")
    else:
        others += is_refused
# Of sweeps: what varies need not stand elsewhere. The tool is asked the same.
ONE = "name: x\ntraining: {epochs: 3}\n"
SWEEPS = {
    ONE + "dataset: threshold\nsweep: {grid: {model: [{type: mlp, widths: [3, 1]}, {type: mlp, widths: [2, 1]}]}}\n": True,
    ONE + "dataset: threshold\nmodel: {type: mlp}\nsweep: {zip: {model.widths: [[3, 1], [2, 1]]}}\n": True,
    ONE + "model: {type: mlp, widths: [3, 1]}\nsweep: {grid: {dataset: [threshold, twelve_bit]}}\n": True,
    ONE + "dataset: threshold\nmodel: {type: mlp, widths: [3, 1]}\nestimators: [{bins: 3}]\n"
          "sweep: {grid: {estimators.0.type: [binning]}}\n": True,
    ONE + "dataset: threshold\nmodel: {type: mlp, widths: [3, 1], width: 3}\nsweep: {grid: {seed: [1, 2]}}\n": False,
    ONE + "dataset: threshold\nmodel: {type: mlp, widths: 3}\nsweep: {grid: {seed: [1, 2]}}\n": False,
    ONE + "dataset: threshold\nmodel: {type: mlp, widths: [3, 1]}\nsweep: {grid: {seed: 1}}\n": False,
    ONE + "dataset: threshold\nmodel: {type: mlp, widths: [3, 1]}\nsweep: {grid: {seed: [1]}, zip: {replicas: [1]}}\n": False,
    ONE + "dataset: threshold\nmodel: {type: mlp}\n": False,
}
for text, is_right in SWEEPS.items():
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(text)
        file.flush()
        told = subprocess.run([sys.argv[3], "check", file.name], capture_output=True, text=True)
    for who, accepts in (("the tool", told.returncode == 0), ("the schema", validator.is_valid(load(text)))):
        if accepts != is_right:
            fail(f"{who} {'accepts' if accepts else 'refuses'}:\n{text}{told.stderr}")

print(f"{len(shipped)} shipped configs are valid; of the bad ones {syntax} are no YAML, {structural} are structurally wrong and"
      f" the schema refuses {refused} of these; it refuses {others} of the rest")
for name in BEYOND:
    if name not in accepted:
        fail(f"'{name}' need not be in BEYOND")
if structural < 80 or refused < 0.9 * structural or len(shipped) < 15:
    fail("too few")
sys.exit(failures > 0)
