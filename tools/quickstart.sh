#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The main job, from nothing: installs what is missing (Debian), builds the command, and takes a database from before BUILD-144
# through drift report, plan, migration with backup, verification, and a second run that changes nothing.
#
#   ./tools/quickstart.sh                             on a made-up database (1,543 events, 223 from a total-only source)
#   ./tools/quickstart.sh --database sqlite:///PATH   on yours: stop what uses it first; a backup is made before any change
#
# --no-install does not call apt; --jobs N compiles N files at a time. Exit code 0: everything happened as announced.
set -euo pipefail
here=$PWD
cd "$(dirname "$0")/.."
source tools/packages.sh

database=
install=yes
jobs=$(nproc)
while [ $# -gt 0 ]; do
    case $1 in
    --database) database=${2:?--database needs a URL, for example sqlite:///autopack.db}; shift ;;
    --database=*) database=${1#*=} ;;
    --no-install) install=no ;;
    --jobs) jobs=${2:?--jobs needs a number}; shift ;;
    -h | --help) sed -n '3,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) echo "quickstart: unknown option $1 (see --help)" >&2; exit 1 ;;
    esac
    shift
done

title() { printf '\n==== %s\n' "$*"; }

# run CODES COMMAND...: shows the command, runs it where the caller stands, and stops unless its exit code is one of CODES.
run() {
    local codes=$1 code=0
    shift
    printf '$ %s' "${1##*/}"
    printf ' %q' "${@:2}"
    printf '\n'
    (cd "$here" && "$@") || code=$?
    case " $codes " in
    *" $code "*) ;;
    *) echo "quickstart: exit code $code, expected one of: $codes" >&2; exit 1 ;;
    esac
    last_code=$code
}

# The file that a sqlite URL names, for the comparison of bytes; empty for anything else.
file_of() {
    local path=${1#sqlite:///}
    [ "$path" != "$1" ] || return 0
    path=${path%%\?*}
    case $path in :memory: | *%*) ;; /*) echo "$path" ;; *) echo "$here/$path" ;; esac
}

title "Build"
[ "$install" = no ] || aps_require "${aps_build_packages[@]}"
targets=(autopack-schema verify_build_144)
[ -n "$database" ] || targets+=(quickstart_data)
cmake --preset release >/dev/null
cmake --build build/release --parallel "$jobs" --target "${targets[@]}"
bin=$PWD/build/release/bin

if [ -z "$database" ]; then
    title "A database from before BUILD-144: 1,543 events, 1,320 with splits, 223 from a source that gave totals only"
    directory=$PWD/build/quickstart
    rm -rf "$directory"
    mkdir -p "$directory"
    database=sqlite:///$directory/autopack.db
    run 0 "$bin/quickstart_data" "$database"
fi
schema=("--schema" autopack "--database" "$database")
file=$(file_of "$database")

title "Drift: what the code expects and the database does not have"
run "0 2" "$bin/autopack-schema" drift "${schema[@]}"
had_drift=$last_code

title "Plan: what a migration would do (nothing is changed)"
before=${file:+$(sha256sum <"$file")}
run 0 "$bin/autopack-schema" migrate --dry-run "${schema[@]}"
[ "$before" = "${file:+$(sha256sum <"$file")}" ] || { echo "quickstart: the dry run changed $file" >&2; exit 1; }

title "Migrate, with a backup first"
run 0 "$bin/autopack-schema" migrate --backup "${schema[@]}"

title "Verify, by the criteria of the BUILD-144 runbook"
run "0 2" "$bin/verify_build_144" "$database"
verified=$last_code

title "Drift again: none at the level 'semantic' or above"
run 0 "$bin/autopack-schema" drift "${schema[@]}"

title "Migrate again: nothing to do"
after=${file:+$(sha256sum <"$file")}
run 0 "$bin/autopack-schema" migrate "${schema[@]}"
[ "$after" = "${file:+$(sha256sum <"$file")}" ] || { echo "quickstart: the second run changed $file" >&2; exit 1; }
[ -z "$file" ] || echo "the file is the same, byte for byte"

title "Done"
[ "$had_drift" = 2 ] && echo "drift found and repaired" || echo "there was no drift"
[ "$verified" = 0 ] && echo "every criterion of the runbook is met" || echo "not every criterion is met: see the verification above"
run 0 "$bin/autopack-schema" history "${schema[@]}"
echo
echo "the command: $bin/autopack-schema --help"
