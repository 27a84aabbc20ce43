#!/usr/bin/env bash
# Every benchmark, in release, one after the other; ratios to the floors where their programs are there.
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=.build/release/kapture
tools=${BENCH_TOOLS:-../shared/tools}
folder=$(mktemp -d .build/bench.XXXXXX)
trap 'rm -rf "$folder"' EXIT

figure() { python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
ratio() { python3 -c 'import sys; print(f"{float(sys.argv[1]) / float(sys.argv[2]):.2f}")' "$1" "$2"; }

echo "== Full build, 500 users of 20 pages, five runs"
[ -f "$tools/write_floor.c" ] && cc -O2 -pthread -o "$folder/floor" "$tools/write_floor.c"
for run in 1 2 3 4 5; do
    result=$($kapture bench publish --users 500 --pages 20 --output "$folder/site$run" --json)
    echo "$result"
    if [ -x "$folder/floor" ]; then
        floor=$("$folder/floor" "$folder/site$run/sites" "$folder/copy$run" | tee /dev/stderr | grep -oE '[0-9.]+ s,' | tr -d ' s,')
        echo "  $(ratio "$(figure publish_seconds <<<"$result")" "$floor") times the write floor"
    fi
done
if [ -f "$tools/hugo_baseline.py" ] && command -v hugo >/dev/null; then
    python3 "$tools/hugo_baseline.py" --like "$folder/site1/sites" --out "$folder/hugo"
    for run in 1 2 3; do
        started=$(date +%s.%N)
        hugo -s "$folder/hugo" -d "$folder/hugo/public$run" --quiet
        seconds=$(python3 -c 'import sys; print(float(sys.argv[2]) - float(sys.argv[1]))' "$started" "$(date +%s.%N)")
        echo "  $(hugo version | cut -d' ' -f2 | cut -d+ -f1): $seconds s, $(ratio "$seconds" "$(figure publish_seconds <<<"$result")") times ours"
    done
fi
rm -rf "$folder"/site* "$folder"/copy* "$folder"/hugo

echo "== Full build, 10,000 users"
$kapture bench publish --users 10000 --pages 20
echo "== Nothing changed at 100,000 pages"
$kapture bench unchanged --users 5000
echo "== One edit among 10,000 users"
$kapture bench edit
echo "== One page in memory"
$kapture bench render
echo "== Reads and writes, SQLite"
$kapture bench database --database "sqlite:$folder/bench.db"
echo "== Markdown"
$kapture bench markdown
for file in ../shared/data/youtube/trending.jsonl; do
    [ -f "$file" ] || continue
    echo "== Ranking"
    $kapture bench ranking "$file"
done
