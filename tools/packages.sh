# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Sourced by the scripts: installs missing Debian packages, once, and only when something is missing.

# aps_require PACKAGE...: returns when all are installed; on a system without apt it only names what may be missing.
aps_require() {
    local missing=() package
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        echo "no apt here; needed, by their Debian names: $*" >&2
        return 0
    fi
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0

    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "missing packages: ${missing[*]}; as root: apt-get install ${missing[*]}" >&2
            return 1
        fi
        root=(sudo)
    fi
    echo "installing: ${missing[*]}"
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# What every build needs; what the tests need in addition; what the clang preset needs in addition.
aps_build_packages=(g++ cmake ninja-build ccache python3 libsqlite3-dev nlohmann-json3-dev libcli11-dev)
aps_test_packages=(catch2 sqlite3 libcpp-httplib-dev)
# What the test of the dashboard in a browser needs; without it that test is skipped.
aps_browser_packages=(chromium chromium-driver)
aps_clang_packages=(clang-16 libclang-rt-16-dev)
# What the consumers of the dev preset need in addition, what the other compilers and the API pages need; without them those
# tests are skipped.
aps_consumer_packages=(make pkg-config python3-venv)
aps_compiler_packages=(doxygen clang-19 libc++-19-dev libc++abi-19-dev)
