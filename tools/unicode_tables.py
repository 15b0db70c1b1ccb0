#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes include/autopack_schema/ops/detail/unicode_*.hpp: unicode_tables.py [--check]

The rules for error texts mean digits, word characters, white space and lower case as Unicode has them. The tables come from the
Unicode Character Database of the Python that runs this; --check compares the files with what it would write, where the version
of Unicode is the same.
"""
import pathlib
import sys
import unicodedata

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "include" / "autopack_schema" / "ops" / "detail"
ALL = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def is_cased(c):
    return (c + "\u03a3").lower().endswith("\u03c2")


def is_ignorable(c):
    return not is_cased(c) and ("A" + c + "\u03a3").lower().endswith("\u03c2")


def ranges(wanted):
    """[(first, last)] of the characters for which `wanted` holds."""
    found = []
    for c in ALL:
        if wanted(c):
            if found and found[-1][1] == ord(c) - 1:
                found[-1][1] = ord(c)
            else:
                found.append([ord(c), ord(c)])
    return found


def lower_runs():
    """[(first, last, step, distance)] of the characters whose lower case is one other character."""
    runs = []
    for c in ALL:
        small = c.lower()
        if len(small) != 1 or small == c or c == "\u03a3":
            continue
        code, distance = ord(c), ord(small) - ord(c)
        if runs and runs[-1][3] == distance:
            first, last, step, _ = runs[-1]
            if first == last and code - last in (1, 2):
                runs[-1][1:3] = [code, code - last]
                continue
            if first != last and code - last == step:
                runs[-1][1] = code
                continue
        runs.append([code, code, 1, distance])
    return runs


def rows(entries):
    lines, line = [], "   "
    for entry in entries:
        text = " {" + ", ".join(f"0x{n:X}" if i < 2 else str(n) for i, n in enumerate(entry)) + "},"
        if len(line) + len(text) > 136:
            lines.append(line)
            line = "   "
        line += text
    return "\n".join(lines + [line])


def header(body):
    return f"""// SPDX-License-Identifier: MIT
#pragma once

// Written by tools/unicode_tables.py from Unicode {unicodedata.unidata_version}; not to be edited.

{body}
}} // namespace autopack_schema::ops::detail
// clang-format on
"""


def table(comment, name, kind, entries):
    return f"/// {comment}\ninline constexpr {kind} {name}[] = {{\n{rows(entries)}\n}};\n"



FILES = {
    "unicode_range.hpp": """#include <cstdint>

// clang-format off
namespace autopack_schema::ops::detail {

/// Characters that follow each other, both ends included.
struct unicode_range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
};

/// Characters, each `step` behind the one before, whose lower case lies at the same distance.
struct lower_run {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t step = 1;
    std::int32_t distance = 0;
};
""",
}


def with_range(body):
    return ("#include <autopack_schema/ops/detail/unicode_range.hpp>\n\n// clang-format off\n"
            "namespace autopack_schema::ops::detail {\n\n" + body)


def files():
    word = ranges(lambda c: c.isalnum() or c == "_")
    yield "unicode_range.hpp", header(FILES["unicode_range.hpp"])
    yield "unicode_words.hpp", header(with_range(table("Letters, digits and numbers of all kinds, and the underscore.", "word_ranges",
                                                       "unicode_range", word)))
    yield "unicode_classes.hpp", header(with_range(
        table("Decimal digits of all scripts.", "digit_ranges", "unicode_range", ranges(str.isdecimal)) + "\n" +
        table("White space.", "space_ranges", "unicode_range", ranges(str.isspace)) + "\n" +
        table("Letters that have a case.", "cased_ranges", "unicode_range", ranges(is_cased)) + "\n" +
        table("Characters that a word goes on over where cases are looked at.", "case_ignorable_ranges", "unicode_range",
              ranges(is_ignorable))))
    yield "unicode_lower.hpp", header(with_range(table("Characters with another lower case of one character.", "lower_runs", "lower_run",
                                                       lower_runs())))


def main(arguments):
    wrong = 0
    for name, text in files():
        path = FOLDER / name
        if "--check" in arguments:
            there = path.read_text(encoding="utf-8")
            if f"Unicode {unicodedata.unidata_version};" in there and there != text:
                print(f"{path}: is not what tools/unicode_tables.py writes")
                wrong = 1
        else:
            path.write_text(text, encoding="utf-8")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
