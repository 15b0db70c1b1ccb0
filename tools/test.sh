#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing (Debian), builds and runs the tests.
#
#   ./tools/test.sh [--gcc] [--clang] [--asan] [--single] [--consumers] [--all] [--jobs N] [--no-install] [CTEST OPTIONS...]
#
#   --gcc         g++, everything, warnings are errors (the default)           build/dev
#   --clang       clang++-16, everything, and the fuzzers                      build/clang
#   --asan        g++ with AddressSanitizer and UBSan, the tests that run      build/asan
#   --single      g++, the unit tests on the single header                     build/single-header
#   --consumers   with what the tests of packages need: pkg-config, make, Conan from PyPI, the sources of Catch2 v3
#   --all         the four presets, and with all that any test needs: consumers, other compilers, Doxygen, Chromium
#   --jobs N      compile and test N at a time (default: the number of cores)
#   --no-install  do not call apt
# The dashboard's page is tested in headless Chromium where chromium and chromedriver are installed (--all installs them, 400 MB);
# elsewhere that test is skipped and says so.
# Everything else goes to ctest:  ./tools/test.sh -R '^unit\.'   ./tools/test.sh --clang -L compile_fail
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/packages.sh

presets=()
jobs=$(nproc)
install=yes
consumers=no
everything=no
ctest_options=()
while [ $# -gt 0 ]; do
    case $1 in
    --gcc) presets+=(dev) ;;
    --clang) presets+=(clang) ;;
    --asan) presets+=(asan) ;;
    --single) presets+=(single-header) ;;
    --consumers) consumers=yes ;;
    --all) presets=(dev clang asan single-header); consumers=yes; everything=yes ;;
    --jobs) jobs=${2:?--jobs needs a number}; shift ;;
    --no-install) install=no ;;
    -h | --help) sed -n '3,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) ctest_options+=("$1") ;;
    esac
    shift
done
[ ${#presets[@]} -gt 0 ] || presets=(dev)

if [ "$install" = yes ]; then
    packages=("${aps_build_packages[@]}" "${aps_test_packages[@]}")
    case " ${presets[*]} " in *" clang "*) packages+=("${aps_clang_packages[@]}") ;; esac
    [ "$consumers" = no ] || packages+=("${aps_consumer_packages[@]}")
    [ "$everything" = no ] || packages+=("${aps_compiler_packages[@]}" "${aps_browser_packages[@]}")
    aps_require "${packages[@]}"
    [ "$consumers" = no ] || tools/consumer_tools.sh
fi

# Without ../shared some tests are skipped and say so.
closing=()
failed=0
for preset in "${presets[@]}"; do
    started=$SECONDS
    printf '\n==== %s: configure and build\n' "$preset"
    mkdir -p "build/$preset"
    cmake --preset "$preset" >"build/$preset/configure.log" 2>&1 || { cat "build/$preset/configure.log"; exit 1; }
    cmake --build "build/$preset" --parallel "$jobs"
    built=$((SECONDS - started))

    started=$SECONDS
    printf '\n==== %s: test\n' "$preset"
    ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j "$jobs" "${ctest_options[@]}" 2>&1 |
        tee "build/$preset/ctest.log" || failed=1
    line=$(grep -E '^[0-9]+% tests passed' "build/$preset/ctest.log" || echo "no tests were run")
    closing+=("$line ($preset: built in $built s, tested in $((SECONDS - started)) s)")
done
printf '\n'
printf '%s\n' "${closing[@]}"
exit $failed
