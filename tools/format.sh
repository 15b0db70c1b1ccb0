#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# clang-format 16 by .clang-format over the given files, or over all of ours: ./tools/format.sh [--check] [FILE...]
set -euo pipefail
cd "$(dirname "$0")/.."
arguments=(-i)
if [ "${1-}" = --check ]; then
    arguments=(--dry-run -Werror)
    shift
fi
files=("$@")
[ $# -gt 0 ] || mapfile -t files < <(git ls-files 'include/*.hpp' 'tests/*.hpp' 'tests/*.cpp' 'tools/*.cpp' 'examples/*.cpp' 'benchmarks/*.cpp')
clang-format-16 "${arguments[@]}" "${files[@]}"
