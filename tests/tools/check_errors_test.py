#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/check_errors.py must find every difference between the headers and docs/errors.md."""
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_errors  # noqa: E402

HEADER = 'throw error({.code = "S201"});\n/// errors: S104 duplicate column\n// xS999 S1234 S500 are no codes\n'
DOCUMENT = "# Errors\n\n## S104 duplicate column\n\nRename one.\n\n## S201 no such table\n\nCreate it.\n"


def findings(header=HEADER, document=DOCUMENT):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "include").mkdir()
        (root / "docs").mkdir()
        (root / "include" / "a.hpp").write_text(header, encoding="utf-8")
        if document is not None:
            (root / "docs" / "errors.md").write_text(document, encoding="utf-8")
        return list(check_errors.check(root))


class differences(unittest.TestCase):
    def one(self, words, **changed):
        found = findings(**changed)
        self.assertEqual(1, len(found), found)
        self.assertIn(words, found[0])

    def test_equal(self):
        self.assertEqual([], findings())

    def test_not_documented(self):
        self.one("include/a.hpp:4: S301 has no heading", header=HEADER + "[S301]\n")

    def test_not_used(self):
        self.one("S301 is in no header", document=DOCUMENT + "\n## S301 x\n\nText.\n")

    def test_twice(self):
        self.one("two headings", document=DOCUMENT + "\n## S201 x\n\nText.\n")

    def test_order(self):
        self.one("out of order", document="## S201 a\n\nText.\n\n## S104 b\n\nText.\n")

    def test_empty(self):
        self.one("says nothing", document="## S104 a\n\n## S201 b\n\nText.\n")
        self.one("no title", document="## S104\n\nText\n\n## S201 b\n\nText.\n")

    def test_missing_document(self):
        self.one("is missing", document=None)

    def test_no_codes_at_all(self):
        self.one("no error code", header="", document="")


if __name__ == "__main__":
    unittest.main()
