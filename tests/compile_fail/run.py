#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that a file compiles, and that each mistake in it fails with one readable error. See README.md here.

usage: run.py --compiler g++ FILE -- FLAGS...
"""
import argparse
import pathlib
import re
import subprocess
import sys

SINGLE = re.compile(r"^// expect: (?P<expect>\S.*)$")
CASE = re.compile(r"^// case: (?P<name>[A-Z][A-Z0-9_]*) expect: (?P<expect>\S.*)$")
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]


def read_cases(text):
    """Returns (cases as [(macro, regex)], complaints)."""
    lines = text.splitlines()
    cases, complaints = [], []
    if lines and (match := SINGLE.match(lines[0])):
        cases.append(("AUTOPACK_SCHEMA_FAIL", match["expect"]))
    for number, line in enumerate(lines, 1):
        if match := CASE.match(line):
            cases.append(("AUTOPACK_SCHEMA_FAIL_" + match["name"], match["expect"]))
        elif line.lstrip().startswith(("// case:", "//case:")) or (number > 1 and SINGLE.match(line)):
            complaints.append(f"line {number}: not understood: {line}")
    if not cases:
        complaints.append("nothing is expected: the first line must be `// expect: <regex>`, "
                          "or lines must be `// case: NAME expect: <regex>`")
    macros = [macro for macro, _ in cases]
    for macro in sorted(set(macros)):
        if macros.count(macro) > 1:
            complaints.append(f"{macro} is listed twice")
    used = set(re.findall(r"\bAUTOPACK_SCHEMA_FAIL\w*", text))
    for macro in sorted(set(macros) - used):
        complaints.append(f"{macro} is listed, but no line of the file uses it")
    for macro in sorted(used - set(macros)):
        complaints.append(f"{macro} is used, but nothing is expected of it")
    for _, expect in cases:
        try:
            re.compile(expect)
        except re.error as error:
            complaints.append(f"not a regular expression: {expect}: {error}")
    return cases, complaints


def compile_file(compiler, flags, path):
    done = subprocess.run([compiler, "-fsyntax-only", *flags, str(path)], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", env=None)
    return done.returncode, done.stdout


def judge(status, output, expect):
    """Returns what is wrong with one failing compilation, as a list of sentences."""
    wrong = []
    if status == 0:
        return ["it compiles"]
    if status < 0 or "internal compiler error" in output:
        wrong.append("the compiler crashed")
    errors = [line for line in output.splitlines() if "error:" in line]
    if len(errors) != 1:
        wrong.append(f"{len(errors)} lines with `error:` instead of one")
    if not re.search(expect, output, re.MULTILINE):
        wrong.append(f"the output does not match {expect!r}")
    return wrong


def check(compiler, flags, path):
    """Runs all of one file; returns the number of failures."""
    cases, complaints = read_cases(path.read_text(encoding="utf-8"))
    for complaint in complaints:
        print(f"FAILED {path.name}: {complaint}")
    if complaints:
        return len(complaints)
    status, output = compile_file(compiler, [*flags, *STRICT], path)
    if status != 0:
        print(f"FAILED {path.name}: the control (no macro) does not compile\n{output}")
        return 1
    print(f"ok     {path.name}: the control compiles")
    failures = 0
    for macro, expect in cases:
        status, output = compile_file(compiler, [*flags, f"-D{macro}"], path)
        wrong = judge(status, output, expect)
        if wrong:
            failures += 1
            print(f"FAILED {path.name}: {macro}: {'; '.join(wrong)}\n{output}")
        else:
            print(f"ok     {path.name}: {macro}: {next(line for line in output.splitlines() if 'error:' in line)}")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("flags", nargs="*", help="after --")
    options = parser.parse_args()
    return 1 if check(options.compiler, options.flags, options.file) else 0


if __name__ == "__main__":
    sys.exit(main())
