#!/usr/bin/env bash
# Everything that must hold: one debug build, format, unit and end-to-end tests, the browser. The tests start a PostgreSQL
# and a pgbouncer of their own (Scripts/test-postgres.sh), which end with them.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

step "Format"
swift format lint --strict --recursive Sources Tests Package.swift

step "Debug build (about 6 minutes the first time)"
swift build --build-tests --explicit-target-dependency-import-check error

step "Tests"
swift test --skip-build --skip 'EndToEndTests|KaptureTests|OutboundTests'

# Apart: what waits for other programs and for the clock is late while both cores are busy.
step "The way out, against real servers"
swift test --skip-build --filter OutboundTests

step "The store, its pages and its jobs on PostgreSQL, and behind pgbouncer"
for engine in postgres pgbouncer; do
    KAPTURE_TEST_ENGINE=$engine swift test --skip-build --filter 'StoreTests|SiteTests|JobsTests'
done

step "The program, run as people run it (about 20 seconds)"
swift test --skip-build --filter KaptureTests

step "An import in constant memory"
Scripts/constant-memory.sh .build/debug/kapture 12 48

# Apart, because they keep both cores busy for minutes, and tests of time limits would see it.
step "End to end (about 3 minutes)"
timed='EndToEndTests.(QuotaTests|LimitTests|JobChaosTests|WorkCommandTests)'
swift test --skip-build --filter EndToEndTests --skip "$timed"
swift test --skip-build --filter "$timed"
KAPTURE_TEST_ENGINE=postgres swift test --skip-build --filter \
    'EndToEndTests.(QuotaTests|LimitTests|JobChaosTests|WorkCommandTests|KillTests)'

step "The same bytes for any threads, locale and time zone"
Scripts/same-bytes.sh .build/debug/kapture 5

step "Rolling restarts under 500 requests a second"
for connections in fresh kept; do Scripts/rolling-restart.sh .build/debug/kapture 2 "$connections"; done

step "A full disk"
Scripts/full-disk.sh .build/debug/kapture

step "The API against its own description, for 60 seconds"
.build/venv/bin/python Tests/OpenAPI/conform.py --kapture .build/debug/kapture --seconds 60 --seed 1

step "Browser"
.build/venv/bin/python Tests/Browser/visit.py --kapture .build/debug/kapture
.build/venv/bin/python Tests/Browser/boards.py --kapture .build/debug/kapture
.build/venv/bin/python Tests/Browser/library.py --kapture .build/debug/kapture
.build/venv/bin/python Tests/Browser/accounts.py --kapture .build/debug/kapture
.build/venv/bin/python Tests/Browser/live.py --kapture .build/debug/kapture

step "All of it holds"
