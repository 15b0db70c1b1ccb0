#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""db_identity, detect_stale_queued, create_telemetry_run and the metadata programs as processes; every program on every real file.

usage: hygiene_programs_test.py BIN_DIRECTORY
"""
import datetime
import pathlib
import shutil
import subprocess
import unittest

from drain_support import BINARIES, SHARED, Workspace, environment, needs_shared, needs_vectors, sha256, vectors

# Programs of the hygiene and the database-v2 runbook with arguments that they need, and whether they only read.
PROGRAMS = [
    ("db_identity", [], True),
    ("detect_stale_queued", [], True),
    ("detect_stale_queued", ["--report-only", "--mark-failed", "--stale-hours", "1"], True),
    ("detect_stale_queued", ["--mark-failed"], False),
    ("create_telemetry_run", [], False),
    ("batch_drain", ["--dry-run"], True),
    ("batch_drain", ["--batch-size", "3", "--executor", "sample_executor"], False),
    ("drain_queued", ["--run-id", "nope", "--executor", "sample_executor"], False),
    ("drain_one", ["--run-id", "nope", "--phase-id", "nope", "--executor", "sample_executor"], False),
    ("sample_executor", [], False),
    ("verify_database_v2", [], True),
    ("inspect_run", ["run_x"], True),
    ("inspect_run", ["--list", "--json"], True),
    ("migrate_database_v2", [], False),
    ("rollback_database_v2", [], False),
    ("record_run", ["run_new"], False),
]


class Identity(Workspace):
    """[V:identity]"""

    @needs_vectors("identity")
    def test_exit_codes_are_those_of_the_original(self):
        cases = {case["db"].partition(" (")[0]: case for case in vectors("identity")["cases"]}
        self.assertEqual(len(cases), 5)
        self.make_schema()
        for name, prepare in {"schema only": [], "two runs": ["INSERT INTO runs (id) VALUES ('a')", "INSERT INTO runs (id) VALUES ('b')"],
                              "telemetry tables missing": ["DROP VIEW v_recent_token_estimations", "DROP VIEW v_token_estimation_validation",
                                                           "DROP TABLE token_estimation_v2_events"]}.items():
            for statement in prepare:
                self.sql(statement)
            with self.subTest(name):
                done = self.run_program("db_identity")
                self.assertEqual(done.returncode, cases[name]["exit_code"], done.stderr)
                self.assertEqual(done.stderr, cases[name]["stderr"])
        self.assertIn("Telemetry Statistics: not there", done.stdout)
        empty = self.folder / "empty.db"
        empty.touch()
        self.assertEqual(self.run_program("db_identity", database=empty).returncode, cases["no tables"]["exit_code"])
        unset = self.run_program("db_identity", database=None)
        self.assertEqual(unset.returncode, cases["DATABASE_URL unset"]["exit_code"])
        self.assertIn("DATABASE_URL=sqlite:///autopack.db", unset.stderr)

    @needs_vectors("identity")
    def test_ruling_24_the_path_is_the_one_that_was_opened(self):
        # [V:identity.relative_url]: the original's banner and engine disagree, and it creates a file elsewhere.
        self.assertTrue(vectors("identity")["relative_url"]["engine_created_file_in_repo_root"])
        missing = subprocess.run([BINARIES / "db_identity"], cwd=self.folder, env=environment("rel.db"), capture_output=True, text=True)
        self.assertEqual(missing.returncode, 1)
        self.assertIn(f"{self.folder.resolve()}/rel.db", missing.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])
        self.make_schema()
        shutil.copy(self.database, self.folder / "rel.db")
        there = subprocess.run([BINARIES / "db_identity"], cwd=self.folder, env=environment("rel.db"), capture_output=True, text=True)
        self.assertIn(f"SQLite file: {self.folder.resolve()}/rel.db\nSize: {self.database.stat().st_size} bytes\n", there.stdout)

    @needs_vectors("identity")
    def test_the_empty_database_guard(self):
        cases = vectors("identity")["empty_guard"]
        self.assertEqual(len(cases), 6)
        self.make_schema()
        before = sha256(self.database)
        for case in cases:
            name = pathlib.Path(case["script"]).stem
            program = {"batch_drain_controller": "batch_drain", "calibrate_token_estimator": "calibrate"}.get(name, name)
            expected = case["exit_code"]
            if program == "batch_drain" and "--allow-empty-db" in case["args"]:
                expected = 0  # ruling 13: the original's session cannot be saved, and it fails
            if program == "detect_stale_queued":
                # ruling 16: the guard is there, and so is the switch that the original does not know
                expected = 0 if "--allow-empty-db" in case["args"] else 1
            with self.subTest(program=program, args=case["args"]):
                done = self.run_program(program, *case["args"])
                self.assertEqual(done.returncode, expected, done.stderr)
                if expected == 1 and "--allow-empty-db" not in case["args"]:
                    self.assertIn("[S420]", done.stderr)
        self.assertEqual(sha256(self.database), before)


class Stale(Workspace):
    """[V:stale.main]: the command lines, at the time of the test."""

    def fill(self, phases):
        self.make_schema()
        now = datetime.datetime.utcnow()
        for run in dict.fromkeys(phase["run_id"] for phase in phases):
            self.add_phases(run, 0)
        for phase in phases:
            # half a minute less, because the test takes time; the exact limits are in hygiene_test.cpp
            since = now - datetime.timedelta(minutes=phase["age_minutes"], seconds=-30 if phase["age_minutes"] < 0 else 0)
            self.sql("INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name, state, updated_at, last_failure_reason) "
                     "SELECT ?, ?, id, 0, 'n', ?, ?, ? FROM tiers WHERE run_id = ?", phase["phase_id"], phase["run_id"], phase["state"],
                     since.strftime("%Y-%m-%d %H:%M:%S.%f"), phase["last_failure_reason"], phase["run_id"])

    @needs_vectors("stale")
    def test_command_lines(self):
        v = vectors("stale")
        self.assertEqual(len(v["main"]), 8)
        for number, case in enumerate(v["main"]):
            with self.subTest(argv=case["argv"]):
                self.database = self.folder / f"stale{number}.db"
                # phases within a minute of a limit would cross it while the test runs
                self.fill([phase for phase in v["phases"] if phase["phase_id"] not in ("p-29m59", "p-30m", "p-59m59", "p-1h")])
                before = sha256(self.database)
                done = self.run_program("detect_stale_queued", *case["argv"])
                self.assertEqual(done.returncode, case["exit_code"], done.stderr)
                failed = self.sql("SELECT run_id, phase_id, state, last_failure_reason FROM phases WHERE state = 'FAILED' ORDER BY id")
                after = [tuple(row.values()) for row in case["after"]]
                if "--report-only" in case["argv"]:
                    # ruling 16: --report-only wins; the original marks all the same
                    self.assertEqual(sha256(self.database), before)
                else:
                    self.assertEqual(failed, after)
                if case["stdout"] != "(omitted)" and case["exit_code"] == 0:
                    self.assertEqual(done.stdout, case["stdout"])

    @needs_vectors("stale")
    def test_ruling_16_stale_hours_is_accepted_and_usage_errors_are_errors(self):
        documented = vectors("stale")["documented_flag_stale_hours"]
        self.assertEqual(documented["exit_code"], 2)  # unknown to the original
        self.fill(vectors("stale")["phases"])
        done = self.run_program("detect_stale_queued", *documented["args"])
        self.assertEqual(done.returncode, 2)  # one was found
        self.assertEqual(self.sql("SELECT phase_id FROM phases WHERE last_failure_reason LIKE '[STALE-QUEUED]%'"), [("p-48h",)])
        for wrong in (["--nonsense"], ["--max-age-minutes", "0"], ["--stale-hours", "1", "--max-age-minutes", "60"], ["--stale-hours", "x"]):
            self.assertEqual(self.run_program("detect_stale_queued", *wrong).returncode, 1, wrong)


class Seeding(Workspace):
    @needs_vectors("scripts")
    def test_exit_codes(self):
        v = vectors("scripts")
        self.make_schema()
        for case in ("seed_first", "seed_second"):
            self.assertEqual(self.run_program("create_telemetry_run").returncode, v[case]["exit_code"])
        unset = self.run_program("create_telemetry_run", database=None)
        self.assertEqual(unset.returncode, v["seed_no_url"]["exit_code"])
        self.assertEqual(unset.stdout, v["seed_no_url"]["stdout"])
        self.assertIn("DATABASE_URL", unset.stderr)
        self.assertEqual(self.run_program("db_identity").returncode, v["seed_identity"]["exit_code"])


class EveryFile(Workspace):
    def test_without_a_database_nothing_is_created(self):
        for program, arguments, _ in PROGRAMS:
            with self.subTest(program=program, arguments=arguments):
                done = self.run_program(program, *arguments, database=None, RUN_ID="r", PHASE_ID="p")
                self.assertEqual(done.returncode, 1)
                self.assertIn("DATABASE_URL", done.stderr)
                self.assertIn("sqlite:///", done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertEqual(list(self.folder.iterdir()), [])

    @needs_shared
    def test_every_program_on_every_file(self):
        files = sorted((SHARED / "db").glob("*.sqlite"))
        self.assertGreaterEqual(len(files), 9)
        for file in files:
            for program, arguments, reads_only in PROGRAMS:
                with self.subTest(file=file.name, program=program, arguments=arguments):
                    work = self.folder / f"{file.stem}-{program}-{len(arguments)}"
                    work.mkdir()
                    copy = work / file.name
                    shutil.copyfile(file, copy)
                    before = sha256(copy)
                    done = subprocess.run([BINARIES / program, *arguments], cwd=work, env=environment(copy, RUN_ID="r", PHASE_ID="p"),
                                          capture_output=True, text=True, timeout=120)
                    self.assertIn(done.returncode, (0, 1, 2), done.stderr)  # a crash is negative
                    if done.returncode == 1 and program != "batch_drain":
                        self.assertRegex(done.stderr, r"error: \[S\d{3}\]")
                    if reads_only or (done.returncode == 1 and program != "batch_drain"):
                        self.assertEqual(sha256(copy), before)
                        self.assertEqual([path.name for path in work.iterdir() if path.name != ".autonomous_runs"], [file.name])

    @needs_shared
    def test_what_applies_works(self):
        for name in ("autopack_b144", "autopack_pre144", "pre142_then_migrated_142", "pre144_then_migrated_144", "real_backlog_reduced"):
            for program, arguments in (("db_identity", []), ("detect_stale_queued", ["--max-age-minutes", "1000000", "--allow-empty-db"])):
                with self.subTest(file=name, program=program):
                    done = self.run_program(program, *arguments, database=SHARED / "db" / f"{name}.sqlite")
                    self.assertIn(done.returncode, (0, 2), done.stderr)
        for name in ("timepoint_documented_v1_21col", "timepoint_v1_20col", "timepoint_v1_migrated_28col", "timepoint_v2_fresh_28col"):
            with self.subTest(file=name):
                done = self.run_program("inspect_run", "--list", database=SHARED / "db" / f"{name}.sqlite")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("schema 1.0" if "_v1_2" in name or "documented" in name else "schema 2.0", done.stdout)

    @needs_shared
    def test_an_archive_is_never_written(self):
        archive = self.folder / "runs_v1_archive.db"
        shutil.copyfile(SHARED / "db" / "timepoint_documented_v1_21col.sqlite", archive)
        before = sha256(archive)
        for program, arguments, code in (("migrate_database_v2", [], 0), ("record_run", ["run_new"], 1), ("inspect_run", ["--list"], 0),
                                         ("rollback_database_v2", [], 1)):
            with self.subTest(program=program):
                self.assertEqual(self.run_program(program, *arguments, database=archive).returncode, code)
                self.assertEqual(sha256(archive), before)
                self.assertEqual([path.name for path in self.folder.iterdir()], [archive.name])

    @needs_shared
    def test_the_real_backlog_is_drained(self):
        self.database.write_bytes((SHARED / "db" / "real_backlog_reduced.sqlite").read_bytes())
        done = self.run_program("batch_drain", "--batch-size", 40, "--executor", "sample_executor", "--skip-run-prefix", "research-")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.states().count("COMPLETE"), 141 + 40)
        self.assertEqual(self.sql("SELECT COUNT(*) FROM token_estimation_v2_events"), [(120,)])
        self.assertEqual(self.sql("SELECT COUNT(*) FROM phases WHERE state = 'COMPLETE' AND run_id LIKE 'research-%' AND builder_attempts = 3"), [(0,)])


if __name__ == "__main__":
    unittest.main()
