#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Drains that are killed, interrupted, or run at once: no finished phase is repeated, no phase is taken twice.

usage: drain_kill_test.py BIN_DIRECTORY
"""
import collections
import os
import random
import signal
import time
import unittest

from drain_support import Workspace, is_alive

# What was begun and what was finished, one line each; O_APPEND makes them whole.
LOGGED = 'echo "$RUN_ID:$PHASE_ID" >> begun; {} && echo "$RUN_ID:$PHASE_ID" >> finished'
# A lock for each phase, which its work keeps as long as it lives: two at once on one phase would be seen.
ALONE = 'exec 9> "lock.$RUN_ID.$PHASE_ID"; flock -n 9 || echo "$RUN_ID:$PHASE_ID" >> overlaps; '
QUICK = ALONE + LOGGED.format("sleep 0.0$(($$ % 8)); sample_executor")
ALL = ["COMPLETE"]
KILLS = int(os.environ.get("APS_KILLS", "40"))  # of each test with random moments


class Killed(Workspace):
    def setUp(self):
        super().setUp()
        self.make_schema()

    def batch(self, executor, *more):
        return self.start_program("batch_drain", "--executor", executor, "--batch-size", 500, "--max-attempts-per-phase", 99, *more)

    def finished_once(self, attempts=3):
        """An executor counts its calls in the statement that finishes the phase: twice would be twice as many."""
        self.assertEqual(self.sql("SELECT run_id, phase_id, builder_attempts FROM phases WHERE state = 'COMPLETE' AND builder_attempts <> ?", attempts), [])
        self.assertEqual(self.lines_of("overlaps"), [])

    def killed_at_random(self, start, seed, drains=1):
        """Starts drains and kills them, again and again; every one goes on where those before it were."""
        chance = random.Random(seed)
        killed = 0
        while killed < KILLS and any(state != "COMPLETE" for state in self.states()):
            running = [start() for _ in range(drains)]
            time.sleep(chance.uniform(0.02, 0.35))
            for drain in running:
                killed += drain.poll() is None
                drain.kill()
                drain.wait()
        self.finished_once()
        return killed

    def check_resumed(self, count, attempts=3):
        """Everything is done; what was finished was finished once; one event per recorded call."""
        self.finished_once(attempts)
        self.assertEqual(self.states(), ALL * count)
        finished = collections.Counter(self.lines_of("finished"))
        self.assertEqual([key for key, times in finished.items() if times > 1], [])
        self.assertEqual(len(finished), count)

    def test_batch_killed_at_work_resumes_without_repeating(self):
        self.add_phases("a", 3)
        self.add_phases("b", 3)
        drain = self.batch(LOGGED.format("echo $$ > pid; test -e go || sleep 60; sample_executor"))
        self.wait_for((self.folder / "pid").exists)
        pid = int((self.folder / "pid").read_text())
        self.assertEqual(self.states().count("EXECUTING"), 1)
        drain.kill()
        drain.wait()
        self.wait_for(lambda: not is_alive(pid), what="the end of the executor")  # the work dies with its drain
        self.assertEqual(self.lines_of("finished"), [])
        (self.folder / "go").touch()
        resumed = self.batch(LOGGED.format("sample_executor"), "--resume")
        self.assertEqual(resumed.wait(60), 0, resumed.log.read_text())
        self.assertIn("[RECOVER] a:p0: its drain was killed; it is FAILED again", resumed.log.read_text())
        self.check_resumed(6)
        (session,) = self.sessions()
        self.assertEqual((session["total_processed"], session["total_success"]), (6, 6))

    def test_batch_killed_behind_the_work_counts_it_and_does_not_repeat_it(self):
        self.add_phases("a", 2)
        drain = self.batch(LOGGED.format("sample_executor") + "; sleep 60")  # the phase is COMPLETE, its drain does not know
        self.wait_for(lambda: len(self.lines_of("finished")) == 1)
        drain.kill()
        drain.wait()
        resumed = self.batch(LOGGED.format("sample_executor"), "--resume")
        self.assertEqual(resumed.wait(60), 0, resumed.log.read_text())
        self.check_resumed(2)
        (session,) = self.sessions()
        self.assertEqual(session["total_processed"], 2)
        first = session["results"][0]
        self.assertEqual((first["phase_id"], first["final_state"], first["telemetry_events_collected"]), ("p0", "COMPLETE", 3))

    def test_a_failed_phase_whose_drain_was_killed_is_not_tried_again_in_its_session(self):
        self.add_phases("a", 2)
        drain = self.batch("echo $PHASE_ID >> begun; sample_executor --state FAILED --reason why --exit-code 1; sleep 60")
        self.wait_for(lambda: self.sql("SELECT COUNT(*) FROM phases WHERE last_failure_reason = 'why'")[0][0] == 1)
        drain.kill()
        drain.wait()
        resumed = self.batch("echo $PHASE_ID >> begun; sample_executor", "--resume")
        self.assertEqual(resumed.wait(60), 1, resumed.log.read_text())
        self.assertEqual(self.lines_of("begun"), ["p0", "p1"])
        self.assertEqual([r["error_message"] for r in self.sessions()[0]["results"]], ["why", None])

    def test_batch_killed_at_random_moments_always_comes_to_its_end(self):
        for run in "abcdef":
            self.add_phases(run, 25)
        killed = self.killed_at_random(lambda: self.batch(QUICK, "--resume"), 20251229)
        self.assertGreater(killed, KILLS // 2)  # or nothing was shown
        for _ in range(2):  # once more for phases that have failed because their executor was killed with its drain
            last = self.batch(QUICK, "--resume", "--max-fingerprint-repeats", 999)
            self.assertIn(last.wait(300), (0, 1), last.log.read_text())
        self.finished_once()
        self.assertEqual(self.states(), ALL * 150)
        for session in self.sessions():
            keys = [(r["run_id"], r["phase_id"]) for r in session["results"]]
            self.assertEqual(len(keys), len(set(keys)))
            self.assertEqual(session["total_processed"], len(keys))

    def test_queues_killed_at_random_moments_two_at_once_always_come_to_their_end(self):
        self.add_phases("q", 150, state="QUEUED")
        start = lambda: self.start_program("drain_queued", "--run-id", "q", "--poll-seconds", 0, "--executor", QUICK)
        killed = self.killed_at_random(start, 20251230, drains=2)
        self.assertGreater(killed, KILLS // 2)
        last = start()
        self.assertEqual(last.wait(300), 0, last.log.read_text())
        self.finished_once()
        self.assertEqual(self.states(), ALL * 150)

    def test_a_killed_queue_resumes_without_repeating(self):
        self.add_phases("q", 6, state="QUEUED")
        arguments = ("--run-id", "q", "--poll-seconds", 0, "--executor")
        drain = self.start_program("drain_queued", *arguments, LOGGED.format("test $PHASE_ID != p3 -o -e go || sleep 60; sample_executor --events 1"),
                                   TELEMETRY_DB_ENABLED="1")
        self.wait_for(lambda: "q:p3" in self.lines_of("begun"))
        self.assertEqual(self.states()[3], "EXECUTING")
        drain.kill()
        drain.wait()
        (self.folder / "go").touch()
        time.sleep(0.2)
        resumed = self.start_program("drain_queued", *arguments, LOGGED.format("sample_executor --events 1"), TELEMETRY_DB_ENABLED="1")
        self.assertEqual(resumed.wait(60), 0, resumed.log.read_text())
        self.assertIn("[RECOVER] q:p3", resumed.log.read_text())
        self.check_resumed(6, attempts=1)
        self.assertEqual(self.sql("SELECT COUNT(*) FROM token_estimation_v2_events"), [(6,)])

    def test_an_interrupted_batch_puts_its_phase_back_and_goes_on_later(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            run = f"run{number.value}"
            self.add_phases(run, 2, reason="before")
            before = self.sql("SELECT state, last_failure_reason, last_attempt_timestamp FROM phases")
            drain = self.batch(f"echo $$ > pid{number.value}; sleep 60")
            self.wait_for((self.folder / f"pid{number.value}").exists)
            drain.send_signal(number)
            self.assertEqual(drain.wait(20), 130, drain.log.read_text())
            self.assertEqual(self.sql("SELECT state, last_failure_reason, last_attempt_timestamp FROM phases"), before)
            self.assertIsNone(self.sessions()[-1]["completed_at"])
            resumed = self.batch("sample_executor", "--resume")
            self.assertEqual(resumed.wait(60), 0, resumed.log.read_text())
            self.assertEqual(set(self.states()), {"COMPLETE"})

    def test_an_interrupted_single_phase_is_as_before(self):
        self.add_phases("r", 1, state="QUEUED")
        drain = self.start_program("drain_one", "--run-id", "r", "--phase-id", "p0", "--executor", "echo $$ > pid; sleep 60")
        self.wait_for((self.folder / "pid").exists)
        drain.send_signal(signal.SIGINT)
        self.assertEqual(drain.wait(20), 130)
        self.assertEqual(self.sql("SELECT state, last_attempt_timestamp FROM phases"), [("QUEUED", None)])


class AtOnce(Workspace):
    def setUp(self):
        super().setUp()
        self.make_schema()

    def begun_once(self, count):
        begun = collections.Counter(self.lines_of("begun"))
        self.assertEqual(self.lines_of("overlaps"), [])
        self.assertEqual([key for key, times in begun.items() if times > 1], [])
        self.assertEqual(len(begun), count)

    def test_drains_of_one_backlog_share_it(self):
        for run in "abcdefgh":
            self.add_phases(run, 5)
        executor = ALONE + LOGGED.format("until test -e go; do sleep 0.02; done; sample_executor")
        drains = [self.start_program("batch_drain", "--executor", executor, "--batch-size", 100) for _ in range(3)]
        self.wait_for(lambda: len(self.lines_of("begun")) == 3)  # each has taken one: none does all the work alone
        (self.folder / "go").touch()
        for drain in drains:
            self.assertEqual(drain.wait(120), 0, drain.log.read_text())
        self.begun_once(40)
        self.assertEqual(self.states(), ALL * 40)
        sessions = self.sessions()
        self.assertEqual(sum(session["total_processed"] for session in sessions), 40)
        self.assertGreater(sum(session["total_processed"] > 0 for session in sessions), 1)  # or nothing was shown

    def test_what_fails_in_one_drain_is_not_taken_by_the_other(self):
        for run in "abcdefghij":
            self.add_phases(run, 2)
        executor = 'echo "$RUN_ID:$PHASE_ID" >> begun; sample_executor --events 1 --state FAILED --reason "$RUN_ID" --exit-code 1'
        drains = [self.start_program("batch_drain", "--executor", executor, "--batch-size", 100) for _ in range(2)]
        for drain in drains:
            self.assertEqual(drain.wait(120), 1, drain.log.read_text())
        self.begun_once(20)

    def test_drains_of_one_queue_share_it(self):
        self.add_phases("q", 30, state="QUEUED")
        drains = [self.start_program("drain_queued", "--run-id", "q", "--poll-seconds", 0, "--batch-size", 3, "--executor",
                                     ALONE + LOGGED.format("sample_executor --events 0")) for _ in range(3)]
        for drain in drains:
            self.assertEqual(drain.wait(120), 0, drain.log.read_text())
        self.begun_once(30)
        self.assertEqual(self.states(), ALL * 30)

    def test_a_living_drain_is_not_robbed_by_one_that_looks_for_the_dead(self):
        self.add_phases("r", 1, state="QUEUED")
        drain = self.start_program("drain_queued", "--run-id", "r", "--poll-seconds", 0, "--executor",
                                   'echo x >> begun; until test -e go; do sleep 0.05; done; sample_executor --events 0')
        self.wait_for(lambda: self.states() == ["EXECUTING"])
        other = self.run_program("drain_queued", "--run-id", "r", "--poll-seconds", 0, "--executor", "echo y >> begun")
        self.assertEqual((other.returncode, self.states()), (0, ["EXECUTING"]))
        refused = self.run_program("drain_one", "--run-id", "r", "--phase-id", "p0", "--executor", "true")
        self.assertEqual(refused.returncode, 2)
        (self.folder / "go").touch()
        self.assertEqual(drain.wait(30), 0)
        self.assertEqual(self.lines_of("begun"), ["x"])

    def test_a_session_is_resumed_by_one_drain_only(self):
        self.add_phases("r", 2)
        drain = self.start_program("batch_drain", "--executor", "until test -e go; do sleep 0.05; done; sample_executor")
        self.wait_for(lambda: "EXECUTING" in self.states())
        other = self.run_program("batch_drain", "--executor", "sample_executor", "--resume")
        self.assertEqual(other.returncode, 1)
        self.assertIn("[S426]", other.stderr)
        (self.folder / "go").touch()
        self.assertEqual(drain.wait(30), 0, drain.log.read_text())


if __name__ == "__main__":
    unittest.main()
