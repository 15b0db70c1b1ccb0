#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs an example in an empty directory and compares what it prints: run_example.py [--update] PROGRAM EXPECTED

The program gets no DATABASE_URL, no colours and a temporary directory as its working directory; what it writes to standard
output must be EXPECTED, byte for byte, and its exit code 0. --update writes EXPECTED instead.
"""
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile


def main(arguments):
    update = "--update" in arguments
    program, expected = [argument for argument in arguments if argument != "--update"]
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "CLICOLOR_FORCE")}
    environment["NO_COLOR"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([os.path.abspath(program)], cwd=folder, env=environment, capture_output=True, text=True)
    sys.stderr.write(done.stderr)
    if done.returncode != 0:
        print(f"FAILED {program}: exit code {done.returncode}\n{done.stdout}")
        return 1
    if update:
        pathlib.Path(expected).write_text(done.stdout, encoding="utf-8")
        return 0
    wanted = pathlib.Path(expected).read_text(encoding="utf-8")
    if done.stdout != wanted:
        print(f"FAILED {program}: the output is not {expected}")
        sys.stdout.writelines(difflib.unified_diff(wanted.splitlines(True), done.stdout.splitlines(True), "expected", "printed"))
        return 1
    print(f"ok     {program} prints {expected}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
