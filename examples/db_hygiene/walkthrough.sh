#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The seeding part of the hygiene runbook, from no file at all to a calibration proposal: walkthrough.sh [DIRECTORY]
#
# Runs the programs that are in PATH, or were installed with this script, or those of build/release/bin, in DIRECTORY (an empty one is
# made where none is given). The phases are worked on by sample_executor; EXECUTOR='your command' takes your own.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command -v drain_queued > /dev/null || PATH="$here/../../../bin:$here/../../build/release/bin:$PATH"
command -v drain_queued > /dev/null || { echo "walkthrough: build first (./tools/quickstart.sh), or put the programs into PATH" >&2; exit 1; }
directory=${1:-$(mktemp -d)}
mkdir -p "$directory"
cd "$directory"
export DATABASE_URL=sqlite:///autopack_telemetry_seed.db
[ ! -e autopack_telemetry_seed.db ] || { echo "walkthrough: $PWD/autopack_telemetry_seed.db is there already" >&2; exit 1; }

step() { printf '\n### %s\n' "$*"; }

step "1. Create the telemetry seed database"
autopack-schema migrate --schema autopack --create --no-backup --quiet
autopack-schema drift --schema autopack --quiet && echo "[OK] Schema initialized"

step "2. Seed the run of known success"
create_telemetry_run

step "3. Verify that the run was created"
db_identity

step "4. Drain its phases to collect telemetry"
TELEMETRY_DB_ENABLED=1 drain_queued --run-id telemetry-collection-v4 --batch-size 10 --poll-seconds 0 --executor "${EXECUTOR:-sample_executor}"

step "5. Validate the telemetry of success"
db_identity

step "6. Export and analyze"
export_telemetry > telemetry.ndjson
export_telemetry --format csv > telemetry.csv
wc -l < telemetry.ndjson
analyze_telemetry --success-only

step "7. Propose a calibration"
propose_calibration --min-samples 20
echo
echo "All of it is in $PWD"
