#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts what a header costs before anything of it is used: preprocessed_lines.py LIMIT HEADER COMPILER FLAGS..."""
import subprocess
import sys

limit, header, *command = sys.argv[1:]
output = subprocess.run([*command, "-E", "-P", "-x", "c++", "-"], input=f"#include <{header}>\n", capture_output=True, text=True)
if output.returncode != 0:
    sys.exit(output.stderr)
lines = sum(1 for line in output.stdout.splitlines() if line.strip())
print(f"{header}: {lines} preprocessed lines, at most {limit}")
sys.exit(0 if lines <= int(limit) else 1)
