#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/check_packages.py: clean on this repository, and each sort of difference is found in a copy of it."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PORT = "packaging/vcpkg/ports/autopack-schema/vcpkg.json"
FILES = ["include/autopack_schema/version.hpp", "vcpkg.json", PORT, "cmake/autopack_schema-config.cmake.in", "conanfile.py", "README.md"]


class packages(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for name in FILES:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.root / name)

    def tearDown(self):
        self.folder.cleanup()

    def check(self, name=None, old="", new=""):
        if name:
            path = self.root / name
            text = path.read_text(encoding="utf-8")
            self.assertIn(old, text)
            path.write_text(text.replace(old, new), encoding="utf-8")
        done = subprocess.run([sys.executable, str(ROOT / "tools" / "check_packages.py"), str(self.root)], stdout=subprocess.PIPE, text=True)
        return done.returncode, done.stdout

    def test_clean(self):
        self.assertEqual(0, self.check()[0])

    def test_version(self):
        code, text = self.check("include/autopack_schema/version.hpp", "_MINOR 1", "_MINOR 2")
        self.assertEqual(1, code)
        for name in ("vcpkg.json", PORT, "README.md"):
            self.assertIn(name + ": ", text)

    def test_format(self):
        self.assertIn("format-manifest", self.check("vcpkg.json", '    "catch2",\n    "cli11",', '    "cli11",\n    "catch2",')[1])

    def test_feature(self):
        self.assertIn("features", self.check(PORT, '"json": {', '"jason": {')[1])

    def test_conan(self):
        self.assertIn("no option with_cli", self.check("conanfile.py", '"with_cli"', '"with_cly"')[1])
        self.assertIn("version of its own", self.check("conanfile.py", "    name =", '    version = "9"\n    name =')[1])


if __name__ == "__main__":
    unittest.main()
