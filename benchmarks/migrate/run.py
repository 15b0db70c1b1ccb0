#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the migrations BUILD-142 and BUILD-144 of a large database against the same changes written by hand for the sqlite3
shell: CPU time, wall time and peak memory of each process, in turns on copies of one file, as ratios of the medians.

usage: run.py PROGRAM [--rows N] [--repeat N] [--only BUILD] [--folder DIR] [--shell sqlite3]
PROGRAM is autopack-schema. Both results are compared: the schema by PROGRAM, every row of the table by a hash.
"""
import argparse
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) "
USAGE = (NUMBERS + "INSERT INTO llm_usage_events (provider, model, run_id, phase_id, role, prompt_tokens, completion_tokens, created_at, "
         "is_doctor_call) SELECT CASE i % 3 WHEN 0 THEN 'openai' ELSE 'anthropic' END, 'model-' || (i * 7 % 5), 'run-' || (i * 31 % 1000), "
         "'phase-' || (i % 50), 'builder', i * 7919 % 20000, i * 104729 % 5000, datetime(1735689600 + i * 7907 % 31536000, 'unixepoch'), "
         "i % 97 = 0 FROM n")
ESTIMATIONS = (NUMBERS + "INSERT INTO token_estimation_v2_events (run_id, phase_id, category, complexity, deliverable_count, "
               "deliverables_json, predicted_output_tokens, actual_output_tokens, selected_budget, success, model, smape_percent, timestamp, "
               "created_at) SELECT 'run-' || (i % 100), 'phase-1', 'implementation', CASE i % 3 WHEN 0 THEN 'low' ELSE 'high' END, i % 9, "
               "'[\"src/file_' || (i % 7) || '.py\"]', i * 13 % 9000, i * 17 % 9000, 4096 + i % 4 * 4096, i % 5 > 0, 'model-' || (i % 3), "
               "i * 37 % 1000 / 10.0, datetime(1735689600 + i % 31536000, 'unixepoch'), '2025-12-30 00:00:00' FROM n")
BUILDS = {"BUILD-144": ("BUILD-142", USAGE, "llm_usage_events", "build_144.sql"),
          "BUILD-142": ("pre-142", ESTIMATIONS, "token_estimation_v2_events", "build_142.sql")}


def measured(command, **more):
    """CPU seconds, wall seconds and peak kilobytes of a command that must succeed."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, **more)
        peak, pid = 0, 0
        while pid == 0:  # ru_maxrss of a child begins at that of this program
            peak = max(peak, peak_of(process.pid))
            time.sleep(0.002 if time.monotonic() - start < 1 else 0.02)
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if status != 0:
            errors.seek(0)
            sys.exit(f"{command}: exit status {status}: {errors.read().decode()}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, peak


def peak_of(pid):
    """The most memory that a process has had until now, in kilobytes."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/status").read_text().split("\n")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def fill(program, file, version, rows, statement):
    """A database of a version with so many rows in one table; the parents of its foreign keys are left out, as in telemetry files."""
    ddl = subprocess.run([program, "ddl", "--schema", "autopack", "--version", version], check=True, capture_output=True, text=True).stdout
    connection = sqlite3.connect(file)
    tables = [s for s in ddl.split(";\n") if "INDEX" not in s.split("(")[0]]
    indexes = [s for s in ddl.split(";\n") if "INDEX" in s.split("(")[0]]
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + ";\n".join(tables))
    connection.execute(statement.format(rows=rows))
    connection.commit()
    connection.executescript(";\n".join(indexes))
    connection.close()


def content(file, table):
    """A sum over every value of every row, of whatever order."""
    connection = sqlite3.connect(file)
    columns = [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY name", (table,))]
    numbers = [f"sum(CAST(\"{c}\" AS INTEGER) * (id_ % 1009 + 1)), sum(length(\"{c}\")), count(\"{c}\")" for c in columns]
    key = next(c for c in columns if c in ("id", "event_id"))
    result = connection.execute(f"SELECT {', '.join(numbers)} FROM (SELECT *, \"{key}\" AS id_ FROM \"{table}\")").fetchone()
    connection.close()
    return columns, result


def run(program, shell, folder, build, rows, repeat):
    version, statement, table, script = BUILDS[build]
    original = folder / "original.db"
    fill(program, original, version, rows, statement)
    print(f"{build}, {rows:,} rows, {original.stat().st_size / 1e6:,.0f} MB before", flush=True)
    copy = folder / "copy.db"
    url = "sqlite:////" + str(copy).lstrip("/")
    ours = [program, "migrate", "--schema", "autopack", "--database", url, "--to", build, "--no-backup", "--quiet"]
    found = {"by hand": [], "autopack-schema": []}
    contents = {}
    for turn in range(repeat):
        for name in ("by hand", "autopack-schema"):
            shutil.copyfile(original, copy)
            with open(HERE / script) as text:
                command = [shell, "-bail", str(copy)] if name == "by hand" else ours
                found[name].append(measured(command, stdin=text))
            if turn == 0:
                contents[name] = content(copy, table)
                subprocess.run([program, "drift", "--schema", "autopack", "--database", url, "--against", f"autopack@{build}",
                                "--ignore", "autopack_schema_history", "--quiet"], check=True)
            print(f"  {name:16} {found[name][-1][0]:7.2f} s of CPU {found[name][-1][1]:7.2f} s {found[name][-1][2] / 1024:7.1f} MB", flush=True)
    if contents["by hand"] != contents["autopack-schema"]:
        sys.exit("the results differ")
    for what, position in (("CPU time", 0), ("wall time", 1), ("peak memory", 2)):
        hand, own = (statistics.median(m[position] for m in found[n]) for n in ("by hand", "autopack-schema"))
        print(f"{build}: {what}: {own / hand:.3f} times that of the SQL by hand")
    original.unlink()
    copy.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", choices=sorted(BUILDS))
    parser.add_argument("--folder", help="for the files: about 5 GB for 10 million rows")
    parser.add_argument("--shell", default="sqlite3")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        for build in [arguments.only] if arguments.only else sorted(BUILDS):
            run(program, arguments.shell, pathlib.Path(folder).resolve(), build, arguments.rows, arguments.repeat)


if __name__ == "__main__":
    main()
