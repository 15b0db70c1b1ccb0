# SPDX-License-Identifier: MIT
"""check_traps names a number without a test, one with two, and one that does not exist."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).parents[2] / "tools" / "check_traps.py"


class CheckTraps(unittest.TestCase):
    def run_on(self, numbers: list[int]) -> subprocess.CompletedProcess:
        with tempfile.TemporaryDirectory() as root:
            folder = pathlib.Path(root) / "tests" / "sqlite"
            folder.mkdir(parents=True)
            (folder / "a_test.cpp").write_text("".join(f'TEST_CASE("trap {n:02}: x", "[trap]") {{}}\n' for n in numbers))
            return subprocess.run([sys.executable, TOOL, root], capture_output=True, text=True, check=False)

    def test_all_numbers_pass(self) -> None:
        self.assertEqual(self.run_on(list(range(1, 50))).returncode, 0)

    def test_a_missing_number_is_named(self) -> None:
        result = self.run_on([n for n in range(1, 50) if n != 17])
        self.assertEqual((result.returncode, result.stdout), (1, "trap 17: no test case\n"))

    def test_two_of_a_number_and_an_unknown_one_are_named(self) -> None:
        result = self.run_on([*range(1, 51), 3])
        self.assertEqual((result.returncode, result.stdout), (1, "trap 03: 2 test cases\ntrap 50: no such number\n"))


if __name__ == "__main__":
    unittest.main()
