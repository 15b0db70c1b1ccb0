#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the umbrella, the first program of the README and the constexpr suites with a compiler or a mode that is not the usual one.

usage: compilers.py MODE     exit 77 when the machine does not have it
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from check_docs import blocks_of  # noqa: E402

MODES = {
    "gcc_23": ["g++", "-std=c++23"],
    "gcc_no_rtti": ["g++", "-std=c++20", "-fno-rtti"],
    "clang_19_libcxx": ["clang++-19", "-std=c++20", "-stdlib=libc++"],
    "clang_19_libcxx_23": ["clang++-19", "-std=c++23", "-stdlib=libc++"],
    "gcc_32_bit": ["g++", "-std=c++20", "-m32"],
    "gcc_big_endian": ["s390x-linux-gnu-g++", "-std=c++20"],
}
FLAGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror", "-fsyntax-only", f"-I{ROOT / 'include'}",
         f"-I{ROOT / 'tests' / 'support'}"]


def compiles(command, source):
    return subprocess.run([*command, *FLAGS, str(source)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def main(mode):
    command = MODES[mode]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        probe = folder / "probe.cpp"
        probe.write_text("#include <string>\n#include <vector>\nstd::vector<std::string> words;\n", encoding="utf-8")
        if shutil.which(command[0]) is None or compiles(command, probe).returncode:
            print(f"SKIPPED: {' '.join(command)} is not there")
            return 77
        if mode in ("gcc_32_bit", "gcc_big_endian"):  # sqlite3.h is the same on every machine, its folder is not searched there
            shutil.copy("/usr/include/sqlite3.h", folder)
            command = [*command, f"-isystem{folder}"]
        first = folder / "first.cpp"
        first.write_text(next(b for b in blocks_of((ROOT / "README.md").read_text(encoding="utf-8")) if b.language == "cpp").text,
                         encoding="utf-8")
        for source in (first, ROOT / "tests" / "constexpr" / "define.cpp", ROOT / "tests" / "constexpr" / "diff.cpp"):
            done = compiles(command, source)
            if done.returncode:
                print(f"{' '.join(command)} {source}\n{done.stdout}")
                return 1
            print(f"ok     {' '.join(command)} {source.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
