#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every numbered way to lose data in a table rebuild has a test case `trap NN: …`; prints what is missing, exit code 1."""
import pathlib
import re
import sys

NUMBERS = range(1, 50)
CASE = re.compile(r'^TEST_CASE\("trap (\d\d): ', re.MULTILINE)


def tested(folder: pathlib.Path) -> list[int]:
    return [int(number) for file in sorted(folder.glob("*_test.cpp")) for number in CASE.findall(file.read_text())]


def main() -> int:
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]
    found = tested(root / "tests" / "sqlite")
    wrong = [f"trap {n:02}: no test case" for n in NUMBERS if n not in found]
    wrong += [f"trap {n:02}: {found.count(n)} test cases" for n in sorted(set(found)) if found.count(n) > 1]
    wrong += [f"trap {n:02}: no such number" for n in sorted(set(found)) if n not in NUMBERS]
    print("\n".join(wrong) if wrong else f"check_traps: {len(found)} numbers, one test case each")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
