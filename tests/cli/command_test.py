#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Drives the real command: exit codes, what goes to which stream, what is created and what is not.

usage: command_test.py PROGRAM [COMPILER INCLUDE_DIRECTORY] [unittest arguments]
"""
import hashlib
import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM = ""
COMMANDS = ["drift", "diff", "verify", "history", "migrate", "downgrade", "lint", "baseline", "backup", "restore", "ddl", "snapshot", "generate", "diagram"]


class result:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr


class case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_it(self, *arguments, env=None, **more):
        """Runs in the folder of the test without DATABASE_URL."""
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "NO_COLOR")}
        environment.update(env or {})
        return result(subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, env=environment, text=True, timeout=120,
                                     capture_output=True, stdin=subprocess.DEVNULL, **more))

    def good(self, *arguments, **more):
        r = self.run_it(*arguments, **more)
        self.assertEqual((r.code, r.err), (0, ""), r.out)
        return r.out

    def bad(self, code, *arguments, **more):
        """Exit code 1, nothing on standard output, one message with that code on standard error."""
        r = self.run_it(*arguments, **more)
        self.assertEqual((r.code, r.out), (1, ""), r.err)
        self.assertTrue(r.err.startswith(f"error: [{code}] "), r.err)
        self.assertNotIn("terminate", r.err)
        return r.err

    def files(self):
        return sorted(p.name for p in self.folder.iterdir())

    def database(self, name, script):
        connection = sqlite3.connect(self.folder / name)
        connection.executescript(script)
        connection.commit()
        connection.close()
        return f"sqlite:///{name}"

    def autopack(self, name="autopack.db", version="BUILD-144", more=""):
        return self.database(name, self.good("ddl", "--schema", "autopack", "--version", version) + more)

    def digest(self, name):
        return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()

    def rows(self, name, sql):
        connection = sqlite3.connect(self.folder / name)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


EVENT = ("INSERT INTO llm_usage_events (provider, model, role, prompt_tokens, completion_tokens, created_at, is_doctor_call) "
         "VALUES ('openai', 'gpt-4o', 'builder', 3, 4, '2025-12-30 00:00:00.000000', 0);")


class usage(case):
    def test_nothing_is_an_error_that_says_what_there_is(self):
        message = self.bad("S450")
        for command in COMMANDS:
            self.assertIn(command, message)

    def test_help_goes_to_standard_output(self):
        text = self.good("--help")
        for command in COMMANDS:
            self.assertIn(f"  {command}", text)
            page = self.good(command, "--help")
            self.assertIn("Example", page)
            self.assertIn(f"{pathlib.Path(PROGRAM).name} {command}", page)
            self.assertLessEqual(max(map(len, page.split("\n"))), 125)
            self.assertNotRegex(page, r"%\w+%")
        self.assertRegex(self.good("--version"), r"^\S+ \d+\.\d+\.\d+\n$")

    def test_what_was_meant_is_suggested(self):
        self.assertIn("did you mean drift?", self.bad("S450", "drfit"))
        self.assertIn("did you mean --schema?", self.bad("S450", "drift", "--shcema=autopack"))
        self.assertIn("did you mean autopack?", self.bad("S451", "ddl", "--schema", "autopac"))
        self.assertIn("BUILD-142", self.bad("S461", "ddl", "--schema", "autopack", "--version", "BUILD-1"))
        self.assertIn("autopack or run_metadata", self.bad("S452", "ddl"))
        self.assertIn("did you mean json?", self.bad("S450", "drift", "--format", "jsn", "-s", "autopack", "-d", "sqlite:///x.db"))
        self.assertIn("semantic", self.bad("S450", "drift", "--fail-on", "bad", "-s", "autopack", "-d", "sqlite:///x.db"))
        self.assertIn("did you mean column-order?", self.bad("S450", "drift", "--policy", "colum-order=off", "-d", "sqlite:///x.db"))
        self.bad("S450", "drift", "--schema")
        self.bad("S450", "migrate", "--backup", "x", "--no-backup")
        self.bad("S450", "diff", "--from", "autopack")
        self.bad("S450", "snapshot", "--from", "a.sql", "--database", "sqlite:///x.db")
        self.bad("S450", "drift", "--color", "sometimes")

    def test_without_a_database_nothing_happens(self):
        for command in ("drift", "verify", "history", "migrate", "backup", "restore", "generate"):
            arguments = ["--from", "x"] if command == "restore" else []
            schema = ["-s", "autopack"] if command in ("drift", "verify", "migrate") else []
            self.assertIn("sqlite:///", self.bad("S201", command, *schema, *arguments))
            self.assertIn("empty", self.bad("S201", command, *schema, *arguments, env={"DATABASE_URL": " "}))
        self.assertEqual(self.files(), [])

    def test_a_missing_database_is_not_created(self):
        for command in ("drift", "verify", "history", "migrate", "backup", "generate", "snapshot", "diagram"):
            schema = ["-s", "autopack"] if command in ("drift", "verify", "migrate") else []
            self.bad("S205", command, *schema, "-d", "sqlite:///missing.db")
        self.bad("S205", "restore", "-d", "sqlite:///new.db", "--from", "missing.db")
        self.assertEqual(self.files(), [])

    def test_passwords_are_not_shown(self):
        for url in ("postgresql://me:s3cret@host/db", "mysql://me:s3cret@host/db", "sqlite://me:s3cret@host/db"):
            r = self.run_it("drift", "-s", "autopack", "-d", url)
            self.assertEqual((r.code, r.out), (1, ""))
            self.assertNotIn("s3cret", r.err)

    def test_the_environment_names_the_database_and_the_option_wins(self):
        url = self.autopack()
        self.good("drift", "-s", "autopack", env={"DATABASE_URL": url})
        self.good("drift", "-s", "autopack", "-d", url, env={"DATABASE_URL": "sqlite:///missing.db"})


class streams(case):
    def setUp(self):
        super().setUp()
        self.url = self.autopack(version="pre-142")

    def test_colours_are_for_terminals(self):
        self.assertNotIn("\x1b", self.run_it("drift", "-s", "autopack", "-d", self.url).out)
        self.assertIn("\x1b[", self.run_it("drift", "-s", "autopack", "-d", self.url, "--color", "always").out)
        self.assertIn("\x1b[", self.on_terminal("drift", "-s", "autopack", "-d", self.url))
        self.assertNotIn("\x1b", self.on_terminal("drift", "-s", "autopack", "-d", self.url, env={"NO_COLOR": "1"}))
        self.assertNotIn("\x1b", self.on_terminal("drift", "-s", "autopack", "-d", self.url, env={"TERM": "dumb"}))
        self.assertNotIn("\x1b", self.on_terminal("drift", "-s", "autopack", "-d", self.url, "--color", "never"))
        self.assertIn("\x1b[", self.on_terminal("drift", "-d", self.url))  # an error
        (self.folder / "r.txt").touch()
        self.good("ddl", "-s", "autopack", "-o", "r.txt", "-q")
        self.assertNotIn("\x1b", (self.folder / "r.txt").read_text())

    def on_terminal(self, *arguments, env=None):
        pid, master = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.environ.update({"TERM": "xterm"} | (env or {}))
            for name in {"DATABASE_URL", "NO_COLOR"} - set(env or {}):
                os.environ.pop(name, None)
            os.execv(PROGRAM, [PROGRAM, *arguments])
        text = b""
        while select.select([master], [], [], 60)[0]:
            try:
                block = os.read(master, 65536)
            except OSError:
                break
            if not block:
                break
            text += block
        os.close(master)
        os.waitpid(pid, 0)
        return text.decode()

    def test_nobody_reads(self):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run([PROGRAM, "drift", "-s", "autopack", "-d", self.url], cwd=self.folder, stdout=write, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr), (2, b""))
        done = subprocess.run([PROGRAM, "migrate", "-s", "autopack", "-d", self.url, "--no-backup"], cwd=self.folder, stdout=write,
                              stderr=subprocess.PIPE)
        os.close(write)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.good("drift", "-s", "autopack", "-d", self.url)

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "ddl", "-s", "autopack"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("[S459]", done.stderr)

    def test_quiet(self):
        r = self.run_it("drift", "-s", "autopack", "-d", self.url, "-q")
        self.assertEqual((r.code, r.out, r.err), (2, "", ""))
        self.assertEqual(json.loads(self.run_it("drift", "-s", "autopack", "-d", self.url, "-q", "--format", "json").out)["drift"], True)
        self.assertEqual(self.good("migrate", "-s", "autopack", "-d", self.url, "-q"), "")
        self.assertEqual(self.good("verify", "-s", "autopack", "-d", self.url, "-q"), "")
        self.bad("S205", "drift", "-q", "-s", "autopack", "-d", "sqlite:///missing.db")

    def test_output_files_are_whole_or_not_there(self):
        r = self.run_it("ddl", "-s", "autopack", "-o", "a.sql")
        self.assertEqual((r.code, r.out, r.err), (0, "", "written: a.sql\n"))
        self.assertEqual((self.folder / "a.sql").read_text(), self.good("ddl", "-s", "autopack"))
        self.bad("S459", "ddl", "-s", "autopack", "-o", "no/such/folder.sql")
        self.bad("S459", "ddl", "-s", "autopack", "-o", self.folder)
        self.assertEqual(self.files(), ["a.sql", "autopack.db"])


class drift(case):
    def test_exit_codes(self):
        self.good("drift", "-s", "autopack", "-d", self.autopack())
        old = self.autopack("old.db", "pre-142")
        r = self.run_it("drift", "-s", "autopack", "-d", old)
        self.assertEqual((r.code, r.err), (2, ""))
        self.assertIn("total_tokens", r.out)
        self.assertEqual(self.run_it("drift", "-d", old, "--against", "autopack@pre-142").code, 0)
        self.assertEqual(self.run_it("drift", "-s", "autopack", "-d", old, "--against", "pre-142").code, 0)
        extra = self.autopack("extra.db", more="CREATE TABLE mine (x);")
        self.good("drift", "-s", "autopack", "-d", extra)
        self.assertEqual(self.run_it("drift", "-s", "autopack", "-d", extra, "--fail-on", "extra").code, 2)
        self.good("drift", "-s", "autopack", "-d", extra, "--fail-on", "extra", "--ignore", "table:mi*")
        self.good("drift", "-s", "autopack", "-d", extra, "--fail-on", "extra", "--policy", "extra-tables=off")
        (self.folder / "junk.db").write_text("not a database, but long enough to have a header of its own" * 30)
        self.bad("S207", "drift", "-s", "autopack", "-d", "sqlite:///junk.db")

    def test_what_cannot_be_compared_is_3(self):
        (self.folder / "v.sql").write_text("CREATE TABLE t (a); CREATE VIRTUAL TABLE x USING no_such_module(a, c);")
        connection = sqlite3.connect(self.folder / "w.db")
        connection.executescript("CREATE TABLE t (a); PRAGMA writable_schema=ON; INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) "
                                 "VALUES ('table', 'x', 'x', 0, 'CREATE VIRTUAL TABLE x USING no_such_module(a, b)'); PRAGMA writable_schema=RESET;")
        connection.close()
        self.assertEqual(self.run_it("drift", "-d", "sqlite:///w.db", "--against", "v.sql").code, 2)
        r = self.run_it("drift", "-d", "sqlite:///w.db", "--against", "v.sql", "--fail-on", "breaking")
        self.assertEqual((r.code, r.err), (3, ""), r.out)
        self.assertIn("not compared", r.out)

    def test_nothing_is_written(self):
        url = self.autopack("old.db", "pre-142")
        before = self.digest("old.db")
        for format in ("text", "json", "junit", "sarif", "github", "markdown"):
            self.assertEqual(self.run_it("drift", "-s", "autopack", "-d", url, "--format", format).code, 2)
        os.chmod(self.folder / "old.db", 0o444)
        self.run_it("verify", "-s", "autopack", "-d", url)
        self.assertEqual((self.digest("old.db"), self.files()), (before, ["old.db"]))

    def test_formats(self):
        url = self.autopack("old.db", "pre-142")

        def out(format):
            return self.run_it("drift", "-s", "autopack", "-d", url, "--format", format).out

        report = json.loads(out("json"))
        for key in ("database", "schema", "version", "drift", "worst", "findings", "not_compared"):
            self.assertIn(key, report)
        self.assertEqual((report["schema"], report["version"], report["drift"], report["worst"]), ("autopack", "BUILD-144", True, "breaking"))
        finding = next(f for f in report["findings"] if f["object"] == "llm_usage_events.total_tokens")
        self.assertEqual((finding["kind"], finding["severity"], finding["table"], finding["actual"]),
                         ("column.missing", "breaking", "llm_usage_events", None))
        self.assertEqual(json.loads(out("sarif"))["version"], "2.1.0")
        self.assertTrue(xml.etree.ElementTree.fromstring(out("junit")).tag.startswith("testsuite"))
        self.assertIn("::error", out("github"))
        self.assertIn("|", out("markdown"))

    def test_configuration(self):
        url = self.autopack("extra.db", more="CREATE TABLE mine (x); CREATE TABLE yours (x);")
        config = self.folder / ".autopack-schema.json"
        config.write_text(json.dumps({"schema": "autopack", "fail_on": "extra", "ignore": ["mine"], "policies": {"extra_columns": False}}))
        self.assertEqual(self.run_it("drift", "-d", url).code, 2)
        self.good("drift", "-d", url, "--ignore", "yours")
        self.good("drift", "-d", url, "--fail-on", "breaking")
        config.write_text(json.dumps({"schema": "autopack", "format": "json", "policies": {"extra-tables": False}, "against": "BUILD-144"}))
        self.assertEqual(json.loads(self.good("drift", "-d", url))["findings"], [])
        self.good("diff", "--from", "autopack", "--to", "autopack")
        for text, part in (('{"shema": "autopack"}', "did you mean schema?"), ("{", "parse error"), ("[]", "must be an object"),
                           ('{"database": "sqlite:///x.db"}', "cannot be configured"), ('{"ignore": "x"}', "array"),
                           ('{"policies": {"column_order": 1}}', "true, false or a word")):
            config.write_text(text)
            self.assertIn(part, self.bad("S462", "drift", "-s", "autopack", "-d", url))
        config.unlink()
        self.bad("S453", "drift", "-d", url, "--config", "missing.json")


class schemas(case):
    def test_diff_takes_everything(self):
        old, new = "autopack@pre-142", "autopack@BUILD-144"
        text = self.run_it("diff", "--from", old, "--to", new)
        self.assertEqual((text.code, text.err), (2, ""))
        self.assertRegex(text.out, r"\+ column +llm_usage_events\.total_tokens")
        self.assertIn("4 differences", text.out)
        self.autopack("old.db", "pre-142")
        (self.folder / "old.sql").write_text(self.good("ddl", "-s", "autopack", "--version", "pre-142"))
        (self.folder / "old.lock.json").write_text(self.good("snapshot", "-s", "autopack", "--version", "pre-142"))
        for source in ("sqlite:///old.db", "old.sql", "old.lock.json", "pre-142"):
            self.assertIn("no difference", self.good("diff", "--from", source, "--to", old))
            self.assertEqual(self.run_it("diff", "--from", source, "--to", new).out.split("\n")[1:], text.out.split("\n")[1:])
        self.assertEqual(json.loads(self.run_it("diff", "--from", old, "--to", new, "--format", "json").out)["drift"], True)
        self.assertIn("sqlite:////", self.bad("S457", "diff", "--from", "old.db", "--to", new))
        self.bad("S453", "diff", "--from", "missing.sql", "--to", new)

    def test_files_of_statements_reach_no_file(self):
        (self.folder / "evil.sql").write_text("CREATE TABLE t (a); ATTACH 'evil.db' AS e; CREATE TABLE e.t (a);")
        self.bad("S234", "ddl", "--from", "evil.sql")
        (self.folder / "evil.sql").write_text("CREATE TABLE t (a); VACUUM INTO 'evil.db'; CREATE TABLE u (b);")
        self.assertIn("CREATE TABLE u", self.good("ddl", "--from", "evil.sql"))
        (self.folder / "evil.sql").write_text("CREATE TABLE t (a);\n\nCREATE TABEL u (b);\n")
        message = self.bad("S215", "ddl", "--from", "evil.sql")
        self.assertIn("line 3, column 1", message)
        self.assertIn("evil.sql", message)
        self.assertEqual(self.files(), ["evil.sql"])

    def test_lock_files(self):
        lock = self.good("snapshot", "-s", "autopack")
        self.assertEqual(lock, self.good("snapshot", "-s", "autopack"))
        (self.folder / "s.lock.json").write_text(lock)
        url = self.autopack()
        self.good("drift", "-d", url, "--against", "s.lock.json")
        self.assertEqual(self.run_it("drift", "-d", self.autopack("old.db", "pre-142"), "--against", "s.lock.json").code, 2)
        self.assertNotIn('"sql"', self.good("snapshot", "-d", url))
        older = self.good("snapshot", "-s", "autopack", "--version", "BUILD-142").split("\n")
        self.assertLessEqual(len(set(lock.split("\n")) - set(older)), 4)  # the version and three columns
        (self.folder / "broken.json").write_text(lock[:-20])
        self.assertIn("broken.json", self.bad("S454", "ddl", "--from", "broken.json"))
        (self.folder / "other.json").write_text(lock.replace('"not_null"', '"notnull"', 1))
        self.assertIn("tables[0].columns[0].notnull", self.bad("S455", "ddl", "--from", "other.json"))
        (self.folder / "newer.json").write_text(lock.replace('"format_version": 1', '"format_version": 2'))
        self.bad("S456", "ddl", "--from", "newer.json")

    def test_ddl_makes_what_it_says(self):
        for schema in ("autopack", "run_metadata"):
            self.database(schema + ".db", self.good("ddl", "-s", schema) + self.good("ddl", "-s", schema, "--if-not-exists"))
            self.good("drift", "-s", schema, "-d", f"sqlite:///{schema}.db", "--fail-on", "cosmetic")

    def test_diagrams(self):
        url = self.autopack("old.db", "pre-142")
        self.assertIn("erDiagram", self.good("diagram", "-s", "autopack"))
        self.assertIn("digraph", self.good("diagram", "-d", url, "--format", "dot"))
        svg = self.good("diagram", "-s", "autopack", "-d", url, "--format", "svg")
        xml.etree.ElementTree.fromstring(svg)
        self.assertIn("column.missing", svg)
        self.assertNotIn("breaking", self.good("diagram", "-s", "autopack", "--format", "svg"))


class migrate(case):
    def test_main_job(self):
        url = self.autopack("old.db", "pre-142", EVENT)
        before = self.digest("old.db")
        plan = self.good("migrate", "--dry-run", "-s", "autopack", "-d", url)
        self.assertIn("total_tokens", plan)
        self.assertIn("dry run: nothing was changed", plan)
        self.assertEqual((self.digest("old.db"), self.files()), (before, ["old.db"]))
        done = self.good("migrate", "-s", "autopack", "-d", url)
        self.assertIn("migrated to autopack BUILD-144", done)
        backup = pathlib.Path(re.search(r"^backup: (.*)$", done, re.M)[1])
        self.assertEqual(self.rows(backup, "SELECT prompt_tokens FROM llm_usage_events"), [(3,)])
        self.assertEqual(self.rows("old.db", "SELECT prompt_tokens, completion_tokens, total_tokens FROM llm_usage_events"), [(3, 4, 7)])
        self.good("drift", "-s", "autopack", "-d", url)
        self.good("verify", "-s", "autopack", "-d", url)
        after = self.digest("old.db")
        self.assertIn("nothing to do", self.good("migrate", "-s", "autopack", "-d", url))
        self.assertEqual((self.digest("old.db"), len(self.files())), (after, 2))
        history = json.loads(self.good("history", "-s", "autopack", "-d", url, "--format", "json"))
        self.assertEqual(history["history"][-1]["version"], "BUILD-144")
        self.assertIn("BUILD-144", self.good("history", "-d", url))
        self.bad("S464", "migrate", "-s", "autopack", "-d", url, "--to", "BUILD-142")
        self.assertEqual(self.digest("old.db"), after)

    def test_backups_go_where_they_are_sent(self):
        (self.folder / "safe").mkdir()
        self.autopack("a.db", "pre-142")
        self.good("migrate", "-s", "autopack", "-d", "sqlite:///a.db", "--backup", "safe", "--to", "BUILD-142")
        self.assertEqual(len(list((self.folder / "safe").glob("a.db.backup-*"))), 1)
        self.good("migrate", "-s", "autopack", "-d", "sqlite:///a.db", "--backup", "safe/mine.db")
        self.assertTrue((self.folder / "safe/mine.db").is_file())
        self.autopack("b.db", "pre-142")
        before = self.digest("b.db")
        self.bad("S230", "migrate", "-s", "autopack", "-d", "sqlite:///b.db", "--backup", "safe/mine.db")
        self.assertEqual(self.digest("b.db"), before)
        self.assertIn("no backup", self.good("migrate", "-s", "autopack", "-d", "sqlite:///b.db", "--no-backup"))
        self.autopack("c.db", "pre-142")
        self.good("migrate", "--backup", "-s", "autopack", "-d", "sqlite:///c.db")
        self.assertEqual(len([f for f in self.files() if f.startswith("c.db.backup-")]), 1)

    def test_rows_in_the_way_are_named(self):
        (self.folder / "wanted.sql").write_text("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);")
        url = self.database("t.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'), (7, NULL);")
        before = self.digest("t.db")
        r = self.run_it("migrate", "-d", url, "--against", "wanted.sql")
        self.assertEqual((r.code, r.out), (1, ""))
        for part in ("[S37", "1 row", "7", "SELECT", "nothing was changed"):
            self.assertIn(part, r.err)
        dry = self.run_it("migrate", "-d", url, "--against", "wanted.sql", "--dry-run")
        self.assertEqual((dry.code, dry.err), (2, ""))
        self.assertIn("in the way: [S37", dry.out)
        self.assertEqual((self.digest("t.db"), self.files()), (before, ["t.db", "wanted.sql"]))

    def test_what_is_unknown_stays_unless_it_is_allowed_to_go(self):
        (self.folder / "wanted.sql").write_text("CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT);")
        url = self.database("t.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'); CREATE TABLE u (x);")
        self.good("migrate", "-d", url, "--against", "wanted.sql", "--no-backup")
        self.assertEqual(self.rows("t.db", "SELECT id, a, b FROM t"), [(1, "x", None)])
        self.bad("S397", "migrate", "-d", url, "--against", "wanted.sql", "--allow", "drop everything")
        self.good("migrate", "-d", url, "--against", "wanted.sql", "--no-backup", "--allow", "drop column t.a", "--allow", "drop table u")
        self.assertEqual(self.rows("t.db", "SELECT * FROM t"), [(1, None)])
        self.good("drift", "-d", url, "--against", "wanted.sql", "--fail-on", "extra")

    def test_a_database_is_made_only_when_told(self):
        self.bad("S205", "migrate", "-s", "autopack", "-d", "sqlite:///new.db")
        self.bad("S205", "migrate", "-s", "autopack", "-d", "sqlite:///new.db", "--create", "--dry-run")
        self.bad("S450", "migrate", "-s", "autopack", "-d", "sqlite:///new.db", "--create", "--to", "v1", "--against", "x.sql")
        self.assertEqual(self.files(), [])
        self.bad("S397", "migrate", "-s", "autopack", "-d", "sqlite:///new.db", "--create", "--allow", "nonsense")
        self.assertEqual(self.files(), [])
        self.good("migrate", "-s", "autopack", "-d", "sqlite:///new.db", "--create", "--no-backup")
        self.good("drift", "-s", "autopack", "-d", "sqlite:///new.db", "--fail-on", "cosmetic")

    def test_plans_are_files(self):
        url = self.autopack("old.db", "pre-142", EVENT)
        before = self.digest("old.db")
        r = self.run_it("migrate", "-s", "autopack", "-d", url, "--plan-out", "plan.json")
        self.assertEqual((r.code, r.err), (0, "written: plan.json\n"))
        plan = json.loads((self.folder / "plan.json").read_text())
        self.assertEqual((plan["schema"], plan["version"], self.digest("old.db")), ("autopack", "BUILD-144", before))
        other = self.autopack("other.db", "b129")
        self.bad("S382", "migrate", "-s", "autopack", "-d", other, "--plan", "plan.json", "--no-backup")
        self.good("migrate", "-s", "autopack", "-d", url, "--plan", "plan.json", "--no-backup")
        self.good("drift", "-s", "autopack", "-d", url)
        (self.folder / "junk.json").write_text("{}")
        self.bad("S389", "migrate", "-s", "autopack", "-d", url, "--plan", "junk.json")
        self.bad("S453", "migrate", "-s", "autopack", "-d", url, "--plan", "missing.json")

    def test_plans_remember_what_was_allowed(self):
        (self.folder / "wanted.sql").write_text("CREATE TABLE t (id INTEGER PRIMARY KEY);")
        url = self.database("t.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x');")
        r = self.run_it("migrate", "-d", url, "--against", "wanted.sql", "--allow", "drop column t.a", "--plan-out", "plan.json")
        self.assertEqual(r.code, 0, r.err)
        plan = json.loads((self.folder / "plan.json").read_text())
        step = plan["steps"][0]
        self.assertEqual((plan["allowances"], step["undo"], step["loses_data"], step["rows"]), (["drop column t.a"], "no undo", True, 0))
        self.assertEqual((step["checks"], len(plan["fingerprint"])), ([], 64))
        self.assertIn("DROP COLUMN", step["statements"][0]["sql"])
        lint = self.run_it("lint", "-d", url, "--against", "wanted.sql", "--plan", "plan.json")
        self.assertEqual((lint.code, lint.err), (2, ""))
        self.assertIn("[S470] destructive", lint.out)
        other = self.database("u.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);")
        self.bad("S382", "lint", "-d", other, "--against", "wanted.sql", "--plan", "plan.json")
        edited = json.loads((self.folder / "plan.json").read_text())
        edited["steps"][0]["statements"][0]["sql"] = "DROP TABLE t"
        (self.folder / "edited.json").write_text(json.dumps(edited))
        self.bad("S382", "migrate", "-d", url, "--against", "wanted.sql", "--plan", "edited.json", "--no-backup")
        self.bad("S382", "lint", "-d", url, "--against", "wanted.sql", "--plan", "edited.json")
        self.good("migrate", "-d", url, "--against", "wanted.sql", "--plan", "plan.json", "--no-backup")
        self.assertEqual(self.rows("t.db", "SELECT * FROM t"), [(1,)])

    def test_downgrades(self):
        url = self.autopack("old.db", "pre-142")
        self.good("migrate", "-s", "autopack", "-d", url, "--no-backup")
        self.bad("S464", "migrate", "-s", "autopack", "-d", url, "--to", "BUILD-142", "--no-backup")
        self.bad("S450", "downgrade", "-s", "autopack", "-d", url)
        self.bad("S402", "downgrade", "-s", "autopack", "-d", url, "--to", "BUILD-144")
        self.bad("S461", "downgrade", "-s", "autopack", "-d", url, "--to", "BUILD-999")
        connection = sqlite3.connect(self.folder / "old.db")
        connection.execute(EVENT)
        connection.execute("UPDATE llm_usage_events SET total_tokens = 77")
        connection.commit()
        connection.close()
        before = self.digest("old.db")
        r = self.run_it("downgrade", "-s", "autopack", "-d", url, "--to", "BUILD-142", "--no-backup")
        self.assertEqual((r.code, r.out), (1, ""))
        for part in ("[S401]", "total_tokens", "1 row", "nothing was changed"):
            self.assertIn(part, r.err)
        dry = self.run_it("downgrade", "-s", "autopack", "-d", url, "--to", "BUILD-142", "--dry-run")
        self.assertEqual((dry.code, dry.err, self.digest("old.db")), (2, "", before))
        allowed = ["--allow", "drop column llm_usage_events.total_tokens"]
        self.good("downgrade", "-s", "autopack", "-d", url, "--to", "BUILD-142", *allowed, "--backup", "safe.db")
        self.assertTrue((self.folder / "safe.db").is_file())
        self.good("drift", "-s", "autopack", "-d", url, "--against", "BUILD-142")
        self.assertIn("undone", self.good("history", "-s", "autopack", "-d", url))
        self.run_it("downgrade", "-s", "autopack", "-d", url, "--to", "pre-142", "--plan-out", "plan.json")
        self.good("downgrade", "-s", "autopack", "-d", url, "--plan", "plan.json", "--no-backup")
        self.good("drift", "-s", "autopack", "-d", url, "--against", "pre-142")
        self.assertIn("the database is at", self.good("downgrade", "-s", "autopack", "-d", url, "--to", "pre-142"))
        self.good("migrate", "-s", "autopack", "-d", url, "--no-backup")
        self.good("drift", "-s", "autopack", "-d", url)

    def test_batches(self):
        url = self.autopack("old.db", "pre-142")
        self.bad("S406", "migrate", "-s", "autopack", "-d", url, "--batch-rows", "10", "--no-backup")  # BUILD-144 copies a table
        self.bad("S450", "migrate", "-s", "autopack", "-d", url, "--batch-rows", "0")
        out = self.good("migrate", "-s", "autopack", "-d", url, "--to", "BUILD-142", "--batch-rows", "10", "--no-backup")
        self.assertIn("migrated to autopack BUILD-142", out)
        self.good("drift", "-s", "autopack", "-d", url, "--against", "BUILD-142")

    def test_an_empty_database_needs_no_backup(self):
        r = self.run_it("migrate", "-s", "autopack", "-d", "sqlite:///new.db", "--create")
        self.assertEqual((r.code, r.err), (0, "note: the database is empty: there is nothing to back up\n"))
        self.assertEqual(self.files(), ["new.db"])

    def test_lint_answers_from_the_rows(self):
        (self.folder / "wanted.sql").write_text("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, "
                                                "p INTEGER REFERENCES p (id));")
        url = self.database("t.db", "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, p INTEGER); "
                                    "INSERT INTO t VALUES (1, 'x', 'y', 2), (7, NULL, 'y', NULL);")
        before = self.digest("t.db")
        r = self.run_it("lint", "-d", url, "--against", "wanted.sql", "--allow", "drop column t.b")
        self.assertEqual((r.code, r.err), (2, ""))
        for code in ("S470", "S471", "S472", "S473"):
            self.assertIn(code, r.out)
        self.assertIn("rowid 7", r.out)
        found = json.loads(self.run_it("lint", "-d", url, "--against", "wanted.sql", "--allow", "drop column t.b", "--format", "json").out)
        self.assertEqual({f["rule"] for f in found["findings"]}, {"destructive", "data-dependent", "incompatible", "missing-index"})
        self.assertEqual(self.digest("t.db"), before)
        self.assertIn("nothing to say", self.good("lint", "-s", "autopack", "-d", self.autopack()))

    def test_baseline(self):
        url = self.autopack()
        self.assertIn("baseline", self.good("baseline", "-s", "autopack", "-d", url))
        self.assertIn("BUILD-144", self.good("history", "-s", "autopack", "-d", url))
        self.bad("S399", "baseline", "-s", "autopack", "-d", self.autopack("old.db", "pre-142"))

    def test_an_interrupt_leaves_before_or_after(self):
        url = self.autopack("old.db", "pre-142")
        connection = sqlite3.connect(self.folder / "old.db")
        connection.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) " +
                           EVENT.replace("VALUES (", "SELECT ").replace(");", " FROM n"))
        connection.commit()
        connection.close()
        columns = "SELECT count(*) FROM pragma_table_info('llm_usage_events')"
        before = self.rows("old.db", columns)
        for delay in (0.05, 0.2, 0.4):
            process = subprocess.Popen([PROGRAM, "migrate", "-s", "autopack", "-d", url, "--no-backup"], cwd=self.folder,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            try:
                process.wait(delay)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=120)
            if process.returncode == 0:
                break
            if process.returncode != -signal.SIGINT:  # before the program asked to be told
                self.assertEqual((process.returncode, out), (1, ""))
                self.assertRegex(err, r"\[S387\]|\[S222\]")
            self.assertEqual(self.rows("old.db", columns), before)
        self.good("migrate", "-s", "autopack", "-d", url, "--no-backup")
        self.assertEqual(self.rows("old.db", "SELECT count(*), sum(total_tokens) FROM llm_usage_events"), [(200000, 1400000)])


class whole_database(case):
    def test_verify(self):
        url = self.autopack("a.db", more=EVENT.replace("created_at", "total_tokens, created_at").replace("'2025", "7, '2025"))
        text = self.good("verify", "-s", "autopack", "-d", url)
        self.assertEqual(text.count("✅ met"), 7, text)
        old = self.autopack("old.db", "pre-142", EVENT)
        r = self.run_it("verify", "-s", "autopack", "-d", old)
        self.assertEqual((r.code, r.err), (2, ""))
        self.assertIn("❌ not met  no drift", r.out)
        self.assertIn("❌ not met  Column `total_tokens`", r.out)
        (self.folder / "t.sql").write_text("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p);")
        orphan = self.database("o.db", (self.folder / "t.sql").read_text() + "INSERT INTO c VALUES (5), (6);")
        r = self.run_it("verify", "-d", orphan, "--against", "t.sql")
        self.assertEqual(r.code, 2)
        self.assertIn('"c": 2 rows refer to nothing in "p"', r.out)

    def test_backup_and_restore(self):
        url = self.database("t.db", "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);")
        text = self.good("backup", "-d", url, "--to", "copy.db")
        self.assertIn("1 table, 2 rows", text)
        self.bad("S230", "backup", "-d", url, "--to", "copy.db")
        self.database("t.db", "DELETE FROM t;")
        text = self.good("restore", "-d", url, "--from", "copy.db")
        self.assertEqual(self.rows("t.db", "SELECT a FROM t"), [(1,), (2,)])
        saved = pathlib.Path(re.search(r"^what was there: (.*)$", text, re.M)[1])
        self.assertEqual(self.rows(saved, "SELECT count(*) FROM t"), [(0,)])
        before = self.digest("t.db")
        (self.folder / "junk").write_text("no database " * 100)
        self.bad("S207", "restore", "-d", url, "--from", "junk")
        self.bad("S207", "restore", "-d", url, "--from", "junk", "--no-backup")
        self.assertEqual(self.digest("t.db"), before)
        count = len(self.files())
        self.good("restore", "-d", url, "--from", "copy.db", "--no-backup")
        self.assertEqual(len(self.files()), count)
        self.good("restore", "-d", "sqlite:///new.db", "--from", "copy.db")
        self.assertEqual(self.rows("new.db", "SELECT a FROM t"), [(1,), (2,)])


class own_program(case):
    def setUp(self):
        super().setUp()
        own = pathlib.Path(PROGRAM).parent / "own_cli"
        if not own.exists():
            self.skipTest("examples are not built")
        self.own = str(own)

    def own_cli(self, *arguments, code=0):
        done = subprocess.run([self.own, *arguments, "-d", "sqlite:///shop.db"], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (code, ""), done.stdout)
        return done.stdout

    def test_five_lines_give_the_same_front_end(self):
        self.own_cli("migrate", "--create", "--to", "v1", "--no-backup")
        self.database("shop.db", "INSERT INTO customers VALUES (1, 'Ada');")
        self.own_cli("drift", code=2)
        self.own_cli("migrate", "--no-backup")
        self.assertEqual(self.rows("shop.db", "SELECT * FROM customers"), [(1, "Ada", "unknown", None)])
        self.own_cli("drift", "--fail-on", "cosmetic")
        self.assertIn("countries", self.own_cli("history"))
        self.own_cli("verify")


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    sys.argv[1:] = [argument for argument in sys.argv[1:] if "/" not in argument]  # those are for the tests that compile
    unittest.main()
