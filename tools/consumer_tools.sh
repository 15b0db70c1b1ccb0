#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Gets what Debian 12 does not package and the consumer tests use: Conan from PyPI (build/conan), the sources of Catch2 v3
# (build/catch2_v3). What cannot be got is named, and its test is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build

if [ ! -x build/conan/bin/conan ]; then
    { python3 -m venv build/conan && build/conan/bin/pip install --quiet 'conan>=2,<3'; } || echo "consumer_tools: no Conan" >&2
fi

sha256=c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c
if [ ! -f build/catch2_v3/extras/catch_amalgamated.cpp ]; then
    archive=build/catch2_3.7.1.orig.tar.gz
    if python3 -c 'import sys, urllib.request; urllib.request.urlretrieve(sys.argv[1], sys.argv[2])' \
        http://deb.debian.org/debian/pool/main/c/catch2/catch2_3.7.1.orig.tar.gz "$archive" &&
        echo "$sha256  $archive" | sha256sum --check --quiet; then
        mkdir -p build/catch2_v3
        tar -xzf "$archive" -C build/catch2_v3 --strip-components=1
    else
        echo "consumer_tools: no Catch2 v3" >&2
    fi
fi
