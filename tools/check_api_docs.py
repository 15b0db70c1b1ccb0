#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the API reference with Doxygen and fails when a public name has no documentation.

usage: check_api_docs.py [--include DIR] [--output DIR]     exit 0 clean, 1 findings, 77 there is no doxygen
Public is what is in no `detail`. Types, concepts, functions, variables and enumerations of a namespace must be documented, else it
is an error; a specialisation is documented by its primary template. Members need no more than their name where the type's comment
says the rest; how many have none is printed.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def warnings_of(include, output):
    settings = (ROOT / "docs" / "Doxyfile").read_text(encoding="utf-8")
    settings += f"\nINPUT = {include}\nSTRIP_FROM_PATH = {include.parent}\nOUTPUT_DIRECTORY = {output}\n"
    output.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["doxygen", "-"], input=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise SystemExit(f"check_api_docs: doxygen failed\n{done.stdout}")
    return sorted(set(line for line in done.stdout.split("\n") if ": warning: " in line))


def is_member(line):
    return bool(re.search(r" of (struct|class|union) \S+.* is not documented", line))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--include", type=pathlib.Path, default=ROOT / "include" / "autopack_schema")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "build" / "doxygen")
    options = parser.parse_args()
    if not shutil.which("doxygen"):
        print("SKIPPED: there is no doxygen; Debian: apt-get install doxygen")
        return 77
    undocumented = [line for line in warnings_of(options.include.resolve(), options.output.resolve()) if "is not documented" in line]
    members = [line for line in undocumented if is_member(line)]
    findings = [line for line in undocumented if line not in members and not re.search(r"Compound [^ ]*< ?.* is not documented", line)]
    for line in findings:
        print(line)
    pages = len(list((options.output / "html").glob("*.html")))
    if pages < 3:
        print(f"check_api_docs: only {pages} pages were made")
        return 1
    print(f"check_api_docs: {pages} pages, {len(findings)} findings, {len(members)} members without a comment of their own")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
