#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times a drift check of databases of several sizes, as whole processes, beside Alembic's compare_metadata on the same file.

usage: run.py AUTOPACK_SCHEMA DRIFT_STATEMENTS [--tables 500] [--runs 7] [--no-alembic]
The expected schema is a lock file: an SQL file is run by SQLite itself, which reads its whole catalogue at each CREATE.
Instructions are counted by valgrind where it is there; Alembic and SQLAlchemy come from PyPI into a virtual environment.
"""
import argparse
import pathlib
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = 20
TYPES = [("INTEGER", "Integer", "NOT NULL DEFAULT 0", 'nullable=False, server_default=text("0")'), ("VARCHAR(64)", "String(64)", "NOT NULL", "nullable=False"),
         ("TEXT", "Text", "", ""), ("BOOLEAN", "Boolean", "", ""), ("DATETIME", "DateTime", "NOT NULL DEFAULT (CURRENT_TIMESTAMP)", 'nullable=False, server_default=text("CURRENT_TIMESTAMP")')]


def sql_of(tables):
    out = []
    for t in range(tables):
        columns = ["id INTEGER NOT NULL PRIMARY KEY"]
        for c in range(1, COLUMNS - 1):
            declared, _, rest, _ = TYPES[c % len(TYPES)]
            columns.append(f"column_{c} {declared} {rest}".rstrip())
        columns.append(f"parent INTEGER REFERENCES table_{max(t - 1, 0)} (id)")
        columns.append(f"CONSTRAINT ck_table_{t} CHECK (column_5 >= 0 AND length(column_1) > 0)")
        out.append(f"CREATE TABLE table_{t} ({', '.join(columns)});")
        out.append(f"CREATE INDEX ix_{t}_a ON table_{t} (column_1, column_2);\nCREATE UNIQUE INDEX ix_{t}_b ON table_{t} (column_6, id);")
    return "\n".join(out)


def models_of(tables):
    out = ["from sqlalchemy import *", "metadata = MetaData()"]
    for t in range(tables):
        columns = ["Column('id', Integer, primary_key=True)"]
        for c in range(1, COLUMNS - 1):
            _, kind, _, rest = TYPES[c % len(TYPES)]
            columns.append(f"Column('column_{c}', {kind}{', ' + rest if rest else ''})")
        columns.append(f"Column('parent', Integer, ForeignKey('table_{max(t - 1, 0)}.id'))")
        columns.append(f"CheckConstraint('column_5 >= 0 AND length(column_1) > 0', name='ck_table_{t}')")
        columns += [f"Index('ix_{t}_a', 'column_1', 'column_2')", f"Index('ix_{t}_b', 'column_6', 'id', unique=True)"]
        out.append(f"Table('table_{t}', metadata, {', '.join(columns)})")
    return "\n".join(out)


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run_once(command):
    """The wall and CPU time of one process, in seconds, and what it printed."""
    begun, used = time.perf_counter(), cpu()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    times = time.perf_counter() - begun, cpu() - used
    if done.returncode not in (0, 2):
        sys.exit(f"{command[0]} failed: {done.stderr}")
    return *times, done.stdout.strip()


def timed(command, runs):
    """The medians of the wall and CPU times of whole processes, in seconds, and what the last one printed."""
    wall, used, printed = zip(*(run_once(command) for _ in range(runs)))
    return statistics.median(wall), statistics.median(used), printed[-1]


def timed_in_turn(one, other, runs):
    """The same for two commands that take turns, and the medians of the ratios of each turn: what else the machine does hits both."""
    turns = [(run_once(one), run_once(other)) for _ in range(runs)]
    middle = lambda values: statistics.median(values)
    first, second = ((middle(t[i][0] for t in turns), middle(t[i][1] for t in turns), turns[-1][i][2]) for i in (0, 1))
    return first, second, middle(b[0] / a[0] for a, b in turns), middle(b[1] / a[1] for a, b in turns)


def instructions(command):
    if shutil.which("valgrind") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", *command], capture_output=True, text=True, check=False)
    found = re.search(r"Collected\s*:\s*(\d+)", done.stderr)
    return int(found[1]) if found else None


def alembic_python(folder):
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "alembic", "sqlalchemy"], check=True)
    return str(python)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("statements")
    options.add_argument("--tables", type=int, default=500)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--no-alembic", action="store_true")
    options.add_argument("--venv", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "autopack_schema_alembic")
    o = options.parse_args()
    print(f"{'tables':>7} {'columns':>8} {'indexes':>8} {'statements':>10} {'read':>9} {'compare':>9} {'process':>9} {'CPU':>8} {'instructions':>14} {'per table':>10}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for tables in (o.tables // 8, o.tables // 4, o.tables // 2, o.tables):
            database, ddl = folder / f"{tables}.db", folder / f"{tables}.sql"
            ddl.write_text(sql_of(tables))
            connection = sqlite3.connect(database)
            connection.executescript(ddl.read_text())
            connection.close()
            _, _, measured = timed([o.statements, str(database), str(ddl)], 3)
            statements, read, compare, found = measured.split()
            if found != "0":
                sys.exit(f"{found} findings where there is no drift")
            lock = folder / f"{tables}.lock.json"
            subprocess.run([o.program, "snapshot", "--from", str(ddl), "-o", str(lock), "-q"], check=True)
            command = [o.program, "drift", "--against", str(lock), "--database", f"sqlite:///{database}"]
            process, used, _ = timed(command, o.runs)
            executed = instructions(command)
            print(f"{tables:>7} {tables * COLUMNS:>8} {tables * 2:>8} {statements:>10} {read:>6} ms {compare:>6} ms {process * 1000:>6.1f} ms {used * 1000:>5.1f} ms "
                  f"{executed or 0:>14,} {(executed or 0) // tables:>10,}", flush=True)
        if o.no_alembic:
            return
        models = folder / "models.py"
        models.write_text(models_of(o.tables))
        python = alembic_python(o.venv)
        (process, used, _), (other, other_cpu, found), wall_ratio, cpu_ratio = timed_in_turn(
            command, [python, str(HERE / "compare_metadata.py"), str(database), str(models)], o.runs)
        versions = subprocess.run([python, "-c", "import alembic, sqlalchemy; print('alembic', alembic.__version__ + ', SQLAlchemy', sqlalchemy.__version__)"],
                                  capture_output=True, text=True, check=True).stdout.strip()
        print(f"{versions}: compare_metadata {other:.2f} s, {other_cpu:.2f} s CPU, {found} differences\n"
              f"autopack-schema {process:.3f} s, {used:.3f} s CPU: {wall_ratio:.0f} times as fast, {cpu_ratio:.0f} times less CPU, {o.tables} tables "
              f"(medians of {o.runs} turns)")


if __name__ == "__main__":
    main()
