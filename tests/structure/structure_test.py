#!/usr/bin/env python3
"""The folders are those in CONTRIBUTING.md's map and README, none includes headers from below it in the map, and no file is long.

usage: structure_test.py SOURCE
"""
import functools
import pathlib
import re
import subprocess
import sys

LAYERS = ["framework", "estimators", "experiments"]
MOST_LINES = 400
CODE = {".cpp", ".hpp", ".in", ".sh", ".py", ".js", ".mjs", ".cmake", ".awk", ".css", ".html"}

source = pathlib.Path(sys.argv[1])
failures = 0


def fail(text):
    global failures
    failures += 1
    print("FAILED " + text)


def rooms_of_the_map():
    """The folders of the map, in its order: 'framework/src/base'."""
    text = (source / "CONTRIBUTING.md").read_text()
    block = re.search(r"^```\n(framework/.*?)^```$", text, re.M | re.S)
    return re.findall(r"^((?:%s)/src/\w+)/? " % "|".join(LAYERS), block[1], re.M) if block else []


@functools.lru_cache(None)
def includes_of(file):
    return re.findall(r'^#include [<"]([\w/.]+)[>"]', file.read_text(), re.M)


def headers_of(layer):
    """What a file may write between quotes or brackets -> the header, for those of one layer."""
    found = {}
    for root in (source / layer / "include", source / layer / "src"):
        for header in root.rglob("*.hpp"):
            found[str(header.relative_to(root))] = header
    return found


class Ranks:
    """The place of each file in the order of the map; higher may include lower."""

    def __init__(self, rooms):
        self.rooms = rooms
        self.headers = {name: header for layer in LAYERS for name, header in headers_of(layer).items()}
        self.known = {}

    def of(self, file):
        if file not in self.known:
            self.known[file] = -1   # a circle of headers adds nothing
            self.known[file] = self.find(file)
        return self.known[file]

    def find(self, file):
        relative = file.relative_to(source)
        layer = relative.parts[0]
        last = max(i for i, room in enumerate(self.rooms) if room.startswith(layer + "/"))
        if "include" not in relative.parts:
            return self.rooms.index("/".join(relative.parts[:3])) if len(relative.parts) > 3 else last
        # A public header stands where the source does that includes it first; one without, no lower than what it includes.
        name = str(relative).split("/include/")[1]
        sources = [f for f in (source / layer / "src").rglob("*.cpp") if includes_of(f)[:1] == [name]]
        if sources:
            return min(self.of(f) for f in sources)
        first = min(i for i, room in enumerate(self.rooms) if room.startswith(layer + "/"))
        return max([first] + [self.of(header) for header in self.included(file)])

    def included(self, file):
        return [self.headers[name] for name in includes_of(file) if name in self.headers]


def check_map(rooms):
    real = {str(p.relative_to(source)) for layer in LAYERS for p in (source / layer / "src").iterdir() if p.is_dir()}
    for room in sorted(real - set(rooms)):
        fail(f"{room}: not in the map of CONTRIBUTING.md")
    for room in sorted(set(rooms) - real):
        fail(f"CONTRIBUTING.md: its map names {room}, which is no folder")


def check_readme():
    """The table of folders in README lists the folders of the repository: those under version control, else those listed."""
    listed = set(re.findall(r"^\| `(\w+)/` \|", (source / "README.md").read_text(), re.M))
    tracked = subprocess.run(["git", "-C", source, "ls-files"], capture_output=True, text=True).stdout.split("\n")
    real = {f.split("/")[0] for f in tracked if "/" in f and f[0] != "."} or {n for n in listed if (source / n).is_dir()}
    for name in sorted(real ^ listed):
        fail(f"README.md: its folders and the repository's differ in {name}/")


def check_includes(rooms):
    ranks = Ranks(rooms)
    files = [f for layer in LAYERS for kind in ("*.hpp", "*.cpp") for f in (source / layer).rglob(kind)]
    for file in sorted(files):
        for header in ranks.included(file):
            if ranks.of(header) > ranks.of(file):
                fail(f"{file.relative_to(source)}: includes {header.relative_to(source)}, which stands above it")
    return len(files)


def check_public_headers():
    internal = {str(h.relative_to(source / layer / "src")) for layer in LAYERS for h in (source / layer / "src").rglob("*.hpp")}
    for header in sorted(h for layer in LAYERS for h in (source / layer / "include").rglob("*.hpp")):
        for name in internal.intersection(includes_of(header)):
            fail(f"{header.relative_to(source)}: includes {name}, which is not installed")


def check_lengths():
    skipped = {"build", "third_party", ".git", "node_modules"}
    counts = []
    for file in source.rglob("*"):
        if file.suffix not in CODE or skipped & set(re.sub(r"build[^/]*", "build", str(file.relative_to(source))).split("/")):
            continue
        counts.append(len(file.read_text().splitlines()))
        if counts[-1] > MOST_LINES:
            fail(f"{file.relative_to(source)}: {counts[-1]} lines, at most {MOST_LINES}")
    return sorted(counts)[len(counts) // 2], max(counts)


rooms = rooms_of_the_map()
if not rooms:
    fail("CONTRIBUTING.md: has no map of the folders")
else:
    check_map(rooms)
    check_public_headers()
check_readme()
if not failures:
    median, most = check_lengths()
    print(f"{check_includes(rooms)} files include nothing from above; a file has {median} lines (median), at most {most}")
sys.exit(failures > 0)
