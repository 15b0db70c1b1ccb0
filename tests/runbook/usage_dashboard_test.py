#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""usage_dashboard over real HTTP: its JSON, periods, errors, and answers while a writer writes.

usage: usage_dashboard_test.py BIN_DIRECTORY     exit 77 where the program was not built (no cpp-httplib)
"""
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest

from usage_server import EVENTS, add_events, environment, get, get_json, make_database, serving

BINARIES = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 1 else pathlib.Path("build/dev/bin")
SHARED = pathlib.Path(os.environ.get("APS_SHARED") or pathlib.Path(__file__).resolve().parents[3] / "shared") / "db"


class Dashboard(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.database = make_database(BINARIES, self.folder.name)

    def bytes(self):
        return hashlib.sha256(self.database.read_bytes()).hexdigest()

    def test_shape_and_sums(self):
        before = self.bytes()
        with serving(BINARIES, self.database) as address:
            status, week = get_json(address + "/dashboard/usage")
            self.assertEqual(status, 200)
            self.assertEqual(list(week), ["providers", "models"])
            self.assertEqual(week["providers"][0], {"provider": "openai", "period": "week", "prompt_tokens": 8900, "completion_tokens": 2500,
                                                    "total_tokens": 13800, "cap_tokens": 0, "percent_of_cap": 0.0})
            self.assertEqual([p["provider"] for p in week["providers"]], ["openai", "google", "anthropic"])  # by oldest event
            self.assertEqual(week["models"][1], {"provider": "openai", "model": "gpt-4o-mini", "prompt_tokens": 0, "completion_tokens": 0,
                                                 "total_tokens": 2400})
            sums = {name: sum(p["total_tokens"] for p in get_json(f"{address}/dashboard/usage?period={name}")[1]["providers"])
                    for name in ("day", "week", "month")}
            self.assertEqual(sums, {"day": 26200, "week": 48000, "month": 55000})
            for odd in ("", "DAY", "year", "%F0%9F%98%80"):
                odd_week = get_json(f"{address}/dashboard/usage?period={odd}")[1]
                self.assertEqual(len(odd_week["providers"]), 3)
            self.assertEqual(get_json(address + "/dashboard/usage?period=year")[1]["providers"][0]["period"], "year")
            details = get_json(address + "/dashboard/usage/details?period=week")[1]
            self.assertEqual(details["exact"], {"events": 3, "tokens": 27100})
            self.assertEqual(details["total_only"], {"events": 2, "tokens": 20900})
            self.assertEqual(sum(sum(s["tokens"]) for s in details["series"]), 48000)
        self.assertEqual(self.bytes(), before)

    def test_cap(self):
        with serving(BINARIES, self.database, "--cap-tokens", "100000") as address:
            self.assertEqual(get_json(address + "/dashboard/usage?period=day")[1]["providers"][0]["percent_of_cap"], 10.5)

    def test_empty(self):
        with contextlib.closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("DELETE FROM llm_usage_events")
        with serving(BINARIES, self.database) as address:
            self.assertEqual(get(address + "/dashboard/usage")[1], '{"providers":[],"models":[]}')
            self.assertEqual(get_json(address + "/dashboard/usage/details")[1]["series"], [])

    def test_page(self):
        with serving(BINARIES, self.database) as address:
            status, page, headers = get(address + "/dashboard")
            self.assertEqual(status, 200)
            self.assertTrue(headers["Content-Type"].startswith("text/html"))
            self.assertNotRegex(page, r"(src|href)=\"(https?:)?//")  # nothing is fetched from elsewhere
            self.assertIn("connect-src 'self'", headers["Content-Security-Policy"])
            self.assertEqual(get(address + "/")[1], page)

    def test_errors_are_json(self):
        with serving(BINARIES, self.database) as address:
            self.assertEqual(get_json(address + "/nothing")[0], 404)
            self.assertEqual(get_json(address + "/dashboard/usage", method="POST")[0], 405)
            self.assertEqual(get_json(address + "/dashboard/usage", headers={"Host": "evil.example"})[0], 403)
            self.assertEqual(get_json(address + "/dashboard/usage", headers={"Host": "localhost:1"})[0], 200)
            with contextlib.closing(sqlite3.connect(self.database)) as connection, connection:
                connection.execute("ALTER TABLE llm_usage_events DROP COLUMN total_tokens")
            status, body = get_json(address + "/dashboard/usage")
            self.assertEqual((status, body["code"]), (500, "S415"))
            self.assertNotIn(self.folder.name, str(body))
            with contextlib.closing(sqlite3.connect(self.database)) as connection, connection:
                connection.execute("DROP TABLE llm_usage_events")
            self.assertEqual(get_json(address + "/dashboard/usage")[1]["code"], "S412")

    def raw(self, address, request):
        """The answer to bytes that no client library would send."""
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(request)
            answer = b""
            while part := connection.recv(65536):
                answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(body)

    def test_bad_input_is_answered_in_json(self):
        with serving(BINARIES, self.database) as address:
            host = b"Host: localhost\r\nConnection: close\r\n\r\n"
            for request, status in ((b"NONSENSE\r\n\r\n", 400), (b"GET /dashboard/usage?period=" + b"x" * 20000 + b" HTTP/1.1\r\n" + host, 414),
                                    (b"DELETE /dashboard/usage HTTP/1.1\r\n" + host, 405), (b"GET /../../etc/passwd HTTP/1.1\r\n" + host, 404)):
                with self.subTest(request=request[:40]):
                    code, body = self.raw(address, request)
                    self.assertEqual(code, status)
                    self.assertTrue(body["detail"])
            for odd in ("%FF%FE", "%zz", "%00", "'%20OR%201=1--", "%22%3E%3Cscript%3E", "week&period=day", "0"):
                with self.subTest(period=odd):  # every other word is a week, and comes back as text
                    status, body = get_json(f"{address}/dashboard/usage?period={odd}")
                    self.assertEqual((status, len(body["providers"])), (200, 3))
            self.assertEqual(get(address + "/dashboard/usage", method="HEAD")[0], 200)

    def answers_beside_a_writer(self, pause):
        stop, written = threading.Event(), []

        def write():
            with contextlib.closing(sqlite3.connect(self.database, timeout=30)) as connection:
                while not stop.is_set():
                    with connection:
                        add_events(connection, EVENTS[:1])
                    written.append(1)
                    stop.wait(pause)

        writer = threading.Thread(target=write)
        with serving(BINARIES, self.database) as address:
            writer.start()
            try:
                totals = [get_json(address + "/dashboard/usage?period=month") for _ in range(40)]
            finally:
                stop.set()
                writer.join()
            self.assertEqual({status for status, _ in totals}, {200})
            sums = [sum(p["total_tokens"] for p in body["providers"]) for _, body in totals]
            self.assertEqual(sums, sorted(sums))
            self.assertGreater(len(written), 0)
            final = sum(p["total_tokens"] for p in get_json(address + "/dashboard/usage?period=month")[1]["providers"])
            self.assertEqual(final, 55000 + 15700 * len(written))

    def test_answers_beside_a_writer(self):
        self.answers_beside_a_writer(pause=0.005)

    def test_answers_beside_a_writer_without_pause_in_wal_mode(self):
        with contextlib.closing(sqlite3.connect(self.database)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        self.answers_beside_a_writer(pause=0)

    def test_an_open_transaction_does_not_stop_it(self):
        with serving(BINARIES, self.database) as address, contextlib.closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            add_events(connection, EVENTS[:1])
            self.assertEqual(sum(p["total_tokens"] for p in get_json(address + "/dashboard/usage?period=month")[1]["providers"]), 55000)
            connection.execute("ROLLBACK")

    def test_a_locked_database_is_an_error_and_then_none(self):
        with serving(BINARIES, self.database) as address, contextlib.closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            status, body = get_json(address + "/dashboard/usage")
            self.assertEqual((status, body["code"]), (503, "S209"))
            connection.execute("ROLLBACK")
            self.assertEqual(get_json(address + "/dashboard/usage")[0], 200)

    @unittest.skipUnless(SHARED.is_dir(), "the shared folder is not there; set APS_SHARED or put it beside the repository")
    def test_every_real_file_gets_an_answer_or_a_clear_error(self):
        answers = {"autopack_b144": 200, "pre144_then_migrated_144": 200, "autopack_pre144": "S415", "pre142_then_migrated_142": "S415"}
        files = sorted(SHARED.glob("*.sqlite"))
        self.assertGreaterEqual(len(files), 9)
        for file in files:
            with self.subTest(file=file.name):
                copy = pathlib.Path(self.folder.name) / file.name
                shutil.copyfile(file, copy)
                before = hashlib.sha256(copy.read_bytes()).hexdigest()
                with serving(BINARIES, copy) as address:
                    for path in ("/dashboard/usage", "/dashboard/usage/details"):
                        status, body = get_json(f"{address}{path}?period=month")
                        self.assertEqual(status if status == 200 else body["code"], answers.get(file.stem, "S412"))
                self.assertEqual(hashlib.sha256(copy.read_bytes()).hexdigest(), before)
                self.assertEqual([path.name for path in copy.parent.glob(file.name + "*")], [file.name])

    def test_starting(self):
        run = lambda env, *arguments: subprocess.run([BINARIES / "usage_dashboard", *arguments], env=env, capture_output=True, text=True, timeout=30)
        missing = run(environment())
        self.assertEqual((missing.returncode, missing.stdout), (1, ""))
        self.assertIn("DATABASE_URL", missing.stderr)
        nowhere = pathlib.Path(self.folder.name) / "nowhere.db"
        self.assertEqual(run(environment(nowhere)).returncode, 1)
        self.assertFalse(nowhere.exists())
        with serving(BINARIES, self.database) as address:
            self.assertTrue(address.startswith("http://127.0.0.1:"))
            taken = run(environment(self.database), "--port", address.rsplit(":", 1)[1])
            self.assertEqual(taken.returncode, 1)
            self.assertIn("S419", taken.stderr)


if __name__ == "__main__":
    if not (BINARIES / "usage_dashboard").exists():
        print("SKIPPED: usage_dashboard was not built (Debian: libcpp-httplib-dev)")
        sys.exit(77)
    unittest.main()
