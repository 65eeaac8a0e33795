"""Types lines and TAB into interactive shells. usage: completion_test.py FOLDER (infoplane.bash, zsh/_infoplane, folder/)"""

import os
import pty
import re
import select
import sys
import time

work = sys.argv[1]
failures = 0

# What is typed, and what the line must be after TAB; or, with two TABs, words that must be offered and one that must not.
COMPLETED = [
    ("infoplane cal", "infoplane calibrate "),
    ("infoplane run --thr", "infoplane run --threads "),
    ("infoplane run x.yaml --set training.lear", "infoplane run x.yaml --set training.learning_rate="),
    ("infoplane run x.yaml --set model.activation=lea", "infoplane run x.yaml --set model.activation=leaky_relu "),
    ("infoplane run x.yaml --set dataset=twe", "infoplane run x.yaml --set dataset=twelve_bit "),
    ("infoplane run x.yaml --set dataset.type=iri", "infoplane run x.yaml --set dataset.type=iris "),
    ("infoplane check x.yaml --set estimators.3.warm", "infoplane check x.yaml --set estimators.3.warm_start="),
    ("infoplane check x.yaml --set estimators.3.warm_start=t", "infoplane check x.yaml --set estimators.3.warm_start=true "),
    ("infoplane describe estim", "infoplane describe estimator "),
    ("infoplane describe estimator kernel", "infoplane describe estimator kernel_density "),
    ("infoplane calibrate --case binary", "infoplane calibrate --case binary_symmetric "),
    ("infoplane calibrate --estimator matrix", "infoplane calibrate --estimator matrix_renyi "),
    ("infoplane list --format c", "infoplane list --format csv "),
    ("infoplane completion z", "infoplane completion zsh "),
    ("infoplane list --format=c", "infoplane list --format=csv "),
    ("infoplane run x.yaml --set=training.lear", "infoplane run x.yaml --set=training.learning_rate="),
    ("infoplane run x.yaml --set=model.activation=lea", "infoplane run x.yaml --set=model.activation=leaky_relu "),
    ("infoplane run x.yaml --set estim", "infoplane run x.yaml --set estimators"),
    ("infoplane check folder/con", "infoplane check folder/config.yaml "),
    ("infoplane run --out fol", "infoplane run --out folder/"),
]
OFFERED = [
    ("infoplane re", ["resume", "reproduce", "report"], "calibrate"),
    ("infoplane list --format ", ["table", "csv", "json"], "yaml"),
    ("infoplane resume --", ["--threads", "--device"], "--progress"),
    ("infoplane describe ", ["dataset", "model", "schedule", "claim"], "binning"),
]


class Shell:
    def __init__(self, name, arguments, setup):
        self.name = name
        child, self.terminal = pty.fork()
        if child == 0:
            os.chdir(work)
            os.environ.update(TERM="dumb", PS1="> ", COLUMNS="200", LC_ALL="C")
            os.execvp(arguments[0], arguments)
        self.command(setup)

    def type(self, text):
        os.write(self.terminal, text.encode())

    def until(self, pattern, seconds=30):
        """What is printed up to the pattern; what was printed at all where it does not come."""
        text, end = "", time.time() + seconds
        while time.time() < end:
            if select.select([self.terminal], [], [], 0.05)[0]:
                text += os.read(self.terminal, 65536).decode(errors="replace")
                text = re.sub(r"\x07|\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]", "", text)
            if re.search(pattern, text):
                return text
        return text

    def command(self, line):
        self.type(line + "; echo do''ne\r")
        self.until("done")

    def line_after(self, typed, expected):
        """The line as TAB leaves it, which a key binding prints on a line of its own."""
        self.type(typed + "\t")
        self.until(re.escape(expected.rstrip()[-6:]), 10)
        self.type("\x18l")
        text = self.until(r"<<(.*)>>", 10)
        self.type("\x15")
        found = re.search(r"<<(.*)>>", text)
        return found[1] if found else text

    def offered_after(self, typed, expected):
        self.type(typed + "\t\t")
        text = self.until("|".join(expected), 10) + self.until("never", 0.5)
        self.type("\x15\r")
        self.until("> ", 2)
        return text[len(typed):]


SHELLS = [
    Shell("bash", ["bash", "--norc", "--noprofile", "-i"],
          "source ./infoplane.bash; show() { printf '<<%s>>\\n' \"$READLINE_LINE\"; }; bind -x '\"\\C-xl\": show'"),
    Shell("zsh", ["zsh", "-f", "-i"],
          "PS1='> '; fpath=($PWD/zsh $fpath); autoload -Uz compinit && compinit -D -u; zle_show() { print -r -- \"<<$BUFFER>>\" }; "
          "zle -N zle_show; bindkey '^Xl' zle_show; bindkey '^U' kill-whole-line; unsetopt zle_bracketed_paste; setopt no_list_beep"),
]


def fail(what):
    global failures
    failures += 1
    print("FAILED", what)


for shell in SHELLS:
    for typed, expected in COMPLETED:
        line = shell.line_after(typed, expected)
        if line != expected:
            fail(f"{shell.name}: {typed!r} became {line!r}, expected {expected!r}")
    for typed, words, other in OFFERED:
        offered = shell.offered_after(typed, words).split()
        for word in words:
            if word not in offered:
                fail(f"{shell.name}: {typed!r} does not offer {word}: {offered}")
        if other in offered:
            fail(f"{shell.name}: {typed!r} offers {other}")
    print(f"{shell.name}: {len(COMPLETED) + len(OFFERED)} lines")
sys.exit(failures > 0)
