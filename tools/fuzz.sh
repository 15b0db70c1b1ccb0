#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Fuzzes for as long as is wanted, at low priority: ./tools/fuzz.sh [--seconds N | --runs N] [TARGET...]; ctest does it for a few
# seconds. Builds with clang++-16, ASan and UBSan; seeds: tests/fuzz/corpus/<target>; what is found and learnt: build/fuzz/<target>.
set -euo pipefail
cd "$(dirname "$0")/.."
limit=(-max_total_time=600)
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) limit=("-max_total_time=$2"); shift 2 ;;
    --runs) limit=("-runs=$2"); shift 2 ;;
    -h | --help) sed -n '3,4s/^# //p' "$0"; exit 0 ;;
    -*) echo "fuzz.sh: I do not know $1" >&2; exit 1 ;;
    *) break ;;
    esac
done
targets=("$@")
[ $# -gt 0 ] || for source in tests/fuzz/*_fuzz.cpp; do
    name=${source##*/}
    targets+=("${name%_fuzz.cpp}")
done
mkdir -p build/fuzz
for target in "${targets[@]}"; do
    program=build/fuzz/${target}_fuzz
    clang++-16 -std=c++20 -O2 -g1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iinclude \
        "tests/fuzz/${target}_fuzz.cpp" -lsqlite3 -o "$program"
    mkdir -p "build/fuzz/$target"
    seeds=()
    [ ! -d "tests/fuzz/corpus/$target" ] || seeds=("tests/fuzz/corpus/$target")
    longest=$(case $target in tokenizer) echo 48 ;; expression) echo 300 ;; sql) echo 600 ;; *) echo 8192 ;; esac)
    echo "$target:"
    nice -n 19 "$program" "${limit[@]}" -max_len="$longest" -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/$target-" "build/fuzz/$target" "${seeds[@]}" 2>&1 |
        grep -E '^(stat::number_of_executed_units|SUMMARY|==|artifact|.*not seen as such)|^  ' || true
    ! compgen -G "build/fuzz/$target-*" >/dev/null || { echo "fuzz.sh: $target found something: build/fuzz/$target-*" >&2; exit 1; }
done
