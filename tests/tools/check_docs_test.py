#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/check_docs.py: what it accepts, and that each sort of wrong page is found."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools" / "check_docs.py"
PROGRAM = '```cpp\n#include <cstdio>\nint main() { std::puts("hello"); }\n```\n'


class pages(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.page = pathlib.Path(self.folder.name) / "page.md"

    def tearDown(self):
        self.folder.cleanup()

    def check(self, text, *arguments):
        self.page.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, str(TOOL), "--bin", self.folder.name, *arguments, str(self.page)],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout

    def assert_found(self, text, words):
        code, printed = self.check(text)
        self.assertEqual(1, code, printed)
        self.assertIn(words, printed)

    def test_program_and_output(self):
        code, printed = self.check(PROGRAM + "prints\n```text\nhello\n```\n")
        self.assertEqual(0, code, printed)

    def test_other_output(self):
        self.assert_found(PROGRAM + "```text\ngoodbye\n```\n", "but this is printed:\nhello")

    def test_output_not_shown(self):
        self.assert_found(PROGRAM, "prints something that the page does not show")

    def test_does_not_compile(self):
        self.assert_found("```cpp\nint main() { return x; }\n```\n", "does not compile")

    def test_program_fails(self):
        self.assert_found("```cpp\nint main() { return 3; }\n```\n", "ends with 3")

    def test_console(self):
        code, printed = self.check("```console\n$ echo a; false\na\n[exit 1]\n```\n")
        self.assertEqual(0, code, printed)
        self.assert_found("```console\n$ echo a\nb\n```\n", "but this is printed")
        self.assert_found("```console\n$ false\n```\n", "[exit 1]")
        self.assert_found("```console\nno command\n```\n", "without a command")

    def test_times_may_differ(self):
        code, printed = self.check("```console\n$ echo took 12 ms\ntook 9 ms\n```\n")
        self.assertEqual(0, code, printed)

    def test_file(self):
        code, printed = self.check("<!-- docs: file a.txt -->\n```text\nx\n```\n```console\n$ cat a.txt\nx\n```\n")
        self.assertEqual(0, code, printed)

    def test_excerpt(self):
        self.assertEqual(0, self.check("<!-- docs: from LICENSE -->\n```text\nMIT License\n```\n")[0])
        self.assert_found("<!-- docs: from LICENSE -->\n```text\nNIT License\n```\n", "no excerpt")
        self.assert_found("<!-- docs: from NO_SUCH -->\n```text\nx\n```\n", "does not exist")

    def test_unchecked(self):
        self.assert_found("```sh\nrm -rf /\n```\n", "that nothing checks")
        self.assert_found("```\nx\n```\n", "that nothing checks")
        self.assert_found("<!-- docs: not run: -->\n```sh\nx\n```\n", "unknown")
        self.assert_found("<!-- docs: nonsense -->\n```cpp\nint x;\n```\n", "unknown")
        self.assertEqual(0, self.check("<!-- docs: not run: needs the network -->\n```sh\nx\n```\n")[0])

    def test_refused(self):
        refused = "<!-- docs: does not compile -->\n```cpp\nint main() { return nowhere; }\n```\n"
        self.assertEqual(0, self.check(refused + "```text\nerror: …nowhere…not declared\n```\n")[0])
        self.assert_found(refused + "```text\nsomething else\n```\n", "does not say")
        self.assert_found(refused, "must be shown below")
        self.assert_found("<!-- docs: does not compile -->\n```cpp\nint main() {}\n```\n```text\nx\n```\n", "compiles")

    def test_no_end(self):
        code, printed = self.check("```cpp\nint x;\n")
        self.assertEqual(1, code)
        self.assertIn("has no end", printed)

    def test_update(self):
        code, printed = self.check("```console\n$ echo a\nb\n```\n", "--update")
        self.assertEqual(0, code, printed)
        self.assertEqual("```console\n$ echo a\na\n```\n", self.page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
