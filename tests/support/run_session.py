#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a transcript and compares what its commands print: run_session.py [--update] BIN_DIRECTORY FILE.session

A line that begins with "$ " is a command for bash, run in one temporary directory with the programs of BIN_DIRECTORY in PATH, no
DATABASE_URL and no colours; the lines below it are what it prints, standard error too, and "[exit N]" where N is not 0. Lines that
begin with "#" before the first command are remarks. $EXAMPLES names the folder of the transcript. In what is printed the temporary
directory becomes <DIR>, times become <TIME>. --update writes FILE anew.
"""
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TIMES = [
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)?"), "<TIME>"),
    (re.compile(r"\d{8}T\d{6}Z(-\d+)?"), "<TIME>"),
    (re.compile(r"(?<!\d)\d{8}_\d{6}(?!\d)"), "<TIME>"),
    (re.compile(r"\b\d+(\.\d+)? (ms|s)\b"), "<SECONDS>"),
]


def run(command, folder, environment):
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", timeout=600)
    text = done.stdout.replace(os.path.realpath(folder), "<DIR>").replace(folder, "<DIR>")
    for pattern, word in TIMES:
        text = pattern.sub(word, text)
    if text and not text.endswith("\n"):
        text += "\n[no newline at the end]\n"
    return text + (f"[exit {done.returncode}]\n" if done.returncode else "")


def main(arguments):
    update = "--update" in arguments
    binaries, session = [argument for argument in arguments if argument != "--update"]
    session = pathlib.Path(session).resolve()
    wanted = session.read_text(encoding="utf-8")
    environment = {key: value for key, value in os.environ.items()
                   if key not in ("DATABASE_URL", "CLICOLOR_FORCE", "TELEMETRY_DB_ENABLED")}
    environment.update(NO_COLOR="1", PATH=os.path.abspath(binaries) + os.pathsep + environment["PATH"], LC_ALL="C.UTF-8",
                       EXAMPLES=str(session.parent))
    lines = wanted.splitlines(keepends=True)
    printed = "".join(line for line in lines[:next((i for i, l in enumerate(lines) if l.startswith("$ ")), 0)])
    commands = 0
    with tempfile.TemporaryDirectory() as folder:
        for line in lines:
            if line.startswith("$ "):
                commands += 1
                printed += line + run(line[2:].rstrip("\n"), folder, environment)
    if commands == 0:
        print(f"FAILED {session}: there is no command in it")
        return 1
    if update:
        session.write_text(printed, encoding="utf-8")
        return 0
    if printed != wanted:
        print(f"FAILED {session}")
        sys.stdout.writelines(difflib.unified_diff(wanted.splitlines(True), printed.splitlines(True), "expected", "printed"))
        return 1
    print(f"ok     {session}: {commands} commands")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
