#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Command lines of the original programs, run with ours: exit codes, and what they print where the vectors have it.

usage: original_command_lines_test.py BIN_DIRECTORY
"""
import shutil
import unittest

from drain_support import SHARED, Workspace, needs_shared, needs_vectors, sha256, vectors


class Migrations(Workspace):
    """[V:migrations]: what is not about rows, which migrations_test.cpp reads"""

    def check(self, case, program, *more, database="own"):
        done = self.run_program(program, *case["args"], *more, database=database)
        self.assertEqual(done.returncode, case["exit_code"], done.stderr)
        for stream in ("stdout", "stderr"):
            if case[stream] != "(omitted)":
                self.assertEqual(getattr(done, stream), case[stream])
        return done

    @needs_vectors("migrations")
    def test_build_144_without_a_table(self):
        cases = vectors("migrations")["build144_no_table"]
        self.assertEqual([case["args"] for case in cases], [["upgrade"], ["downgrade"]])
        self.sql("CREATE TABLE other (x)")
        before = sha256(self.database)
        for case in cases:
            done = self.check(case, "migrate_build_144")
            self.assertIn("⚠️  Table 'llm_usage_events' does not exist\n", done.stdout)
            self.assertNotIn("completed successfully", done.stdout)
        self.assertEqual(sha256(self.database), before)

    @needs_vectors("migrations")
    def test_build_144_on_an_empty_table(self):
        self.sql("CREATE TABLE llm_usage_events (id INTEGER PRIMARY KEY, provider VARCHAR NOT NULL, model VARCHAR NOT NULL, run_id VARCHAR, "
                 "phase_id VARCHAR, role VARCHAR NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, created_at DATETIME NOT NULL, "
                 "is_doctor_call BOOLEAN NOT NULL, doctor_model VARCHAR, doctor_action VARCHAR)")
        done = self.check(vectors("migrations")["build144_empty_table"], "migrate_build_144", "--no-backup")
        self.assertIn("Total rows: 0\n", done.stdout)
        self.assertNotIn("None", done.stdout)  # the original prints a NULL sum as None: 0 is the sum of nothing
        self.assertIn("✅ Migration completed successfully!\n", done.stdout)

    @needs_shared
    def test_build_144_on_a_fresh_database_of_the_original(self):
        shutil.copyfile(SHARED / "db" / "autopack_b144.sqlite", self.database)
        done = self.check(vectors("migrations")["build144_fresh_orm_db"], "migrate_build_144", "--no-backup")
        self.assertIn("✓ Column 'total_tokens' already exists, skipping column creation\n", done.stdout)
        self.assertIn("✓ Default 0 added to column 'total_tokens'\n", done.stdout)  # ruling 4
        self.assertNotIn("completed successfully", done.stdout)

    @needs_vectors("migrations")
    def test_build_142_on_an_empty_file(self):
        case = vectors("migrations")["build142_empty_file"]
        self.database.touch()
        self.check(case, "migrate_build_142")
        self.assertEqual(self.sql("SELECT COUNT(*) FROM pragma_table_info('token_estimation_v2_events')"), [(29,)])

    @needs_vectors("migrations")
    def test_without_a_database(self):
        for key, program in (("build144_no_DATABASE_URL_eoy", "migrate_build_144"), ("build142_no_DATABASE_URL", "migrate_build_142")):
            done = self.check(vectors("migrations")[key], program, database=None)
            self.assertIn("DATABASE_URL=sqlite:///", done.stderr)
            self.assertEqual(list(self.folder.iterdir()), [])


class Telemetry(Workspace):
    """[V:scripts], [V:analyze_v3.cli]"""

    def add_events(self, count, deliverables='["src/a.py"]'):
        self.make_schema()
        self.add_phases("r1", 1)
        for number in range(count):
            self.sql("INSERT INTO token_estimation_v2_events (run_id, phase_id, category, complexity, deliverable_count, deliverables_json, "
                     "predicted_output_tokens, actual_output_tokens, selected_budget, success, model) "
                     "VALUES ('r1', 'p0', 'implementation', 'low', 1, ?, 1000, ?, 8192, 1, 'm')", deliverables, 900 + number)

    @needs_vectors("scripts")
    def test_export(self):
        for key, count in (("export_empty", 0), ("export", 5)):
            case = vectors("scripts")[key]
            self.database = self.folder / f"{key}.db"
            self.add_events(count)
            done = self.run_program("export_telemetry", *case["args"])
            self.assertEqual((done.returncode, done.stderr), (case["exit_code"], case["stderr"]))
            self.assertEqual(len(done.stdout.splitlines()), count)

    @needs_vectors("scripts")
    def test_replay(self):
        nothing = vectors("scripts")["replay_empty_no_log_file"]
        self.make_schema()
        done = self.run_program("replay_telemetry", *nothing["args"])
        self.assertEqual((done.returncode, done.stdout, done.stderr), (nothing["exit_code"], nothing["stdout"], nothing["stderr"]))
        case = vectors("scripts")["replay"]
        self.database = self.folder / "events.db"
        self.add_events(3, deliverables="[]")
        done = self.run_program("replay_telemetry", *case["args"])
        self.assertEqual((done.returncode, done.stderr), (case["exit_code"], case["stderr"]))

    @needs_vectors("scripts")
    def test_row_counts_are_those_of_db_identity(self):
        # telemetry_row_counts is none of our programs: db_identity has its numbers, and nothing falls back to ./autopack.db.
        cases = vectors("scripts")["telemetry_row_counts"]
        self.assertIn("- token_estimation_v2_events: 5\n- token_budget_escalation_events: 0\n", cases[0]["stdout"])
        self.add_events(5)
        done = self.run_program("db_identity")
        self.assertIn("  Total events (v2): 5\n", done.stdout)
        self.assertIn("  Escalation events: 0\n", done.stdout)
        self.assertEqual(cases[-1]["exit_code"], 2)
        self.assertEqual(self.run_program("db_identity", database=None).returncode, 1)

    @needs_vectors("analyze_v3")
    def test_analyze(self):
        v = vectors("analyze_v3")
        some, none, documented = v["cli"]
        logs = self.folder / "an_logs"
        for name, text in v["log_files"].items():
            path = logs / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (self.folder / "an_empty").mkdir()
        self.assertEqual(self.run_program("analyze_telemetry", *some["args"], database=None).returncode, some["exit_code"])
        done = self.run_program("analyze_telemetry", *none["args"], database=None)
        self.assertEqual(done.returncode, none["exit_code"])
        self.assertEqual(done.stdout.replace("Scanning an_empty", "Scanning <TMP>"), none["stdout"])
        # Ruling 17: the documented command reads the database; the original looks for logs and finds nothing.
        self.assertEqual((documented["args"], documented["exit_code"]), (["--success-only"], 1))
        self.add_events(5)
        done = self.run_program("analyze_telemetry", *documented["args"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Total records found: 5\n", done.stdout)


class SavedSessions(Workspace):
    """[V:triage.real_save_defect]"""

    @needs_vectors("triage")
    def test_ruling_13_what_the_original_leaves_behind_is_skipped_and_ours_is_saved(self):
        defect = vectors("triage")["real_save_defect"]
        self.make_schema()
        self.add_phases("r", 2)
        folder = self.folder / ".autonomous_runs" / "batch_drain_sessions"
        folder.mkdir(parents=True)
        for name, tail in defect["partial_file_tail"].items():
            (folder / name).write_text('{"results": [\n    {\n      "zero_' + tail, encoding="utf-8")
        done = self.run_program("batch_drain", "--executor", "sample_executor", "--resume")  # the original: a JSONDecodeError
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("WARNING: ", done.stdout)
        for name in defect["partial_file_tail"]:
            (folder / name).unlink()
        (session,) = self.sessions()  # the original: a TypeError at the first save
        self.assertEqual(session["sampled_runs"], ["r"])
        self.assertIsNotNone(session["completed_at"])


if __name__ == "__main__":
    unittest.main()
