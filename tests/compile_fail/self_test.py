#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The runner must accept a good file and refuse every kind of bad one: self_test.py COMPILER -- FLAGS..."""
import contextlib
import io
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
import run  # noqa: E402

BROKEN = "static_assert(sizeof(int) == 99, \"int is small\");\n"
FILES = {  # name: (expected to pass, words of the complaint, text)
    "good_single": (True, "", "// expect: int is small\n#ifdef AUTOPACK_SCHEMA_FAIL\n" + BROKEN + "#endif\n"),
    "good_cases": (True, "", "// case: ONE expect: int is small\n// case: TWO expect: nobody\n"
                   "#ifdef AUTOPACK_SCHEMA_FAIL_ONE\n" + BROKEN + "#endif\n"
                   "#ifdef AUTOPACK_SCHEMA_FAIL_TWO\nint x = nobody;\n#endif\n"),
    "control_fails": (False, "the control", "// expect: int is small\n" + BROKEN +
                      "#ifdef AUTOPACK_SCHEMA_FAIL\n#endif\n"),
    "control_warns": (False, "the control", "// expect: int is small\nint f(int unused) { return 1; }\n"
                      "#ifdef AUTOPACK_SCHEMA_FAIL\n" + BROKEN + "#endif\n"),
    "compiles": (False, "it compiles", "// expect: int is small\n#ifdef AUTOPACK_SCHEMA_FAIL\n#endif\n"),
    "other_text": (False, "does not match", "// expect: int is large\n#ifdef AUTOPACK_SCHEMA_FAIL\n" + BROKEN + "#endif\n"),
    "two_errors": (False, "2 lines", "// expect: int is small\n#ifdef AUTOPACK_SCHEMA_FAIL\n" + BROKEN + BROKEN + "#endif\n"),
    "one_case_bad": (False, "it compiles", "// case: ONE expect: int is small\n// case: TWO expect: x\n"
                     "#ifdef AUTOPACK_SCHEMA_FAIL_ONE\n" + BROKEN + "#endif\n#ifdef AUTOPACK_SCHEMA_FAIL_TWO\n#endif\n"),
    "nothing_expected": (False, "nothing is expected", "int x = 1;\n"),
    "macro_unused": (False, "no line of the file uses it", "// case: ONE expect: x\nint x = 1;\n"),
    "macro_unlisted": (False, "nothing is expected of it", "// expect: int is small\n#ifdef AUTOPACK_SCHEMA_FAIL\n" + BROKEN +
                       "#endif\n#ifdef AUTOPACK_SCHEMA_FAIL_TWO\n#endif\n"),
    "bad_regex": (False, "not a regular expression", "// expect: (\n#ifdef AUTOPACK_SCHEMA_FAIL\n" + BROKEN + "#endif\n"),
    "typing_error": (False, "not understood", "// expect: int is small\n// case: one expects: x\n"
                     "#ifdef AUTOPACK_SCHEMA_FAIL\n" + BROKEN + "#endif\n"),
}


def main():
    compiler, flags = sys.argv[1], [flag for flag in sys.argv[2:] if flag != "--"]
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, (should_pass, words, text) in FILES.items():
            path = pathlib.Path(folder) / (name + ".cpp")
            path.write_text(text, encoding="utf-8")
            heard = io.StringIO()
            with contextlib.redirect_stdout(heard):
                failures = run.check(compiler, flags, path)
            if (failures == 0) != should_pass or words not in heard.getvalue():
                bad += 1
                print(f"FAILED {name}: {failures} failures, expected {'none' if should_pass else words!r}\n{heard.getvalue()}")
            else:
                print(f"ok     {name}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
