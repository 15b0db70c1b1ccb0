#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every file of ../shared/vectors, and every key of it, is read by a test, or is named here with the reason why not; the copies in
tests/fixtures/vectors are those files.

A ruling that overrides a part of a vector is named in the test that reads it ("ruling 13"); this looks only at whether it is read.

usage: vectors_read_test.py BIN_DIRECTORY     exit 77 where ../shared (or APS_SHARED) is not there
"""
import json
import os
import pathlib
import re
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
SHARED = pathlib.Path(os.environ.get("APS_SHARED") or TESTS.parents[1] / "shared") / "vectors"

# "file.key": why no test reads it. What a ruling overrides is read all the same, and overridden there.
NOT_READ = {
    "p10_escalation.trigger": "a sentence; as a test: 'an attempt escalates once, when its answer was cut off and another attempt is left'",
    "real_backlog_picks.rows_with_T_separator_timestamps_in_the_original": "of a file that is not handed out: the reduced one has none; "
                                                                         "as a test: 'a phase without times is not stale, and one with a T …'",
    "views.note": "a sentence",
}
DESCRIBES = {"source"}  # where a vector comes from


def tests_that_read():
    """{name of a vector file: texts of the tests that read it}"""
    found = {}
    for path in sorted(TESTS.rglob("*_test.*")):
        if path.suffix not in (".cpp", ".py") or path.name == pathlib.Path(__file__).name:
            continue
        text = path.read_text(encoding="utf-8")
        for name in set(re.findall(r'vectors\("(\w+)"\)|vectors/(\w+)\.json"', text)):
            found.setdefault(name[0] or name[1], []).append(text)
        for beginning in set(re.findall(r'vectors\("(\w+_)" \+ ', text)):  # vectors("schema_" + name)
            for file in SHARED.glob(beginning + "*.json"):
                found.setdefault(file.stem, []).append(text)
    return found


class Vectors(unittest.TestCase):
    def test_every_vector_is_read(self):
        readers = tests_that_read()
        files = sorted(SHARED.glob("*.json"))
        self.assertTrue(files)
        unread, keys = [], 0
        for file in files:
            texts = readers.get(file.stem, [])
            content = json.loads(file.read_text(encoding="utf-8"))
            if not texts:
                unread.append(file.name)
            # a schema is read whole, table by table
            for key in [] if file.stem.startswith("schema_") else content:
                keys += 1
                name = f"{file.stem}.{key}"
                is_read = any(f'"{key}"' in text for text in texts)
                if key not in DESCRIBES and not is_read and name not in NOT_READ:
                    unread.append(name)
                self.assertFalse(is_read and name in NOT_READ, f"{name} is read: take it from NOT_READ")
        self.assertEqual(unread, [], "no test reads these vectors")
        known = {f"{file.stem}.{key}" for file in files for key in json.loads(file.read_text(encoding="utf-8"))}
        self.assertEqual(set(NOT_READ) - known, set())
        print(f"{len(files)} files with {keys} keys; not read: {len(NOT_READ)}, named with the reason")

    def test_copies_are_the_originals(self):
        copies = sorted((TESTS / "fixtures" / "vectors").glob("*.json"))
        self.assertTrue(copies)
        for copy in copies:
            self.assertEqual(copy.read_bytes(), (SHARED / copy.name).read_bytes(), copy.name)


if __name__ == "__main__":
    if not SHARED.is_dir():
        print("SKIPPED: the shared folder is not there; set APS_SHARED or put it beside the repository")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
