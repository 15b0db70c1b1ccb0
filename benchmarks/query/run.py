#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles and runs the same six tasks with the sqlite3 C API, this library, SQLiteCpp and SOCI, and prints ratios.

usage: run.py [--rows 200000] [--rounds 5] [--callgrind-rows 20000] [--compiler g++] [--programs DIR] [--readme]
Programs whose library is not installed are left out, instructions where valgrind is not. Times are of CPU, the programs take
turns, and the median of the rounds counts; each run must read the same (its digest). --readme writes the tables into README.md.
"""
import argparse
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TASKS = {"insert": "insert, row by row", "bulk": "bulk insert", "read": "read all", "get": "get by key",
         "aggregate": "aggregate", "filter": "filtered read"}
PROGRAMS = {  # name: (column, source, flags, libraries)
    "mutex": ("C API, default mutex", "raw.cpp", [], []),
    "nomutex": ("C API, NOMUTEX", "raw.cpp", ["-DBENCH_NOMUTEX"], []),
    "ours": ("autopack_schema", "ours.cpp", [], []),
    "sqlitecpp": ("SQLiteCpp", "sqlitecpp.cpp", [], ["-lSQLiteCpp"]),
    "soci": ("SOCI", "soci.cpp", [], ["-lsoci_sqlite3", "-lsoci_core"]),
}
BASE = "nomutex"
ONCE = 4  # allocations of a database of ours and a kind of statement: the kept statement, its place, room for a hundred rows


def compile_all(o):
    made = {}
    for name, (column, source, flags, libraries) in PROGRAMS.items():
        program = o.programs / f"query_{name}"
        command = [o.compiler, "-std=c++20", "-O2", "-DNDEBUG", f"-I{HERE.parent.parent / 'include'}", *flags, str(HERE / source),
                   "-o", str(program), *libraries, "-lsqlite3"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            made[name] = program
        elif libraries:
            print(f"{column} is left out: {next((l for l in done.stderr.splitlines() if 'error' in l), 'it does not compile')}", file=sys.stderr)
        else:
            sys.exit(done.stderr)
    return made


def run(program, task, rows):
    done = subprocess.run([program, task, str(rows)], capture_output=True, text=True, check=True)
    time, allocated, sqlite_allocated, digest = done.stdout.split()
    return float(time), int(allocated), int(sqlite_allocated), digest


def instructions(program, task, rows):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["valgrind", "--tool=callgrind", "--toggle-collect=measured_region", f"--callgrind-out-file={folder}/out",
                               program, task, str(rows)], capture_output=True, text=True, check=True)
    return int(re.search(r"Collected\s*:\s*(\d+)", done.stderr)[1])


def table(title, made, cell):
    lines = [title, "", "| task | " + " | ".join(PROGRAMS[n][0] for n in made) + " |", "| --- |" + " --- |" * len(made)]
    for task, label in TASKS.items():
        lines.append(f"| {label} | " + " | ".join(cell(task, n) for n in made) + " |")
    return "\n".join(lines) + "\n"


def measure(o, made):
    times = {(t, n): [] for t in TASKS for n in made}
    heap = {}
    for round_number in range(o.rounds):
        for task in TASKS:
            digests = set()
            for name, program in made.items():
                time, allocated, sqlite_allocated, digest = run(program, task, o.rows)
                times[task, name].append(time)
                heap[task, name] = (allocated, sqlite_allocated)
                digests.add(digest)
            if len(digests) != 1:
                sys.exit(f"{task}: the programs did not read the same: {digests}")
        print(f"round {round_number + 1} of {o.rounds}", file=sys.stderr, flush=True)
    return {key: statistics.median(all_of) for key, all_of in times.items()}, heap


def report(o, made):
    counted = {}
    tables = []
    if shutil.which("valgrind"):
        counted = {(t, n): instructions(p, t, o.callgrind_rows) for t in TASKS for n, p in made.items()}
        tables.append(table(f"Instructions (callgrind, {o.callgrind_rows:,} rows; 200,000 would take too long there), as ratios to the C API with NOMUTEX:",
                            made, lambda t, n: f"{counted[t, n] / counted[t, BASE]:.3f}"))
    times, heap = measure(o, made)
    tables.append(table(f"CPU time ({o.rows:,} rows, median of {o.rounds}), as ratios to the C API with NOMUTEX, and in milliseconds:", made,
                        lambda t, n: f"{times[t, n] / times[t, BASE]:.2f} ({times[t, n] / 1e6:.0f})"))
    tables.append(table(f"Heap allocations ({o.rows:,} rows): of the program, and of SQLite for it:", made,
                        lambda t, n: f"{heap[t, n][0]:,} + {heap[t, n][1]:,}"))
    return "\n".join(tables), counted, heap


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=200_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--callgrind-rows", type=int, default=20_000)
    options.add_argument("--compiler", default="g++")
    options.add_argument("--programs", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "autopack_schema_query_benchmark")
    options.add_argument("--readme", action="store_true")
    o = options.parse_args()
    o.programs.mkdir(parents=True, exist_ok=True)
    made = compile_all(o)
    text, counted, heap = report(o, made)
    print(text)
    if o.readme:
        readme = HERE / "README.md"
        old = readme.read_text(encoding="utf-8")
        begin, end = "<!-- tables -->\n", "<!-- end of tables -->"
        readme.write_text(old[:old.index(begin) + len(begin)] + "\n" + text + "\n" + old[old.index(end):], encoding="utf-8")
    slow = [t for t in TASKS if counted and counted[t, "ours"] > 1.03 * counted[t, BASE]]
    wasteful = [t for t in TASKS if sum(heap[t, "ours"]) > sum(heap[t, BASE]) + ONCE]
    if slow or wasteful:
        sys.exit(f"above the aim of 1.03: {slow or 'none'}; more allocations than the C API by hand: {wasteful or 'none'}")


if __name__ == "__main__":
    main()
