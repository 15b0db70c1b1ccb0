#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes single_include/autopack_schema/autopack_schema.hpp: everything that the umbrella includes, in one file, and behind one
macro each what needs more than SQLite.

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
MACRO = "AUTOPACK_SCHEMA_WITH_"

# What is in the file besides the umbrella: (macro or none, headers, third-party headers that it may need, what for).
PARTS = [
    ("", ["testing/drift_main.hpp"], (), ""),
    ("JSON", ["define/json.hpp", "drift/json.hpp", "drift/sarif.hpp", "migrate/plan_json.hpp", "query/json.hpp"], ("nlohmann/",),
     "JSON columns, rows as JSON, reports in JSON and SARIF; needs nlohmann_json"),
    ("CLI", ["cli.hpp"], ("nlohmann/", "CLI/"), "the command line over any schema; needs CLI11 and nlohmann_json"),
    ("PACKS", ["schemas/*.hpp", "ops/*.hpp"], ("nlohmann/",), "the bundled schemas and their operations; needs nlohmann_json"),
    ("CATCH2", ["testing/catch2.hpp"], ("catch2/",), "matchers and a fixture; needs Catch2, v3 or v2"),
]
NEEDS_JSON = ["CLI", "PACKS"]


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
        own, bodies, body, depth = [], [], [], 0
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if re.match(r"\s*#\s*if", line):
                depth += 1
            elif re.match(r"\s*#\s*endif", line):
                depth -= 1
            if line == SPDX or line == "#pragma once":
                continue
            if line == "#if AUTOPACK_SCHEMA_BODIES" or (bodies and line == "#endif"):
                continue # one file is always header-only
            if (match := OWN.match(line)) and "/body/" in line and "/body/" not in name:
                bodies.append(match[1])
            elif match:
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
        for other in bodies:
            self.add(other, name)


def version_of(include):
    text = (include / "autopack_schema/version.hpp").read_text(encoding="utf-8")
    return ".".join(re.search(rf"^#define AUTOPACK_SCHEMA_VERSION_{part} (\d+)$", text, re.M)[1] for part in ("MAJOR", "MINOR", "PATCH"))


def include_lines(names):
    """Third-party headers, then standard ones, each group sorted and closed by an empty line."""
    lines = []
    third_party = sorted(name for name in names if "." in name or "/" in name)
    for group in (third_party, sorted(set(names) - set(third_party))):
        lines += [f"#include <{name}>" for name in group] + ([""] if group else [])
    return lines


def headers_of(include, patterns, allowed):
    """The headers that match and need no other third-party header than the allowed ones (and SQLite's)."""
    names = []
    for pattern in patterns:
        for path in sorted((include / "autopack_schema").glob(pattern)):
            name = path.relative_to(include).as_posix()
            reached = collector(include)
            reached.add(name)
            foreign = {other for other in reached.foreign if "/" in other or other.endswith(".h")}
            if all(other == "sqlite3.h" or other.startswith(allowed) for other in foreign if not is_standard(other)):
                names.append(name)
    return names


def is_standard(name):
    return name in ("fcntl.h", "stdlib.h", "unistd.h") or name.startswith("sys/")


def amalgamate(include):
    whole = collector(include)
    whole.add(UMBRELLA)
    optional = []
    for macro, patterns, allowed, what in PARTS:
        names = headers_of(include, patterns, allowed)
        if macro and names:
            optional.append((macro, names, what))
        for name in names if not macro else []:
            whole.add(name)
    head = [SPDX, f"// autopack_schema {version_of(include)} in one header. Made by tools/amalgamate.py from include/; do not edit."]
    if optional:
        head += ["//", "// Define before the include what is wanted besides:"]
        head += [f"//   {MACRO}{macro:<8}{what}" for macro, _, what in optional]
    head += ["#pragma once", "", "#if defined(AUTOPACK_SCHEMA_HEADER_ONLY) && !AUTOPACK_SCHEMA_HEADER_ONLY",
             '#error "the single header is always header-only; AUTOPACK_SCHEMA_HEADER_ONLY=0 needs the headers of include/"', "#endif", ""]
    out = "\n".join(head + include_lines(whole.foreign)) + "\n" + "\n".join(whole.text)
    for macro, names, _ in optional:
        part = collector(include)
        part.done, known = whole.done, whole.foreign
        for name in names:
            part.add(name)
        guard = f"#ifdef {MACRO}{macro}"
        if macro == "JSON":
            guard = "#if " + " || ".join(f"defined({MACRO}{other})" for other in [macro, *NEEDS_JSON])
        lines = include_lines(part.foreign - known)
        out += f"\n{guard}\n\n" + "\n".join(lines) + ("\n" if lines else "") + "\n".join(part.text)
        out += f"\n#endif // {MACRO}{macro}\n"
    return out


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
