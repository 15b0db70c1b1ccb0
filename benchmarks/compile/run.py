#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what the headers cost to compile: processor time and peak memory of one unit, g++ -O0, as medians.

usage: run.py [--compiler g++] [--runs 5] [--write]     --write: put the tables into docs/compile_cost.md
"""
import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import generate

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "compile_cost.md"


COMPILED = "-DAUTOPACK_SCHEMA_HEADER_ONLY=0"  # what autopack_schema::compiled defines


def compile_once(compiler, source, flags):
    """Compiles a file and returns its processor seconds (user) and its peak memory (MB)."""
    command = [compiler, "-std=c++20", "-O0", *flags, "-I", str(ROOT / "include"), "-c", str(source), "-o", os.devnull]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "CCACHE_DISABLE": "1"})
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode()[:4000]}")
    return usage.ru_utime, usage.ru_maxrss / 1024


class bench:
    def __init__(self, compiler, runs, folder):
        self.compiler, self.runs, self.folder = compiler, runs, pathlib.Path(folder)

    def measure(self, text, *flags):
        """Medians of seconds and MB of a unit."""
        source = self.folder / "unit.cpp"
        source.write_text(text)
        results = [compile_once(self.compiler, source, flags) for _ in range(self.runs)]
        return tuple(statistics.median(r[i] for r in results) for i in (0, 1))

    def std_headers(self, text, *flags):
        """An empty unit with the headers of the standard library and of SQLite that a unit's own headers include."""
        source = self.folder / "std.cpp"
        source.write_text(text)
        made = subprocess.run([self.compiler, "-std=c++20", *flags, "-I", str(ROOT / "include"), "-M", str(source)],
                              check=True, capture_output=True, text=True).stdout
        ours = [f for f in made.replace("\\\n", " ").split() if "autopack_schema" in f]
        found = {line for f in ours for line in re.findall(r"^#include <[a-z0-9_]+(?:\.h)?>", pathlib.Path(f).read_text(), re.M)}
        return "\n".join(sorted(found)) + "\nint main() {}\n"


def lines(kind, *tables):
    return "\n".join({"ours": generate.ours, "short": generate.short, "raw": generate.raw}[kind](list(tables)))


def definitions_only(text):
    return text[:text.index("void use_0")]


def uses_of(text, count):
    return text[:text.index(f"void use_{count}(")]


def row(name, ours, reference):
    return f"| {name} | {ours[0]:.2f} | {ours[1]:.0f} | {reference[0]:.2f} | {reference[1]:.0f} | {ours[0] - reference[0]:.2f} | {ours[1] - reference[1]:.0f} |"


def header_table(b):
    yield "| unit | s | MB | std headers alone, s | MB | over them, s | MB |\n| --- | --- | --- | --- | --- | --- | --- |"
    for name, header in [("`core.hpp`", "core.hpp"), ("`query.hpp`", "query.hpp"), ("`drift/check_database.hpp`", "drift/check_database.hpp"),
                         ("`migrate.hpp`", "migrate.hpp"), ("umbrella `autopack_schema.hpp`", "autopack_schema.hpp")]:
        text = f"#include <autopack_schema/{header}>\nint main() {{}}\n"
        for label, flags in ((name, []), (f"{name}, compiled", [COMPILED])):
            if not flags or header not in ("core.hpp", "query.hpp"):
                yield row(label, b.measure(text, *flags), b.measure(b.std_headers(text, *flags)))


def table_table(b):
    headers = b.measure("\n".join(generate.empty([])))
    yield "| unit | s | MB | headers alone, s | MB | over them, s | MB |\n| --- | --- | --- | --- | --- | --- | --- |"
    yield row("3 tables (20, 27, 15 columns), each used", b.measure(lines("ours", 20, 27, 15)), headers)
    yield row("50 tables × 30 columns, 3 of them used", b.measure(uses_of(lines("ours", *[30] * 50), 3)), headers)
    yield row("50 tables × 30 columns, all used", b.measure(lines("ours", *[30] * 50)), headers)
    for count in (25, 50, 100, 200):
        yield row(f"{count} tables × 30 columns, defined and checked",
                  b.measure(definitions_only(lines("ours", *[30] * count))), headers)
    raw = b.measure("#include <sqlite3.h>\n#include <cstdint>\n#include <optional>\n#include <string>\n#include <vector>\n")
    yield row("sqlite3 C API by hand: 3 tables, each used", b.measure(lines("raw", 20, 27, 15)), raw)
    yield row("sqlite3 C API by hand: 50 tables, all used", b.measure(lines("raw", *[30] * 50)), raw)


def program_table(b):
    yield "| unit | s | MB |\n| --- | --- | --- |"
    first = re.search(r"```cpp\n(.*?)```", (ROOT / "README.md").read_text(), re.S)[1]
    for name, text, flags in (("the README's program, header-only", first, []), ("the README's program, compiled", first, [COMPILED]),
                              ("`implementation.hpp`, once", "#include <autopack_schema/implementation.hpp>\n", [COMPILED])):
        seconds, memory = b.measure(text, *flags)
        yield f"| {name} | {seconds:.2f} | {memory:.0f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        b = bench(options.compiler, options.runs, folder)
        tables = {"headers": "\n".join(header_table(b)), "programs": "\n".join(program_table(b)), "tables": "\n".join(table_table(b))}
    for name, table in tables.items():
        print(f"{name}\n{table}\n")
    if options.write:
        page = PAGE.read_text()
        for name, table in tables.items():
            page = re.sub(rf"(<!-- {name} -->\n).*?(<!-- end -->)", lambda m: m[1] + table + "\n" + m[2], page, flags=re.S)
        PAGE.write_text(page)


if __name__ == "__main__":
    main()
