#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/amalgamate.py: what it writes, that --check sees one changed byte, and what it refuses."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools" / "amalgamate.py"
TOP = "// SPDX-License-Identifier: MIT\n#pragma once\n\n"
FILES = {
    "version.hpp": TOP + "#define AUTOPACK_SCHEMA_VERSION_MAJOR 1\n#define AUTOPACK_SCHEMA_VERSION_MINOR 2\n"
                         "#define AUTOPACK_SCHEMA_VERSION_PATCH 3\n",
    "a.hpp": TOP + "#include <vector>\n\n#if __has_include(<bit>)\n#include <bit>\n#endif\n\nint a;\n",
    "b.hpp": TOP + "#include <autopack_schema/a.hpp>\n\n#include <sqlite3.h>\n\n#include <string>\n#include <vector>\n\nint b;\n"
                   "\n#if AUTOPACK_SCHEMA_BODIES\n#include <autopack_schema/body/b.hpp>\n#endif\n",
    "body/b.hpp": TOP + "#include <autopack_schema/b.hpp>\n\n#include <cmath>\n\nint body_of_b;\n",
    "autopack_schema.hpp": TOP + "#include <autopack_schema/b.hpp>\n#include <autopack_schema/a.hpp>\n#include <autopack_schema/version.hpp>\n",
}
EXPECTED = """// SPDX-License-Identifier: MIT
// autopack_schema 1.2.3 in one header. Made by tools/amalgamate.py from include/; do not edit.
#pragma once

#if defined(AUTOPACK_SCHEMA_HEADER_ONLY) && !AUTOPACK_SCHEMA_HEADER_ONLY
#error "the single header is always header-only; AUTOPACK_SCHEMA_HEADER_ONLY=0 needs the headers of include/"
#endif

#include <sqlite3.h>

#include <cmath>
#include <string>
#include <vector>

// ---- autopack_schema/a.hpp

#if __has_include(<bit>)
#include <bit>
#endif

int a;

// ---- autopack_schema/b.hpp

int b;

// ---- autopack_schema/body/b.hpp

int body_of_b;

// ---- autopack_schema/version.hpp

#define AUTOPACK_SCHEMA_VERSION_MAJOR 1
#define AUTOPACK_SCHEMA_VERSION_MINOR 2
#define AUTOPACK_SCHEMA_VERSION_PATCH 3
"""


class amalgamation(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        self.output = self.root / "out" / "autopack_schema.hpp"
        (self.root / "autopack_schema" / "body").mkdir(parents=True)
        for name, text in FILES.items():
            self.write(name, text)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        (self.root / "autopack_schema" / name).write_text(text, encoding="utf-8")

    def run_tool(self, *arguments):
        done = subprocess.run([sys.executable, str(TOOL), "--include", str(self.root), "--output", str(self.output), *arguments],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout

    def test_text(self):
        self.assertEqual(0, self.run_tool()[0])
        self.assertEqual(EXPECTED, self.output.read_text(encoding="utf-8"))
        self.assertEqual(0, self.run_tool("--check")[0])

    def test_check_sees_one_byte(self):
        self.run_tool()
        self.output.write_bytes(self.output.read_bytes().replace(b"int a;", b"int a; "))
        self.assertEqual(1, self.run_tool("--check")[0])

    def test_check_sees_a_changed_header(self):
        self.run_tool()
        self.write("a.hpp", FILES["a.hpp"] + "int c;\n")
        self.assertEqual(1, self.run_tool("--check")[0])

    def test_check_writes_nothing(self):
        self.assertEqual(1, self.run_tool("--check")[0])
        self.assertFalse(self.output.exists())

    def test_own_include_inside_if(self):
        self.write("b.hpp", TOP + "#ifdef X\n#include <autopack_schema/a.hpp>\n#endif\n")
        status, text = self.run_tool()
        self.assertEqual(1, status)
        self.assertIn("inside #if", text)

    def test_missing(self):
        self.write("b.hpp", TOP + "#include <autopack_schema/gone.hpp>\n")
        status, text = self.run_tool()
        self.assertEqual(1, status)
        self.assertIn("autopack_schema/b.hpp includes <autopack_schema/gone.hpp>", text)

    def test_quoted(self):
        self.write("b.hpp", TOP + '#include "a.hpp"\n')
        self.assertEqual(1, self.run_tool()[0])


if __name__ == "__main__":
    unittest.main()
