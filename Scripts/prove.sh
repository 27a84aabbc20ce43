#!/usr/bin/env bash
# The long proofs, in release. KAPTURE_SEED repeats a run of random edits; every run prints its seed.
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=.build/release/kapture
# A build of its own: what may look inside is optimised less, and the benchmarks measure what users run.
flags=(-c release --scratch-path .build/prove --explicit-target-dependency-import-check error -Xswiftc -enable-testing)

step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

step "Release build of the tests (about 10 minutes the first time)"
swift build --build-tests "${flags[@]}"

step "10,000 sequences of edits against builds from nothing"
seed=${KAPTURE_SEED:-$((RANDOM * 32768 + RANDOM))}
echo "KAPTURE_SEED=$seed"
KAPTURE_SEED=$seed KAPTURE_SEQUENCES=${KAPTURE_SEQUENCES:-10000} swift test --skip-build "${flags[@]}" --filter EquivalenceTests

step "An installation of 1,000 users to PostgreSQL and back"
KAPTURE_COPY_USERS=${KAPTURE_COPY_USERS:-1000} swift test --skip-build "${flags[@]}" --filter StoreTests.CopyTests

step "Publishers killed at 200 random moments"
KAPTURE_KILLS=200 swift test --skip-build "${flags[@]}" --filter KillTests

step "Workers killed and stopped at random for 5 minutes"
for engine in sqlite postgres; do
    KAPTURE_TEST_ENGINE=$engine KAPTURE_CHAOS_SECONDS=${KAPTURE_CHAOS_SECONDS:-300} swift test --skip-build "${flags[@]}" --filter JobChaosTests
done

step "1,000 requests against 10 remaining units, over two processes of which one is killed"
for engine in sqlite postgres; do
    KAPTURE_TEST_ENGINE=$engine KAPTURE_QUOTA_REQUESTS=1000 swift test --skip-build "${flags[@]}" --filter QuotaTests
done

step "Rolling restarts under 500 requests a second"
for connections in fresh kept; do Scripts/rolling-restart.sh "$kapture" 20 "$connections"; done

step "The API against its own description, for 10 minutes, one request leading to the next"
.build/venv/bin/python Tests/OpenAPI/conform.py --kapture "$kapture" --stateful \
    --seconds ${KAPTURE_CONFORM_SECONDS:-600} --seed ${KAPTURE_CONFORM_SEED:-1}

step "The same bytes for any threads, locale and time zone"
Scripts/same-bytes.sh "$kapture" 200

step "An import of 200 MB in constant memory"
Scripts/constant-memory.sh "$kapture" 200 96

step "A full disk"
Scripts/full-disk.sh "$kapture"

step "Benchmarks"
Scripts/bench.sh
