#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes single_include/autopack_schema/autopack_schema.hpp: everything that the umbrella includes, in one file.

usage: amalgamate.py [--check] [--include DIR] [--output FILE]
--check writes nothing and exits 1 when the file is not, byte for byte, what would be written. The result depends on the
headers only: no date, no path, no order of a directory.
"""
import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
UMBRELLA = "autopack_schema/autopack_schema.hpp"
OWN = re.compile(r"^#include <(autopack_schema/[^>]+)>\s*(?://.*)?$")
OTHER = re.compile(r"^#include <([^>]+)>\s*(?://.*)?$")
SPDX = "// SPDX-License-Identifier: MIT"


class collector:
    """Inlines each own header once, depth first; unconditional foreign includes are gathered, conditional ones stay."""

    def __init__(self, include):
        self.include = include
        self.done = []
        self.foreign = set()
        self.text = []

    def add(self, name, wanted_by="the command line"):
        if name in self.done:
            return
        self.done.append(name)
        path = self.include / name
        if not path.is_file():
            raise SystemExit(f"amalgamate: {wanted_by} includes <{name}>, which does not exist")
        own, body, depth = [], [], 0
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if re.match(r"\s*#\s*if", line):
                depth += 1
            elif re.match(r"\s*#\s*endif", line):
                depth -= 1
            if line == SPDX or line == "#pragma once":
                continue
            if match := OWN.match(line):
                if depth:
                    raise SystemExit(f"amalgamate: {name}:{number}: an own header is included inside #if; this cannot be one file")
                own.append(match[1])
            elif (match := OTHER.match(line)) and depth == 0:
                self.foreign.add(match[1])
            elif re.match(r'\s*#\s*include\s+"', line) or (re.match(r"\s*#\s*include", line) and "autopack_schema/" in line):
                raise SystemExit(f"amalgamate: {name}:{number}: not understood: {line}")
            else:
                body.append(line)
        for other in own:
            self.add(other, name)
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip("\n")
        if text:
            self.text.append(f"// ---- {name}\n\n{text}\n")


def version_of(include):
    text = (include / "autopack_schema/version.hpp").read_text(encoding="utf-8")
    return ".".join(re.search(rf"^#define AUTOPACK_SCHEMA_VERSION_{part} (\d+)$", text, re.M)[1] for part in ("MAJOR", "MINOR", "PATCH"))


def amalgamate(include):
    all_of_it = collector(include)
    all_of_it.add(UMBRELLA)
    third_party = sorted(name for name in all_of_it.foreign if "." in name or "/" in name)
    standard = sorted(all_of_it.foreign - set(third_party))
    head = [SPDX, f"// autopack_schema {version_of(include)} in one header. Made by tools/amalgamate.py from include/; do not edit.",
            "#pragma once", ""]
    for group in (third_party, standard):
        head += [f"#include <{name}>" for name in group] + ([""] if group else [])
    return "\n".join(head) + "\n" + "\n".join(all_of_it.text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--include", type=pathlib.Path, default=ROOT / "include")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "single_include" / UMBRELLA)
    options = parser.parse_args()
    text = amalgamate(options.include).encode("utf-8")
    old = options.output.read_bytes() if options.output.is_file() else None
    if options.check:
        if text == old:
            print(f"amalgamate: {options.output.name} is up to date")
            return 0
        print(f"amalgamate: {options.output} {'is missing' if old is None else 'differs from the headers'}; run tools/amalgamate.py")
        return 1
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_bytes(text)
    print(f"amalgamate: {'unchanged' if text == old else 'wrote'} {options.output} ({text.count(bytes([10]))} lines)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
