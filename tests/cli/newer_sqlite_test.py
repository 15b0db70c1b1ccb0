#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the migration tests on the newest SQLite that the npm package better-sqlite3 carries: its sqlite3.c is compiled into a
library that the test programs load instead of the system's.

usage: newer_sqlite_test.py PROGRAM COMPILER INCLUDE_DIRECTORY     exit 77: npm or its registry cannot be reached
The library is kept beside the programs, so that a second run needs neither.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

SKIPPED = 77
FEATURES = ["FTS3", "FTS3_PARENTHESIS", "FTS4", "FTS5", "RTREE", "GEOPOLY", "COLUMN_METADATA", "STAT4", "DBSTAT_VTAB", "MATH_FUNCTIONS",
            "UNLOCK_NOTIFY"]  # as Debian's
TESTS = ["migrate_newer_sqlite", "migrate_in_place", "migrate_everything", "migrate_keep", "migrate_preflight", "migrate_rename", "migrate_run",
         "migrate_restore", "migrate_property", "migrate_downgrade", "migrate_step", "migrate_batch", "migrate_session",
         "migrate_traps_foreign_keys", "migrate_traps_names", "migrate_traps_rows", "migrate_traps_schema", "migrate_traps_transaction",
         "schemas_autopack_migration", "inspect", "inspect_sql"]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def source(folder):
    """The sqlite3.c of the newest package."""
    if shutil.which("npm") is None:
        skip("there is no npm")
    try:
        packed = subprocess.run(["npm", "pack", "--silent", "better-sqlite3"], cwd=folder, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        skip("npm did not answer")
    if packed.returncode != 0:
        skip("npm cannot reach its registry: " + packed.stderr.strip()[-200:])
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        package.extractall(folder)
    return folder / "package/deps/sqlite3/sqlite3.c"


def library(place):
    """The folder of a libsqlite3.so.0 that was made from it."""
    made = place / "newer_sqlite" / "libsqlite3.so.0"
    if made.exists():
        return made.parent
    with tempfile.TemporaryDirectory() as folder:
        code = source(pathlib.Path(folder))
        made.parent.mkdir(exist_ok=True)
        part = made.with_suffix(f".{os.getpid()}")
        subprocess.run(["cc", "-O1", "-fPIC", "-shared", "-DSQLITE_THREADSAFE=1", *(f"-DSQLITE_ENABLE_{f}" for f in FEATURES),
                        "-Wl,-soname,libsqlite3.so.0", str(code), "-o", str(part), "-lm", "-lpthread"], check=True)
        part.rename(made)
    return made.parent


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    build = program.parent.parent
    environment = {"APS_SEEDS": "500"} | os.environ | {"LD_LIBRARY_PATH": str(library(build))}
    version = subprocess.run([sys.executable, "-c", "import sqlite3; print(sqlite3.sqlite_version)"], env=environment, check=True,
                             capture_output=True, text=True).stdout.strip()
    print(f"SQLite {version}")
    if tuple(map(int, version.split("."))) < (3, 53):
        skip("it is older than 3.53")
    failed, ran = [], 0
    for name in TESTS:
        test = build / "tests/sqlite" / f"sqlite_{name}_test"
        if not test.exists():
            continue
        done = subprocess.run([str(test)], env=environment, capture_output=True, text=True, timeout=600)
        ran += 1
        print(f"{name}: {done.stdout.strip().splitlines()[-1]}")
        if done.returncode != 0:
            failed.append(name)
            print(done.stdout[-4000:] + done.stderr[-1000:])
    if ran == 0:
        skip("no migration test was built")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
