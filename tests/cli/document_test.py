#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the commands of docs/cli.md, one after the other in one folder, and compares what they print with what stands there.

usage: document_test.py PROGRAM [--update] [ignored arguments]
A block ```console holds `$ COMMAND` lines and what they print (both streams). `...` alone in a line stands for any lines,
`…` for any text within one; a last line `(exit code N)` tells another one than 0. --update writes what is printed now
where it is not what stands there.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "cli.md"


def pattern_of(text):
    lines = []
    for line in text.split("\n"):
        lines.append(r"(?:[^\n]*\n)*?" if line == "..." else ".*?".join(map(re.escape, line.split("…"))) + r"\n")
    return re.compile("".join(lines))


def run(command, program, folder):
    words = command.split(" ", 1)
    path = f"{pathlib.Path(program).parent}:{os.environ['PATH']}"
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL",)} | {"NO_COLOR": "1", "PATH": path}
    if words[0] == "autopack-schema":
        command = f"'{program}' {words[1]}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout + (f"(exit code {done.returncode})\n" if done.returncode else "")


def main(program, update):
    if not (pathlib.Path(program).resolve().parent / "own_cli").exists():
        print("SKIPPED: the examples are not built")
        return 77
    text = DOCUMENT.read_text(encoding="utf-8")
    failures, count = 0, 0

    def check(block):
        nonlocal failures, count
        out = "```console\n"
        for command, wanted in re.findall(r"\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", block[1]):
            count += 1
            printed = run(command, os.path.abspath(program), folder)
            wanted = wanted[:-1] if wanted else ""
            if (pattern_of(wanted) if wanted else re.compile("")).fullmatch(printed) is None:
                failures += 1
                print(f"FAILED $ {command}\n--- docs/cli.md\n{wanted}\n--- printed\n{printed}")
                wanted = printed.rstrip("\n")
            out += f"$ {command}\n" + (wanted + "\n" if wanted else "")
        return out + "```"

    with tempfile.TemporaryDirectory() as folder:
        updated = re.sub(r"```console\n(.*?)```", check, text, flags=re.S)
    if update:
        DOCUMENT.write_text(updated, encoding="utf-8")
    print(f"{count} commands, {failures} not as in docs/cli.md")
    return failures != 0 or count == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--update" in sys.argv))
