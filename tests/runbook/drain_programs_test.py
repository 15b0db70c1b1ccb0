#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""batch_drain, drain_queued and drain_one as processes: the vectors of the original, rules, rulings.

usage: drain_programs_test.py BIN_DIRECTORY
"""
import json
import shlex
import time
import unittest

from drain_support import SESSIONS, Workspace, needs_vectors, sha256, vectors

NOTHING = "sample_executor --events 0"


class SinglePhase(Workspace):
    """[V:drain_single_phase]"""

    def drain_plans(self, plans, *more):
        self.make_schema()
        self.add_phases("r1", 0)
        tier = self.sql("SELECT id FROM tiers")[0][0]
        script = "case $PHASE_ID in\n"
        for result, plan in plans:
            self.sql("INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name, state) VALUES (?, 'r1', ?, ?, 'n', 'FAILED')",
                     result["phase_id"], tier, result["phase_index"])
            command = ["sample_executor", "--state", plan["state"], "--events", str(plan.get("events", 0)), "--exit-code", str(plan["rc"])]
            for option, key in (("--reason", "reason"), ("--stdout", "out"), ("--stderr", "err")):
                command += [option, plan[key]] if key in plan else []
            script += f"{result['phase_id']}) {shlex.join(command)};;\n"
        return self.run_program("batch_drain", "--executor", script + "esac", "--max-fingerprint-repeats", 99, *more)

    @needs_vectors("drain_single_phase")
    def test_results_are_those_of_the_original(self):
        cases = vectors("drain_single_phase")["cases"]
        self.assertEqual(len(cases), 7)
        done = self.drain_plans([(case["result"], case["plan"]) for case in cases])
        self.assertEqual(done.returncode, 1, done.stderr)
        (session,) = self.sessions()
        found = {result["phase_id"]: result for result in session["results"]}
        for case in cases:
            wanted, ours = case["result"], dict(found[case["result"]["phase_id"]])
            self.assertEqual(list(ours), list(wanted))  # the same keys in the same order
            text = json.dumps(ours).replace(str(self.folder.resolve()), "<TMP>").replace(session["session_id"], "batch-drain-20260101-000000")
            ours = json.loads(text)
            for key in wanted:
                with self.subTest(phase=wanted["phase_id"], key=key):
                    if wanted[key] == "<number>":
                        self.assertIsInstance(ours[key], float)
                    elif key == "timestamp":
                        self.assertRegex(ours[key], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$")
                    elif key in ("error_message", "failure_fingerprint") and "stderr" in str(wanted[key]):
                        # the first 200 characters hold the path of the workspace, which is another one
                        self.assertEqual(ours[key][:40], wanted[key][:40])
                        self.assertEqual(ours[key].rpartition("|")[2], wanted[key].rpartition("|")[2])
                    else:
                        self.assertEqual(ours[key], wanted[key])

    @needs_vectors("drain_single_phase")
    def test_ruling_22_a_timeout_says_the_real_limit_and_output_is_no_crash(self):
        wanted = {case["case"]: case for case in vectors("drain_single_phase")["timeouts_posix"]}
        self.assertEqual(set(wanted), {"no_output", "partial_output"})
        self.make_schema()
        self.add_phases("no_output", 1)
        self.add_phases("partial_output", 1)
        script = 'test $RUN_ID = no_output || { printf "partial\\377"; echo problem >&2; }; sleep 60'
        done = self.run_program("batch_drain", "--executor", script, "--phase-timeout-seconds", 1)
        self.assertEqual(done.returncode, 1, done.stderr)
        (session,) = self.sessions()
        results = {result["run_id"]: result for result in session["results"]}
        expected = dict(wanted["no_output"]["result"])
        # Ruling 22: the original says 30 minutes whatever the limit; fingerprints stay one, because numbers become words.
        expected["error_message"] = "Phase drain timed out after 1 second (see logs)"
        expected["failure_fingerprint"] = expected["failure_fingerprint"].replace("minutes", "second")
        for key, value in expected.items():
            self.assertEqual(results["no_output"][key], value, key)
        # Ruling 22: the original crashes with a TypeError on partial output.
        self.assertEqual(results["partial_output"]["final_state"], "TIMEOUT")
        self.assertEqual(results["partial_output"]["subprocess_stdout_excerpt"], "partial\ufffd")
        self.assertEqual(results["partial_output"]["subprocess_stderr_excerpt"], "problem\n")
        self.assertEqual(session["total_timeouts"], 2)
        self.assertEqual(self.sql("SELECT DISTINCT state, last_failure_reason FROM phases"), [("FAILED", expected["error_message"])])

    @needs_vectors("drain_single_phase")
    def test_the_executor_gets_the_environment_of_the_original(self):
        wanted = vectors("drain_single_phase")["child_environment_and_argv"]
        self.make_schema()
        self.add_phases("r1", 1, prefix="early_fail")
        self.run_program("batch_drain", "--executor", "env > env.txt; " + NOTHING)
        found = dict(line.split("=", 1) for line in (self.folder / "env.txt").read_text().splitlines() if "=" in line)
        for key in ("PYTHONUTF8", "PYTHONIOENCODING", "TELEMETRY_DB_ENABLED", "AUTOPACK_API_URL"):
            self.assertEqual(found.get(key), wanted[key], key)
        # What the original gives as --run-id and --phase-id is in the environment.
        self.assertEqual((found["RUN_ID"], found["PHASE_ID"]), ("r1", "early_fail0"))
        self.assertEqual(found["DATABASE_URL"], f"sqlite:///{self.database.resolve()}")

    def test_a_phase_left_executing_has_failed_and_is_not_stuck(self):
        self.make_schema()
        self.add_phases("r", 1, reason="old reason")
        done = self.run_program("batch_drain", "--executor", "sample_executor --state EXECUTING --exit-code 4 --stderr oops")
        self.assertEqual(done.returncode, 1)
        ((state, reason),) = self.sql("SELECT state, last_failure_reason FROM phases")
        self.assertEqual(state, "FAILED")
        self.assertRegex(reason, r"^subprocess exit 4 \(stderr: .*\) \| oops$")
        self.assertEqual(self.sessions()[0]["results"][0]["final_state"], "EXECUTING")

    def test_names_that_are_no_file_names_have_logs_of_their_own(self):
        self.make_schema()
        self.add_phases("../evil", 1, prefix="a/b")
        self.add_phases("..", 1, prefix="evil__a/b")
        self.run_program("batch_drain", "--executor", NOTHING + ' --stdout "$RUN_ID"')
        results = self.sessions()[0]["results"]
        paths = {result["subprocess_stdout_path"] for result in results}
        self.assertEqual(len(paths), 2)
        for path in paths:
            self.assertTrue(path.startswith(str(self.folder.resolve() / SESSIONS)), path)
            self.assertNotIn("/..", path)


class Batch(Workspace):
    def setUp(self):
        super().setUp()
        self.make_schema()

    def test_summary_exit_codes_and_session(self):
        self.add_phases("good", 2)
        self.add_phases("bad", 2)
        self.add_phases("skip-me", 2)
        script = "if [ $RUN_ID = good ]; then sample_executor; else sample_executor --events 0 --state FAILED --reason boom --exit-code 1; fi"
        done = self.run_program("batch_drain", "--executor", script, "--skip-run-prefix", "skip-", "--max-fingerprint-repeats", 2)
        self.assertEqual(done.returncode, 1, done.stderr)
        for line in ("Processed: 4, succeeded: 2, failed: 2, timeouts: 0", "Success rate: 50.0%", "Telemetry events: 6",
                     "  execution_error: 2 (reached the LLM boundary but failed)", "Distinct failures: 1, 1 at the repeat limit",
                     "  bad [STOPPED]: 0/2 succeeded, 0 timeouts, 0 events", "  good: 2/2 succeeded, 0 timeouts, 6 events"):
            self.assertIn(line + "\n", done.stdout)
        (session,) = self.sessions()
        self.assertIsNotNone(session["completed_at"])
        self.assertEqual(session["stopped_runs"], ["bad"])
        self.assertEqual(self.states("skip-me"), ["FAILED", "FAILED"])
        self.assertEqual(self.run_program("batch_drain", "--executor", "sample_executor", "--run-id", "bad").returncode, 0)

    def test_a_dry_run_changes_nothing(self):
        self.add_phases("r", 3)
        before = sha256(self.database)
        done = self.run_program("batch_drain", "--dry-run", "--max-consecutive-zero-yield", 2)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sha256(self.database), before)
        (session,) = self.sessions()
        self.assertEqual(session["total_processed"], 2)  # dry runs feed the streak, as in the original
        self.assertEqual(session["results"][0]["final_state"], "FAILED")
        done = self.run_program("batch_drain", "--executor", "sample_executor")  # and are no attempts
        self.assertEqual(self.states(), ["COMPLETE"] * 3, done.stdout)

    def test_ruling_14_attempts_are_limited_across_sessions(self):
        self.add_phases("r", 1)
        for attempt in range(3):
            done = self.run_program("batch_drain", "--executor", "echo x >> attempts; sample_executor --events 0 --state FAILED --exit-code 1")
            self.assertEqual(done.returncode, 1 if attempt < 2 else 0)
        self.assertEqual(self.lines_of("attempts"), ["x", "x"])
        self.assertIn("[SKIP] r:p0: phase was attempted 2 times", done.stdout)
        self.assertEqual(self.run_program("batch_drain", "--executor", "sample_executor", "--max-attempts-per-phase", 3).returncode, 0)
        self.assertEqual(self.states(), ["COMPLETE"])

    def test_ruling_13_a_corrupt_session_is_skipped_with_a_warning(self):
        self.add_phases("r", 1)
        (self.folder / SESSIONS).mkdir(parents=True)
        broken = self.folder / SESSIONS / "batch-drain-20991231-000000.json"
        broken.write_text('{"session_id": "x", "sampled_runs": ')
        done = self.run_program("batch_drain", "--executor", "sample_executor", "--resume")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("WARNING: ", done.stdout)
        self.assertIn(broken.name, done.stdout)
        self.assertEqual(self.states(), ["COMPLETE"])

    def test_two_sessions_in_one_second_have_two_names(self):
        self.add_phases("r", 6)
        drains = [self.start_program("batch_drain", "--executor", "sample_executor", "--batch-size", 2) for _ in range(3)]
        for drain in drains:
            self.assertEqual(drain.wait(60), 0, drain.log.read_text())
        sessions = self.sessions()
        self.assertEqual(len({session["session_id"] for session in sessions}), 3)
        self.assertEqual(sum(session["total_processed"] for session in sessions), 6)

    def test_without_an_executor_nothing_happens(self):
        self.add_phases("r", 1)
        before = sha256(self.database)
        done = self.run_program("batch_drain")
        self.assertEqual(done.returncode, 1)
        self.assertIn("[S425]", done.stderr)
        self.assertEqual(sha256(self.database), before)

    def test_telemetry_tables_missing_is_a_reason(self):
        self.add_phases("r", 1)
        self.sql("DROP VIEW v_recent_token_estimations")
        self.sql("DROP VIEW v_token_estimation_validation")
        self.sql("DROP TABLE token_estimation_v2_events")
        self.run_program("batch_drain", "--executor", NOTHING)
        self.assertEqual(self.sessions()[0]["results"][0]["zero_yield_reason"], "telemetry_tables_missing")

    def test_the_total_time_and_the_streak_stop_a_batch(self):
        self.add_phases("r", 3)
        done = self.run_program("batch_drain", "--executor", NOTHING, "--max-consecutive-zero-yield", 2)
        self.assertIn("[STOP] 2 phases in a row without telemetry", done.stdout)
        self.assertEqual(self.states().count("COMPLETE"), 2)
        # a yield may be measured from 0: no limit
        self.assertEqual(self.run_program("batch_drain", "--executor", NOTHING, "--max-consecutive-zero-yield", 0, "--max-total-minutes", 0).returncode, 0)
        self.assertEqual(self.states(), ["COMPLETE"] * 3)


class Queued(Workspace):
    """[V:scripts.drain_queued], [V:scripts.drain_one]: the work is a stub that completes phases but for those of a plan."""

    def seed(self):
        self.make_schema()
        self.assertEqual(self.run_program("create_telemetry_run").returncode, 0)

    @staticmethod
    def stub(plan):
        script = "case $PHASE_ID in\n"
        for phase, state in plan.items():
            script += f"{phase}) sample_executor --events 0 --state {state} --reason STUB_FAILURE --exit-code 1;;\n"
        return script + "*) sample_executor --events 0;;\nesac"

    @needs_vectors("scripts")
    def test_queues_are_drained_as_by_the_original(self):
        cases = vectors("scripts")["drain_queued"]
        self.assertEqual(len(cases), 5)
        for number, case in enumerate(cases):
            with self.subTest(args=case["args"]):
                self.database = self.folder / f"queue{number}.db"
                self.seed()
                done = self.run_program("drain_queued", *case["args"], "--executor", self.stub(case["plan"]))
                # Ruling 16: usage errors are errors, exit code 1; the original's argparse gives 2.
                self.assertEqual(done.returncode, 1 if not case["args"] else case["exit_code"], done.stderr)
                self.assertEqual(self.states(), case["states_after"])

    @needs_vectors("scripts")
    def test_one_phase_is_drained_or_refused_as_by_the_original(self):
        cases = vectors("scripts")["drain_one"]
        self.assertEqual(len(cases), 6)
        for number, case in enumerate(cases):
            with self.subTest(args=case["args"], prepare=case["prepare"]):
                self.database = self.folder / f"one{number}.db"
                self.seed()
                if case["prepare"]:
                    self.sql(case["prepare"])
                before = sha256(self.database)
                done = self.run_program("drain_one", *case["args"], "--executor", self.stub(case["plan"]))
                self.assertEqual(done.returncode, case["exit_code"], done.stderr)
                # The same sentence up to the original's advice; the programs have other names.
                sentence = case["stderr"].partition("] ")[2].split(". ")[0].rstrip(".\n") or case["stderr"].removeprefix("Error: ").strip()
                self.assertIn(sentence, done.stderr)
                after = self.sql("SELECT state, last_failure_reason FROM phases WHERE phase_id = 'telemetry-p1-string-util'")
                self.assertEqual([{"state": s, "last_failure_reason": r} for s, r in after], case["state_after"])
                if case["exit_code"] == 2 or "zzz" in case["args"]:
                    self.assertEqual(sha256(self.database), before)

    def test_only_the_phase_that_was_named_is_drained(self):
        self.seed()
        phase = "telemetry-p4-date-util"
        done = self.run_program("drain_one", "--run-id", "telemetry-collection-v4", "--phase-id", phase, "--force", "--executor", "sample_executor")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.sql("SELECT phase_id FROM phases WHERE state <> 'QUEUED'"), [(phase,)])

    def test_telemetry_is_recorded_only_where_it_is_switched_on(self):
        self.seed()
        arguments = ("--run-id", "telemetry-collection-v4", "--executor", "sample_executor", "--poll-seconds", 0, "--batch-size", 5)
        done = self.run_program("drain_queued", *arguments, "--max-batches", 1)
        self.assertIn("TELEMETRY_DB_ENABLED", done.stderr)
        self.assertIn("0 telemetry events: telemetry_disabled", done.stdout)
        self.assertEqual(self.sql("SELECT COUNT(*) FROM token_estimation_v2_events"), [(0,)])
        done = self.run_program("drain_queued", *arguments, TELEMETRY_DB_ENABLED="1")
        self.assertEqual(done.stderr, "")
        self.assertEqual(self.sql("SELECT COUNT(*) FROM token_estimation_v2_events"), [(15,)])

    def test_an_executor_that_puts_its_phase_back_ends_the_drain(self):
        self.seed()
        done = self.run_program("drain_queued", "--run-id", "telemetry-collection-v4", "--executor", "sample_executor --state QUEUED --exit-code 1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("[S427]", done.stderr)

    def test_run_type_and_auditor_reach_the_executor(self):
        self.seed()
        self.run_program("drain_queued", "--run-id", "telemetry-collection-v4", "--max-batches", 1, "--batch-size", 1, "--poll-seconds", 0, "--run-type",
                         "self_repair", "--no-dual-auditor", "--executor", 'echo "$AUTOPACK_RUN_TYPE $AUTOPACK_DUAL_AUDITOR" > type; ' + NOTHING)
        self.assertEqual(self.lines_of("type"), ["self_repair", "0"])
        self.assertEqual(self.run_program("drain_queued", "--run-id", "x", "--run-type", "nonsense").returncode, 1)


if __name__ == "__main__":
    unittest.main()
