#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every operation on the disk and every allocation of every migration fails, not only the sample that CI takes: about an hour on one
# core. `tools/fault_matrix.sh <build directory> [io_error|crash|memory]…`; the last lines of each program are its numbers.
# APS_FAULT_STRIDE=10 takes every tenth, APS_FAULT_CASE=text the migrations whose name has the text. On a disk in memory (TMPDIR=/dev/shm)
# it is twice as fast.
set -euo pipefail
build=${1:?"give the build directory"}
shift
[ $# -gt 0 ] || set -- io_error crash memory
export APS_FAULT_STRIDE=${APS_FAULT_STRIDE:-1}
for test in "$@"; do
    "$build/tests/fault/fault_${test}_test"
done
