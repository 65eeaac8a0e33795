#!/usr/bin/env python3
"""Compares output shown in the documentation with that of the commands, and rewrites pages.

output.py compare SHOWN PRINTED   exit code 1 unless the files have the same words, and numbers that differ by at most 5 % or 0.02
                                  (rounding and the machine's BLAS); durations, in a column "seconds" or after "expected to take", may differ
output.py rewrite CHANGES         applies lines {"page", "line", "kind", "shown", "printed"} of JSON to the pages
"""
import json
import re
import sys
from pathlib import Path

NUMBER = re.compile(r"(?<![\w:.])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w])")


def is_near(shown, printed):
    return abs(float(shown) - float(printed)) <= max(0.02, 0.05 * abs(float(shown)))


EXPECTED = re.compile(r"expected to take (?:about \d+ \w+|under 1 s) and [\d.]+ [MG]B of memory")


ACTIVITY = re.compile(r": \d+ s$")


def without_durations(lines):
    """The lines without the words in a column "seconds" of the header above them, without expected durations and without
    lines that say what takes long."""
    kept, column = [], None
    for line in lines:
        if ACTIVITY.search(line):
            continue
        line = EXPECTED.sub("expected to take", line)
        words = line.split()
        if "seconds" in words:
            column = words.index("seconds")
        elif column is not None and column < len(words):
            del words[column]
        kept.append(" ".join(words))
    return kept


def compare(shown, printed):
    left, right = without_durations(shown.splitlines()), without_durations(printed.splitlines())
    for number in range(max(len(left), len(right))):
        pair = [lines[number] if number < len(lines) else "(nothing)" for lines in (left, right)]
        words = [NUMBER.sub("#", text) for text in pair]
        numbers = [NUMBER.findall(text) for text in pair]
        if words[0] != words[1] or not all(map(is_near, *numbers)):
            print(f"line {number + 1} of the output: shown\n  {pair[0]}\nprinted\n  {pair[1]}")
            return 1
    return 0


def rewrite_console(lines, change):
    start = change["line"]  # the fence is at index line - 1
    end = next(i for i in range(start, len(lines)) if lines[i].startswith("```"))
    commands, more = start, False
    kept = []
    for line in lines[commands:end]:
        if line.startswith("$ ") or more:
            kept.append(line)
            more = line.endswith("\\")
    if len([line for line in kept if line.startswith("$ ")]) > 1:
        return f"{change['page']}:{start}: output of several commands, rewrite it by hand"
    lines[start:end] = kept + change["printed"].splitlines()
    return ""


def rewrite_number(lines, change):
    at = change["line"] - 1
    lines[at] = lines[at].replace(f"<!-- {change['shown']} = ", f"<!-- {change['printed']} = ")
    whole = re.compile(rf"(?<![\w.]){re.escape(change['shown'])}(?![\w]|\.\d)")
    for i in range(at - 1, -1, -1):
        if whole.search(lines[i]):
            lines[i] = whole.sub(change["printed"], lines[i], count=1)
            return ""
    return f"{change['page']}:{change['line']}: no {change['shown']} above"


def rewrite(changes):
    problems = []
    for change in sorted(changes, key=lambda c: (c["page"], -c["line"])):
        page = Path(change["page"])
        lines = page.read_text().split("\n")
        problems.append((rewrite_console if change["kind"] == "console" else rewrite_number)(lines, change))
        page.write_text("\n".join(lines))
    problems = [problem for problem in problems if problem]
    print("\n".join(problems))
    return 1 if problems else 0


def main(command, *files):
    texts = [Path(file).read_text() for file in files]
    if command == "compare":
        return compare(*texts)
    return rewrite([json.loads(line) for line in texts[0].splitlines()])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
