# SPDX-License-Identifier: MIT
"""Databases with phases and real drains on them: for the tests of the hygiene runbook."""
import hashlib
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

BINARIES = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else pathlib.Path("build/dev/bin").resolve()
SHARED = pathlib.Path(os.environ.get("APS_SHARED") or pathlib.Path(__file__).resolve().parents[3] / "shared")
COPIES = pathlib.Path(__file__).resolve().parents[1] / "fixtures" / "vectors"
SESSIONS = pathlib.Path(".autonomous_runs") / "batch_drain_sessions"


def vectors(name):
    """Inputs and outputs of the original programs; the essential ones are copied, for where the shared folder is not."""
    folder = SHARED / "vectors" if (SHARED / "vectors").is_dir() else COPIES
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def needs_vectors(name):
    there = (SHARED / "vectors").is_dir() or (COPIES / f"{name}.json").exists()
    return unittest.skipUnless(there, "the shared folder is not there; set APS_SHARED or put it beside the repository")


needs_shared = unittest.skipUnless((SHARED / "vectors").is_dir(), "the shared folder is not there; set APS_SHARED or put it beside the repository")


def environment(database=None, **more):
    env = {key: value for key, value in os.environ.items()
           if key not in ("DATABASE_URL", "TELEMETRY_DB_ENABLED", "AUTOPACK_API_URL", "AUTOPACK_RUN_TYPE", "CLICOLOR_FORCE")}
    env["PATH"] = f"{BINARIES}{os.pathsep}{env['PATH']}"
    if database is not None:
        env["DATABASE_URL"] = f"sqlite:///{database}"
    env.update(more)
    return env


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class Workspace(unittest.TestCase):
    """A directory with a database of the current schema, in which programs are run."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.database = self.folder / "autopack.db"

    def run_program(self, program, *arguments, database="own", timeout=120, **more):
        env = environment(self.database if database == "own" else database, **more)
        return subprocess.run([BINARIES / program, *map(str, arguments)], cwd=self.folder, env=env, capture_output=True, text=True,
                              timeout=timeout)

    def start_program(self, program, *arguments, **more):
        """In the background; its output goes to <program>.<n>.log."""
        log = open(self.folder / f"{program}.{time.monotonic_ns()}.log", "w+", encoding="utf-8")
        self.addCleanup(log.close)
        process = subprocess.Popen([BINARIES / program, *map(str, arguments)], cwd=self.folder, env=environment(self.database, **more),
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(lambda: (process.kill(), process.wait()))
        process.log = pathlib.Path(log.name)
        return process

    def make_schema(self):
        done = subprocess.run([BINARIES / "autopack-schema", "migrate", "--create", "--no-backup", "--quiet", "--schema", "autopack"],
                              env=environment(self.database), capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def add_phases(self, run, count, state="FAILED", prefix="p", reason=None):
        self.sql("INSERT OR IGNORE INTO runs (id) VALUES (?)", run)
        self.sql("INSERT INTO tiers (tier_id, run_id, tier_index, name) VALUES ('T', ?, 0, 'T')", run)
        tier = self.sql("SELECT max(id) FROM tiers")[0][0]
        for i in range(count):
            self.sql("INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name, state, last_failure_reason) "
                     "VALUES (?, ?, ?, ?, 'n', ?, ?)", f"{prefix}{i}", run, tier, i, state, reason)

    def sql(self, statement, *parameters):
        connection = sqlite3.connect(self.database, timeout=30)
        try:
            rows = connection.execute(statement, parameters).fetchall()
            connection.commit()
            return rows
        finally:
            connection.close()

    def states(self, run=None):
        where = "" if run is None else f"WHERE run_id = '{run}'"
        return [state for (state,) in self.sql(f"SELECT state FROM phases {where} ORDER BY id")]

    def sessions(self):
        files = sorted((self.folder / SESSIONS).glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return [json.loads(path.read_text(encoding="utf-8")) for path in files]

    def wait_for(self, condition, seconds=30, what="the condition"):
        until = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), until, f"{what} did not come")
            time.sleep(0.02)

    def lines_of(self, name):
        path = self.folder / name
        return path.read_text(encoding="utf-8").split() if path.exists() else []


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = pathlib.Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z")
