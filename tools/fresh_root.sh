#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Tries the promises of the README in a new Debian 12 root that has nothing but what the README names: the first program by
# every way to install, then (with --commands) the two commands. Called by hand, as root; downloads 300 MB or more.
#
#   ./tools/fresh_root.sh [--commands] [--keep] [FOLDER]        default folder: /tmp/autopack_schema_root
set -euo pipefail
cd "$(dirname "$0")/.."

commands=no
keep=no
root=/tmp/autopack_schema_root
while [ $# -gt 0 ]; do
    case $1 in
    --commands) commands=yes ;;
    --keep) keep=yes ;;
    -h | --help) sed -n '3,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) root=$1 ;;
    esac
    shift
done

command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap
if [ ! -x "$root/usr/bin/apt-get" ]; then
    debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >/dev/null
    cp -r /etc/apt/. "$root/etc/apt/" # the mirror of this machine
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/" # a mirror may be signed by somebody whom only we know
    [ ! -f /etc/pip.conf ] || cp /etc/pip.conf "$root/etc/pip.conf"
fi
for place in proc dev; do mountpoint -q "$root/$place" || mount --bind "/$place" "$root/$place"; done
leave() {
    for place in proc dev; do umount "$root/$place" || true; done
    [ "$keep" = yes ] || rm -rf --one-file-system "$root"
}
trap leave EXIT

rm -rf "$root/src"
mkdir "$root/src"
git archive HEAD | tar -x -C "$root/src"
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
packages() { inside apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
inside apt-get update -qq

printf '\n==== the compiler and -I: g++ libsqlite3-dev\n'
packages g++ libsqlite3-dev
sed -n '/^```cpp$/,/^```$/{/^```/d;p}' README.md | sed '/^}$/q' >"$root/first.cpp" # the first block of the README
for include in include single_include; do
    inside sh -ec "cd /tmp && rm -f usage.db && g++ -std=c++20 -I /src/$include /first.cpp -lsqlite3 -o first && ./first"
done

printf '\n==== CMake: installed, as a folder, fetched; pkg-config; the steps of the vcpkg port; Conan\n'
packages cmake ninja-build python3 nlohmann-json3-dev libcli11-dev catch2 pkg-config python3-venv make
inside sh -ec 'cd /src && cmake -S . -B build -G Ninja -D AUTOPACK_SCHEMA_BUILD_TESTS=OFF >/dev/null && cmake --build build >/dev/null
    ./tools/consumer_tools.sh
    for route in install find_package compiled missing add_subdirectory fetch_content single_header bare pkg_config vcpkg conan; do
        python3 tests/consumer/run.py $route --build /src/build --work /tmp/work --compiler g++ --generator Ninja >/tmp/$route.log 2>&1 ||
            { cat /tmp/$route.log; echo "$route failed"; exit 1; }
        tail -1 /tmp/$route.log; echo "$route: ok"
    done'

if [ "$commands" = yes ]; then
    printf '\n==== the two commands\n'
    inside sh -ec 'rm -rf /src/build && cd /src && ./tools/quickstart.sh && ./tools/test.sh'
fi
echo "fresh_root: passed"
