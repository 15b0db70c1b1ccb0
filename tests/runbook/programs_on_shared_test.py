#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the telemetry and migration programs on copies of every file of ../shared/db: right output or a clear error, never a crash; the
file unchanged by programs that read, and by the second run of those that migrate; every row kept.

usage: programs_on_shared_test.py BIN_DIRECTORY     exit 77 where ../shared (or APS_SHARED) is not there
"""
import contextlib
import hashlib
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

BINARIES = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else pathlib.Path("build/dev/bin").resolve()
SHARED = pathlib.Path(os.environ.get("APS_SHARED") or pathlib.Path(__file__).resolve().parents[2] / ".." / "shared") / "db"

READERS = {  # program: exit codes that are an answer; 1 is an error with a code, or nothing to work on
    "verify_build_142": (0, 2), "verify_build_144": (0, 2), "verify_p0_fixes": (0, 2), "calibrate": (0, 1), "export_telemetry": (0,),
    "analyze_telemetry": (0, 1), "replay_telemetry": (0,), "propose_calibration": (0, 1),
}
MIGRATIONS = (["migrate_build_129"], ["migrate_build_142"], ["migrate_build_144", "upgrade"], ["migrate_build_144", "downgrade", "--allow-loss"])
HAS = {  # file: tables of telemetry and of usage
    "autopack_b144": ("events", "usage"), "autopack_pre144": ("events", "usage"), "pre142_then_migrated_142": ("events", "usage"),
    "pre144_then_migrated_144": ("events", "usage"), "real_backlog_reduced": ("events",), "timepoint_documented_v1_21col": (),
    "timepoint_v1_20col": (), "timepoint_v1_migrated_28col": (), "timepoint_v2_fresh_28col": (),
}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows_of(path):
    """{table: rows as {column: value}}, without our own history"""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [r[0] for r in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {t: [dict(r) for r in connection.execute(f'SELECT * FROM "{t}" ORDER BY rowid')] for t in tables
                if t != "autopack_schema_history"}


class Programs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, command, database):
        env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "TELEMETRY_DB_ENABLED")}
        env["DATABASE_URL"] = f"sqlite:///{database}"
        done = subprocess.run([BINARIES / command[0], *command[1:]], env=env, cwd=self.folder / "work", capture_output=True, text=True, timeout=300)
        self.assertGreaterEqual(done.returncode, 0, f"{command} on {database.name} crashed: {done.stderr}")
        if done.stderr and done.returncode == 1:
            self.assertRegex(done.stderr, r"^error: \[S\d{3}\] ", f"{command} on {database.name}")
        return done

    def copies(self):
        (self.folder / "work").mkdir()
        found = sorted(SHARED.glob("*.sqlite"))
        self.assertTrue(found)
        for source in found:
            copy = self.folder / source.name
            shutil.copyfile(source, copy)
            yield source.stem, copy

    def test_readers(self):
        for name, copy in self.copies():
            before = digest(copy)
            copy.chmod(0o444)
            for program, codes in READERS.items():
                with self.subTest(file=name, program=program):
                    done = self.run_program([program], copy)
                    needed = "usage" if program == "verify_build_144" else "events"
                    if name in HAS and needed not in HAS[name]:
                        self.assertEqual(done.returncode, 1)
                        self.assertRegex(done.stderr, r"\[S4(10|12|20)\]")
                    else:
                        self.assertIn(done.returncode, codes, done.stderr)
                    self.assertEqual(digest(copy), before)
                    self.assertEqual([p.name for p in self.folder.glob(copy.name + "*")], [copy.name])

    def test_readers_leave_nothing_beside_a_database_with_a_write_ahead_log(self):
        for name, copy in self.copies():
            with contextlib.closing(sqlite3.connect(copy)) as connection:
                self.assertEqual(connection.execute("PRAGMA journal_mode = WAL").fetchone(), ("wal",))
            before = digest(copy)
            for program in [*READERS, "db_identity", "detect_stale_queued", "inspect_run", "verify_database_v2", "batch_drain"]:
                with self.subTest(file=name, program=program):
                    self.run_program([program, *{"inspect_run": ["--list"], "batch_drain": ["--dry-run"]}.get(program, [])], copy)
                    self.assertEqual(digest(copy), before)
                    self.assertEqual([p.name for p in self.folder.glob(copy.name + "*")], [copy.name])

    def test_migrations(self):
        for name, copy in self.copies():
            for command in MIGRATIONS:
                with self.subTest(file=name, command=command):
                    before, bytes_before = rows_of(copy), digest(copy)
                    done = self.run_program(command, copy)
                    if done.returncode != 0:
                        self.assertEqual(digest(copy), bytes_before, done.stderr)
                        continue
                    after = rows_of(copy)
                    self.compare_rows(before, after, dropped="total_tokens" if "downgrade" in command else None, fills="142" in command[0])
                    settled = digest(copy)
                    self.assertEqual(self.run_program(command, copy).returncode, 0)
                    self.assertEqual(digest(copy), settled, "a second run changed something")
                    with contextlib.closing(sqlite3.connect(copy)) as connection:
                        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchone(), ("ok",))

    def compare_rows(self, before, after, dropped, fills):
        """Every row and every old value is there; only what a migration fills may be new."""
        for table, rows in before.items():
            self.assertEqual(len(after[table]), len(rows), table)
            for old, new in zip(rows, after[table]):
                for column, value in old.items():
                    if column == dropped and column not in new:
                        continue
                    if column == "actual_max_tokens" and value is None and fills:
                        self.assertEqual(new[column], old["selected_budget"])
                    elif column == "total_tokens" and value == 0:
                        self.assertEqual(new[column], (old["prompt_tokens"] or 0) + (old["completion_tokens"] or 0))
                    else:
                        self.assertEqual(new[column], value, f"{table}.{column}")

    def test_expected_outcomes(self):
        copies = dict(self.copies())
        told = lambda name, *command: self.run_program(list(command), copies[name])
        self.assertIn("✓ Columns 'prompt_tokens' and 'completion_tokens' made nullable", told("pre144_then_migrated_144", "migrate_build_144", "upgrade").stdout)
        self.assertIn("Backfilled 1 rows that were still NULL", told("pre142_then_migrated_142", "migrate_build_142").stdout)
        self.assertIn("S418", told("timepoint_v1_20col", "migrate_build_142").stderr)
        self.assertEqual(len(told("autopack_b144", "export_telemetry").stdout.splitlines()), 50)
        self.assertIn("there is no CHECK of the complexity", told("autopack_b144", "verify_p0_fixes").stdout)
        self.assertIn("No DB samples found", told("real_backlog_reduced", "replay_telemetry").stdout)
        self.assertTrue(re.search(r"Underestimation Rate\*\*: \d", told("autopack_b144", "analyze_telemetry", "--success-only").stdout))


if __name__ == "__main__":
    if not SHARED.is_dir():
        print("SKIPPED: the shared folder is not there; set APS_SHARED or put it beside the repository")
        sys.exit(77)
    unittest.main()
