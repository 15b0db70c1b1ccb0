#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the error codes of the headers with the headings of docs/errors.md.

usage: check_errors.py [--list] [repository]     exit 0 equal, 1 with one line per difference; --list: every use, to write from
A code is S and three digits (S104). A heading is `## S104 what it says`, one per code, in ascending order; the text below
it says what to do.
"""
import pathlib
import re
import sys

CODE = re.compile(r"(?<![A-Za-z0-9_])S[1-4][0-9]{2}(?![A-Za-z0-9_])")
HEADING = re.compile(r"^#+\s+\[?(S[0-9]{3})\b\]?(.*)$")


def codes_of_headers(root):
    """{code: first place}"""
    found = {}
    for path in sorted((root / "include").rglob("*.hpp")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            for code in CODE.findall(line):
                found.setdefault(code, f"{path.relative_to(root).as_posix()}:{number}")
    return found


def headings_of(path):
    """[(code, line number, title, number of text lines below)]"""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if match := HEADING.match(line):
            found.append([match[1], number, match[2].strip(), 0])
        elif found and line.strip() and not line.startswith("#"):
            found[-1][3] += 1
    return found


def check(root):
    used = codes_of_headers(root)
    document = root / "docs" / "errors.md"
    if not used:
        yield "include: no error code found in any header"
    if not document.is_file():
        yield f"docs/errors.md is missing; the headers use {' '.join(sorted(used))}"
        return
    headings = headings_of(document)
    listed = [code for code, *_ in headings]
    for code in sorted(set(used) - set(listed)):
        yield f"{used[code]}: {code} has no heading in docs/errors.md"
    for index, (code, number, title, text) in enumerate(headings):
        place = f"docs/errors.md:{number}"
        if code not in used:
            yield f"{place}: {code} is in no header"
        if code in listed[:index]:
            yield f"{place}: {code} has two headings"
        elif index and code < listed[index - 1]:
            yield f"{place}: {code} is out of order after {listed[index - 1]}"
        if not title:
            yield f"{place}: {code} has no title"
        if text == 0:
            yield f"{place}: {code} says nothing: what happened and what to do"


def main(arguments):
    if "--list" in arguments:
        arguments = [argument for argument in arguments if argument != "--list"]
        root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
        uses = sorted((code, path.relative_to(root).as_posix(), number, line.strip())
                      for path in (root / "include").rglob("*.hpp")
                      for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) for code in CODE.findall(line))
        for code, path, number, line in uses:
            print(f"{code} {path}:{number}: {line}")
        return 0
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
    findings = list(check(root))
    for finding in findings:
        print(finding)
    print(f"check_errors: {len(findings)} findings" if findings else f"check_errors: {len(codes_of_headers(root))} codes, all documented")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
