#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The drift command: its switches one by one, its outputs against what reads them, and files that are no databases.

usage: drift_test.py PROGRAM [COMPILER INCLUDE_DIRECTORY] [unittest arguments]
SARIF is validated against the schema of OASIS where it can be fetched (a crate of crates.io carries it; jsonschema from PyPI).
"""
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import unittest
import urllib.request
import xml.etree.ElementTree

PROGRAM = ""
CRATE = "https://static.crates.io/crates/serde-sarif/serde-sarif-0.6.5.crate"
CRATE_SHA256 = "f4a7ecbfce99c6661d6aee53a014c7d144c44865e2023aa45637edef908215d0"
HOSTILE = ['a"b', "a'b", "x\ny", "]]>", "<&>", "|`*_[x](y)", "%0A::error::", "); DROP TABLE t; --", "ä€😀", "\x1b[31m", "n" * 300]


class case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_it(self, *arguments):
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "NO_COLOR")}
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, env=environment, text=True, timeout=120,
                              capture_output=True, stdin=subprocess.DEVNULL)

    def make(self, name, script):
        connection = sqlite3.connect(self.folder / name)
        connection.executescript(script)
        connection.commit()
        connection.close()
        return f"sqlite:///{name}"

    def drift(self, expected, live, *arguments):
        (self.folder / "expected.sql").write_text(expected)
        for old in self.folder.glob("live.db*"):
            old.unlink()
        return self.run_it("drift", "--against", "expected.sql", "-d", self.make("live.db", live), *arguments)

    def kinds(self, expected, live, *arguments):
        done = self.drift(expected, live, "--format", "json", *arguments)
        self.assertIn(done.returncode, (0, 2), done.stderr)
        return sorted(f["kind"] + " " + f["object"] for f in json.loads(done.stdout)["findings"])

    def hostile(self, *arguments):
        quoted = ['"' + name.replace('"', '""') + '"' for name in HOSTILE]
        live = "".join(f"CREATE TABLE {q} (a); " for q in quoted) + "CREATE VIEW broken AS SELECT x FROM nowhere;"
        live += "CREATE TABLE t (a INT, b TEXT DEFAULT '|<x>\n%'); PRAGMA writable_schema=ON; INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) "
        live += "VALUES ('table', 'no|<such>', 'no|<such>', 0, 'CREATE VIRTUAL TABLE \"no|<such>\" USING no_such_module(a, b)'); PRAGMA writable_schema=RESET;"
        return self.drift("CREATE VIRTUAL TABLE \"no|<such>\" USING no_such_module(a, c); CREATE TABLE t (a INT NOT NULL, b TEXT DEFAULT '|<y>\n%', " + quoted[0] + " INT)", live, *arguments)


class switches(case):
    # name: what the code expects, what is there, what is found with the switch on and with it off
    PAIRS = {
        "column-order": ("CREATE TABLE t (a, b)", "CREATE TABLE t (b, a)", ["column.order t"], []),
        "type-spelling": ("CREATE TABLE t (a INT)", "CREATE TABLE t (a INTEGER)", ["column.type_spelling t.a"], []),
        "name-case": ("CREATE TABLE t (userId)", "CREATE TABLE t (userid)", ["column.name_case t.userId"], []),
        "index-names": ("CREATE TABLE t (a); CREATE INDEX i ON t (a)", "CREATE TABLE t (a); CREATE INDEX j ON t (a)", ["index.name i"], []),
        "unique-order": ("CREATE TABLE t (a, b, UNIQUE (a, b))", "CREATE TABLE t (a, b, UNIQUE (b, a))", ["unique.order t(a,b)"], []),
        "unique-form": ("CREATE TABLE t (a UNIQUE)", "CREATE TABLE t (a); CREATE UNIQUE INDEX i ON t (a)", ["unique.form t(a)"], []),
        "extra-tables": ("CREATE TABLE t (a)", "CREATE TABLE t (a); CREATE TABLE u (a)", ["table.extra u"], []),
        "extra-columns": ("CREATE TABLE t (a)", "CREATE TABLE t (a, b)", ["column.extra t.b"], []),
        "bookkeeping": ("CREATE TABLE t (a)", "CREATE TABLE t (a); CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                        ["table.extra alembic_version"], []),
    }
    DEFAULT_OFF = {"type-spelling", "name-case", "bookkeeping"}

    def test_each_switch_on_the_command_line_and_in_the_configuration(self):
        for name, (expected, live, on, off) in self.PAIRS.items():
            with self.subTest(name):
                self.assertEqual(self.kinds(expected, live, "--policy", name + "=on"), on)
                self.assertEqual(self.kinds(expected, live, "--policy", name + "=off"), off)
                self.assertEqual(self.kinds(expected, live), off if name in self.DEFAULT_OFF else on)
                config = self.folder / ".autopack-schema.json"
                for word, found in ((True, on), (False, off)):
                    config.write_text(json.dumps({"policies": {name.replace("-", "_"): word}}))
                    self.assertEqual(self.kinds(expected, live), found)
                    self.assertEqual(self.kinds(expected, live, "--policy", name + ("=off" if word else "=on")), off if word else on)
                config.unlink()

    def test_names_of_constraints(self):
        other = ("CREATE TABLE t (a, CONSTRAINT x CHECK (a > 0))", "CREATE TABLE t (a, CONSTRAINT y CHECK (a > 0))")
        none = ("CREATE TABLE t (a, CONSTRAINT x CHECK (a > 0))", "CREATE TABLE t (a, CHECK (a > 0))")
        for word, of_other, of_none in (("ignored", [], []), ("different", ["check.name t.x"], []), ("exact", ["check.name t.x"], ["check.name t.x"])):
            self.assertEqual(self.kinds(*other, "--policy", "constraint-names=" + word), of_other)
            self.assertEqual(self.kinds(*none, "--policy", "constraint-names=" + word), of_none)

    def test_patterns(self):
        pair = ("CREATE TABLE t (a, b); CREATE INDEX ix_a ON t (a)",
                "CREATE TABLE t (b, a); CREATE TABLE tmp_1 (a); CREATE TABLE tmp_2 (a); CREATE INDEX tmp_i ON t (b)")
        everything = ["column.order t", "index.extra tmp_i", "index.missing ix_a", "table.extra tmp_1", "table.extra tmp_2"]
        self.assertEqual(self.kinds(*pair), everything)
        for patterns, left in ((["table:tmp_*"], everything[:3]), (["tmp_?"], ["column.order t", "index.missing ix_a"]), (["index:*"], [everything[0], *everything[3:]]),
                               (["column.order:*", "table:tmp_1"], ["index.extra tmp_i", "index.missing ix_a", "table.extra tmp_2"]), (["table:t"], everything[3:]), (["*"], [])):
            with self.subTest(patterns):
                self.assertEqual(self.kinds(*pair, *(w for p in patterns for w in ("--ignore", p))), left)
                (self.folder / ".autopack-schema.json").write_text(json.dumps({"ignore": patterns}))
                self.assertEqual(self.kinds(*pair), left)
                (self.folder / ".autopack-schema.json").unlink()

    def test_bookkeeping_tables_and_shadow_tables(self):
        live = "CREATE TABLE t (a); INSERT INTO t VALUES (1); CREATE INDEX i ON t (a); ANALYZE; CREATE TABLE s (id INTEGER PRIMARY KEY AUTOINCREMENT);"
        live += 'CREATE TABLE "__drizzle_migrations" (id INTEGER PRIMARY KEY, hash TEXT NOT NULL, created_at NUMERIC); CREATE VIRTUAL TABLE f USING fts5(x);'
        expected = "CREATE TABLE t (a); CREATE INDEX i ON t (a); CREATE TABLE s (id INTEGER PRIMARY KEY AUTOINCREMENT); CREATE VIRTUAL TABLE f USING fts5(x)"
        self.assertEqual(self.kinds(expected, live), [])

    def test_levels(self):
        pair = ("CREATE TABLE t (a, b); CREATE INDEX i ON t (a)", "CREATE TABLE t (b, a); CREATE TABLE u (a)")
        codes = {level: self.drift(*pair, "--fail-on", level).returncode for level in ("breaking", "semantic", "performance", "extra", "cosmetic")}
        self.assertEqual(codes["breaking"], 0)
        self.assertEqual((codes["performance"], codes["extra"], codes["cosmetic"]), (2, 2, 2))
        self.assertEqual(self.drift(*pair, "--fail-on", "worse").returncode, 1)

    def test_a_likely_rename_is_pointed_out_and_never_assumed(self):
        expected = "CREATE TABLE t (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL)"
        live = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"
        self.assertEqual(self.kinds(expected, live), ["column.extra t.name", "column.missing t.full_name"])
        self.assertIn('perhaps "name" was renamed to "full_name"', self.drift(expected, live).stdout)
        between = self.drift("CREATE TABLE t (a INTEGER, calls INTEGER, z TEXT)", "CREATE TABLE t (a INTEGER, hits INTEGER, z TEXT)")
        self.assertIn('perhaps "hits" was renamed to "calls"', between.stdout)  # the same neighbours
        other = self.drift("CREATE TABLE t (a INTEGER, calls INTEGER, y TEXT)", "CREATE TABLE t (b INTEGER, hits INTEGER, z BLOB)")
        self.assertNotIn('"hits" was renamed', other.stdout)  # the same place says nothing among other columns
        (self.folder / "expected.sql").write_text(expected)
        lock = json.loads(self.run_it("snapshot", "--from", "expected.sql").stdout)
        column = next(c for t in lock["tables"] for c in t["columns"] if c["name"] == "full_name")
        column["renamed_from"] = "name"
        (self.folder / "hinted.json").write_text(json.dumps(lock))
        done = self.run_it("drift", "--against", "hinted.json", "-d", self.make("named.db", live), "--format", "json")
        self.assertEqual([f["kind"] for f in json.loads(done.stdout)["findings"]], ["column.renamed"])
        compared = self.run_it("diff", "--from", "sqlite:///named.db", "--to", "hinted.json")
        self.assertIn("rename", compared.stdout, compared.stderr)

    def test_debug_asks_sqlite(self):
        done = self.drift("CREATE TABLE t (a INT CHECK (a > 0))", "CREATE TABLE t (a INT CHECK (a > 1))", "--debug")
        self.assertEqual(done.returncode, 2)
        self.assertIn("agree on every table and view", done.stderr)


class outputs(case):
    def schema(self):
        """The JSON schema of SARIF 2.1.0 and a validator, or None."""
        cache = pathlib.Path(tempfile.gettempdir()) / "autopack_schema_sarif"
        cache.mkdir(exist_ok=True)
        try:
            crate = cache / "serde-sarif.crate"
            if not crate.exists() or hashlib.sha256(crate.read_bytes()).hexdigest() != CRATE_SHA256:
                with urllib.request.urlopen(urllib.request.Request(CRATE, headers={"User-Agent": "autopack-schema tests"}), timeout=20) as answer:
                    data = answer.read()
                self.assertEqual(hashlib.sha256(data).hexdigest(), CRATE_SHA256)
                crate.write_bytes(data)
            with tarfile.open(fileobj=io.BytesIO(crate.read_bytes())) as archive:
                schema = json.load(archive.extractfile("serde-sarif-0.6.5/src/schema.json"))
            try:
                import jsonschema
            except ImportError:
                target = cache / "python"
                subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", str(target), "jsonschema"], check=True, capture_output=True, timeout=120)
                sys.path.insert(0, str(target))
                import jsonschema
            return jsonschema.Draft7Validator(schema)
        except (OSError, subprocess.SubprocessError, ImportError) as error:
            print(f"SKIPPED: the SARIF schema cannot be fetched ({error}); only the shape was checked", file=sys.stderr)
            return None

    def test_sarif(self):
        logs = [self.hostile("--format", "sarif").stdout, self.hostile("--format", "sarif", "--fail-on", "cosmetic").stdout,
                self.drift("CREATE TABLE t (a)", "CREATE TABLE t (a)", "--format", "sarif").stdout]
        validator = self.schema()
        for text in logs:
            log = json.loads(text)
            self.assertEqual((log["version"], len(log["runs"])), ("2.1.0", 1))
            rules = log["runs"][0]["tool"]["driver"]["rules"]
            self.assertEqual(len({r["id"] for r in rules}), len(rules))
            for found in log["runs"][0]["results"]:
                self.assertEqual(rules[found["ruleIndex"]]["id"], found["ruleId"])
                self.assertIn(found["level"], ("error", "warning", "note"))
            if validator:
                self.assertEqual([e.message for e in validator.iter_errors(log)], [])
        if validator:
            broken = json.loads(logs[0])
            broken["runs"][0]["results"][0]["level"] = "terrible"
            self.assertNotEqual(list(validator.iter_errors(broken)), [])
            print("SARIF: valid against the schema of OASIS", file=sys.stderr)

    def test_junit(self):
        done = self.hostile("--format", "junit")
        root = xml.etree.ElementTree.fromstring(done.stdout)
        suite = root.find("testsuite")
        tests = suite.findall("testcase")
        self.assertEqual(int(suite.get("tests")), len(tests))
        self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")))
        self.assertEqual(int(suite.get("skipped")), len(suite.findall("testcase/skipped")))
        self.assertEqual(len({t.get("name") for t in tests}), len(tests))
        self.assertGreater(int(suite.get("skipped")), 0)
        for test in tests:
            self.assertTrue(test.get("classname") and test.get("name"))

    def test_github(self):
        lines = self.hostile("--format", "github").stdout.splitlines()
        for line in lines:
            self.assertRegex(line, r"^::(error|warning|notice) title=[^:,\r\n]*::.+$")
        self.assertEqual(sum("DROP TABLE t" in line for line in lines), 1)

    def test_markdown(self):
        text = self.hostile("--format", "markdown").stdout
        rows = [line for line in text.split("\n") if line.startswith("|")]
        self.assertGreater(len(rows), len(HOSTILE))
        for row in rows:
            self.assertEqual(len(re.findall(r"(?<!\\)\|", row)), 7, row)
        self.assertNotIn("\x1b", text)

    def test_text(self):
        done = self.hostile()
        self.assertNotIn("\x1b", done.stdout)
        self.assertIn("not compared: table \"no|<such>\"", done.stdout)
        self.assertEqual(done.stdout.count("the code does not know the table"), 1)
        self.assertIn("\x1b[1;31mbreaking\x1b[0m", self.hostile("--color", "always").stdout)


class bad_files(case):
    """Nothing is created, nothing changes, the message is clear, and the exit code is 1 or 3."""

    def listing(self):
        return {p.name: (p.stat().st_mtime_ns, hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "") for p in self.folder.iterdir()}

    def check(self, name, words):
        (self.folder / "expected.sql").write_text("CREATE TABLE t (a)")
        before = self.listing()
        for arguments in (["drift", "--against", "expected.sql"], ["migrate", "--against", "expected.sql"], ["verify", "-s", "autopack"], ["generate"], ["diagram", "--format", "dot"]):
            done = self.run_it(*arguments, "-d", "sqlite:///" + name)
            self.assertIn(done.returncode, (1, 3), (arguments, done.stdout, done.stderr))
            self.assertEqual(self.listing(), before, arguments)
            self.assertRegex(done.stderr + done.stdout, words, arguments)
            self.assertNotIn("terminate", done.stderr)
            self.assertNotIn("Sanitizer", done.stderr)

    def test_missing(self):
        self.check("missing.db", r"\[S2\d\d\].*(no such file|does not exist|there is no|not there)")

    def test_a_folder(self):
        (self.folder / "folder.db").mkdir()
        self.check("folder.db", r"\[S2\d\d\].*(directory|folder)")

    def test_no_database(self):
        (self.folder / "text.db").write_text("This is a letter, and not a database at all. " * 100)
        self.check("text.db", r"\[S2\d\d\].*not a (SQLite )?database")

    def test_encrypted(self):
        (self.folder / "random.db").write_bytes(hashlib.shake_256(b"key").digest(8192))
        self.check("random.db", r"\[S2\d\d\].*(not a database|encrypted)")

    def test_damaged(self):
        self.make("good.db", "CREATE TABLE t (a); CREATE TABLE u (b);" + "".join(f"CREATE TABLE more_{i} (a, b, c TEXT DEFAULT 'xxxxxxxxxxxxxxxx');" for i in range(80)))
        data = bytearray((self.folder / "good.db").read_bytes())
        (self.folder / "good.db").unlink()
        data[4096 + 8:] = b"\xff" * (len(data) - 4096 - 8)
        data[100:140] = b"\xee" * 40
        (self.folder / "damaged.db").write_bytes(bytes(data))
        self.check("damaged.db", r"\[S2\d\d\].*(damaged|malformed|corrupt)")
        (self.folder / "damaged.db").write_bytes(bytes(data[:5000]))
        self.check("damaged.db", r"\[S2\d\d\].*(damaged|malformed|corrupt)")

    def test_empty(self):
        (self.folder / "empty.db").write_bytes(b"")
        (self.folder / "expected.sql").write_text("CREATE TABLE t (a)")
        before = self.listing()
        done = self.run_it("drift", "--against", "expected.sql", "-d", "sqlite:///empty.db")
        self.assertEqual(self.listing(), before)
        self.assertIn(done.returncode, (1, 2, 3), done.stderr)
        self.assertTrue(done.returncode != 2 or "table.missing" in done.stdout)

    def test_locked(self):
        url = self.make("locked.db", "CREATE TABLE t (a)")
        (self.folder / "expected.sql").write_text("CREATE TABLE t (a); CREATE TABLE u (a)")
        before = hashlib.sha256((self.folder / "locked.db").read_bytes()).hexdigest()  # closing the file drops this process's locks
        holder = sqlite3.connect(self.folder / "locked.db", isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("BEGIN EXCLUSIVE")
        for command in ("drift", "migrate"):
            done = self.run_it(command, "--against", "expected.sql", "-d", url + "?busy_timeout=50")
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertRegex(done.stderr, r"\[S209\].*locked")
        self.assertEqual(hashlib.sha256((self.folder / "locked.db").read_bytes()).hexdigest(), before)

    def test_hostile_names_reach_no_statement_unquoted(self):
        names = [*HOSTILE, "n" * 10000, "select", "'; ATTACH 'evil.db' AS e; --", "\\", "%s%n"]
        quoted = ['"' + n.replace('"', '""') + '"' for n in names]
        expected = "".join(f"CREATE TABLE {q} ({q} TEXT NOT NULL DEFAULT 'x' CHECK ({q} <> '')); CREATE INDEX {q[:-1]}_i\" ON {q} ({q});" for q in quoted)
        live = "".join(f"CREATE TABLE {q} ({q} TEXT); INSERT INTO {q} VALUES ('v');" for q in quoted)
        (self.folder / "expected.sql").write_text(expected)
        url = self.make("names.db", live)
        self.assertEqual(self.run_it("drift", "--against", "expected.sql", "-d", url).returncode, 2)
        done = self.run_it("migrate", "--against", "expected.sql", "-d", url, "--no-backup")
        self.assertEqual(done.returncode, 0, done.stderr[:2000])
        done = self.run_it("drift", "--against", "expected.sql", "-d", url, "--fail-on", "cosmetic")
        self.assertEqual(done.returncode, 0, done.stdout[:2000])
        self.assertFalse((self.folder / "evil.db").exists())
        connection = sqlite3.connect(self.folder / "names.db")
        self.addCleanup(connection.close)
        for q in quoted:
            self.assertEqual(connection.execute(f"SELECT {q} FROM {q}").fetchall(), [("v",)])


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
