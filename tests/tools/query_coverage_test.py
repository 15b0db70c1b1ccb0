#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every construct of a query has a text, a run and a refusal: tests/sqlite/README.md lists them, and the tests have them.

The list must have every public function of the query headers. A construct is found in a file as a whole word before `(`, `<`, `{`
or `)`; the refusal is a case of tests/compile_fail/query*.cpp."""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = ["database", "selection", "change", "results", "aggregates", "functions", "case", "subquery", "runtime", "view_of", "text",
           "conflict", "raw", "json", "detail/operations"]
# Not what a user writes: pieces that are called by the library, and what only looks at a database.
INTERNAL = {"write", "bind", "add", "with", "with_sources", "find", "write_terms", "self", "on", "read", "connection",
            "end", "begin", "next", "view", "open", "memory", "change_condition", "find_member", "in_subquery", "json_excerpt",
            "make_in", "operand_for", "run_change", "make_returning", "require_summable"}
DECLARED = re.compile(r"^ *(?:\[\[\w+\]\] )?(?:inline )?(?:constexpr )?(?:static )?"
                      r"(?:auto|bool|T|Json|Row|dynamic_order&|std::\S+(?: \w+)?|sqlite::\w+|query::raw_results<\w+, \w+>) (\w+)\(", re.M)
ROW = re.compile(r"^\| `([^`]+)` \| (.*?) \| (.*?) \| (.*?) \|$", re.M)


def public_names():
    found = set()
    for name in HEADERS:
        text = (ROOT / "include/autopack_schema/query" / f"{name}.hpp").read_text(encoding="utf-8")
        text = re.sub(r"\nprivate:.*?\n};", "\n};", text, flags=re.S)
        found |= set(DECLARED.findall(text))
    return found


def has(text, construct):
    return re.search(r"\b" + re.escape(construct) + r"[<({)]", text) is not None


class constructs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = ROW.findall((ROOT / "tests/sqlite/README.md").read_text(encoding="utf-8"))
        cls.text = "".join((ROOT / f).read_text(encoding="utf-8") for f in ("tests/constexpr/query.cpp", "tests/sqlite/query_text_test.cpp"))
        cls.run_by = {p.name: p.read_text(encoding="utf-8") for p in (ROOT / "tests/sqlite").glob("query*_test.cpp")}
        cls.cases = set(re.findall(r"^// case: (\w+) expect:", "".join(
            p.read_text(encoding="utf-8") for p in (ROOT / "tests/compile_fail").glob("query*.cpp")), re.M))

    def test_every_public_function_is_listed(self):
        listed = {name.split("<")[0] for name, *_ in self.rows}
        missing = sorted(public_names() - INTERNAL - listed)
        self.assertEqual([], missing)

    def test_texts_runs_and_refusals_exist(self):
        self.assertGreater(len(self.rows), 70)
        for name, text, runs, refusal in self.rows:
            word = name.split("<")[0]
            with self.subTest(name):
                if text == "yes":
                    self.assertTrue(has(self.text, word), "no SQL text of it is tested")
                else:
                    self.assertRegex(text, r"^none: \w")
                file = runs.strip("`")
                self.assertIn(file, self.run_by)
                self.assertTrue(has(self.run_by[file], word), f"{file} does not run it")
                if not refusal.startswith("none: "):
                    self.assertIn(refusal.strip("`"), self.cases)

    def test_a_missing_construct_is_seen(self):
        self.assertFalse(has(self.text, "no_such_function"))
        self.assertTrue({"coalesce", "left_join", "do_update", "between", "to_json", "savepoint"} <= public_names(), public_names())


if __name__ == "__main__":
    unittest.main()
