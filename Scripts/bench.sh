#!/usr/bin/env bash
# Every benchmark, in release, one after the other; ratios to the floors where their programs are there.
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=.build/release/kapture
tools=${BENCH_TOOLS:-../shared/tools}
disk=$(mktemp -d .build/bench.XXXXXX)
# Programs are compared in memory: what a disk takes for the same files varies by half from minute to minute.
memory=$(mktemp -d "${BENCH_MEMORY:-/dev/shm}/kapture-bench.XXXXXX")
folder=$disk
trap 'rm -rf "$disk" "$memory"' EXIT

figure() { python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
ratio() { python3 -c 'import sys; print(f"{float(sys.argv[1]) / float(sys.argv[2]):.2f}")' "$1" "$2"; }

# Seconds in which the floor writes the files of a tree again.
floor_of() { "$folder/floor" "$1" "$2" | grep -oE '[0-9.]+ s,' | tr -d ' s,'; }

# USERS RUNS: fresh folders throughout, since ext4 is slow to create files right after others were deleted. Leaves the
# median of the seconds in $ours.
full_build() {
    : >"$disk/times"
    for run in $(seq "$2"); do
        result=$($kapture bench publish --users "$1" --pages 20 --output "$folder/site$1-$run" --json)
        echo "$result"
        figure publish_seconds <<<"$result" >>"$disk/times"
        ours=$(python3 -c 'import statistics, sys; print(statistics.median(map(float, sys.stdin)))' <"$disk/times")
        [ -x "$folder/floor" ] || continue
        seconds=$(floor_of "$folder/site$1-$run/sites" "$folder/copy$1-$run")
        echo "  $(ratio "$(figure publish_seconds <<<"$result")" "$seconds") times the write floor ($seconds s)"
    done
}

# HUGO: three builds of as many pages of the same weight.
hugo_build() {
    for run in 1 2 3; do
        started=$(date +%s.%N)
        "$1" -s "$folder/hugo" -d "$folder/hugo/$(basename "$(dirname "$1")")$run" --quiet
        seconds=$(python3 -c 'import sys; print(float(sys.argv[2]) - float(sys.argv[1]))' "$started" "$(date +%s.%N)")
        echo "  $("$1" version | cut -d' ' -f2 | cut -d+ -f1): $seconds s, $(ratio "$seconds" "$ours") times ours ($ours s)"
    done
}

[ -f "$tools/write_floor.c" ] && cc -O2 -pthread -o "$disk/floor" "$tools/write_floor.c" && cp "$disk/floor" "$memory"
for folder in "$memory" "$disk"; do
    echo "== Full build, 500 users of 20 pages, five runs, in $folder"
    full_build 500 5
    [ -f "$tools/hugo_baseline.py" ] || continue
    python3 "$tools/hugo_baseline.py" --like "$folder/site500-1/sites" --out "$folder/hugo"
    for hugo in "$(command -v hugo || true)" .build/venv/bin/hugo; do
        [ -x "$hugo" ] && hugo_build "$(realpath -s "$hugo")"
    done
done
rm -rf "$memory"
echo "== Full build, 10,000 users, two runs"
full_build 10000 2
rm -rf "$folder"/site* "$folder"/copy* "$folder"/hugo

echo "== Nothing changed at 100,000 pages"
$kapture bench unchanged --users 5000
echo "== One edit among 10,000 users"
$kapture bench edit
echo "== Jobs"
$kapture bench jobs
echo "== One page in memory"
$kapture bench render
echo "== A page served to its owner"
Scripts/serve-bench.sh "$kapture"
echo "== Reads of the API, and idle connections"
Scripts/api-bench.sh "$kapture"
echo "== Forms, and the pages they lead to"
Scripts/form-bench.sh "$kapture"
echo "== Reads and writes, SQLite"
$kapture bench database --database "sqlite:$folder/bench.db"
echo "== Markdown"
$kapture bench markdown
for file in ../shared/data/youtube/trending.jsonl; do
    [ -f "$file" ] || continue
    echo "== Ranking"
    $kapture bench ranking "$file"
done
