#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/check_api_docs.py finds a function, a type and a variable without documentation, and leaves `detail` alone."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools" / "check_api_docs.py"
TOP = "/// \\file\n#pragma once\n/// A library.\nnamespace autopack_schema {\n/// A type.\nstruct fine {};\n"


@unittest.skipUnless(shutil.which("doxygen"), "there is no doxygen")
class api_docs(unittest.TestCase):
    def check(self, text):
        with tempfile.TemporaryDirectory() as folder:
            include = pathlib.Path(folder) / "include" / "autopack_schema"
            include.mkdir(parents=True)
            (include / "a.hpp").write_text(TOP + text + "}\n", encoding="utf-8")
            done = subprocess.run([sys.executable, str(TOOL), "--include", str(include), "--output", folder + "/out"],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            return done.returncode, done.stdout

    def test_documented(self):
        code, text = self.check("/// Says something.\nint f();\n")
        self.assertEqual(0, code, text)

    def test_function(self):
        code, text = self.check("int f();\n")
        self.assertEqual(1, code, text)
        self.assertIn("Member f()", text)

    def test_type(self):
        code, text = self.check("struct bare {\n/// A member.\nint y = 0;\n};\n")
        self.assertEqual(1, code, text)
        self.assertIn("bare is not documented", text)

    def test_variable(self):
        self.assertEqual(1, self.check("inline constexpr int number = 3;\n")[0])

    def test_detail(self):
        code, text = self.check("namespace detail { int f(); }\n")
        self.assertEqual(0, code, text)


if __name__ == "__main__":
    unittest.main()
