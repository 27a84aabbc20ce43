#!/usr/bin/env bash
# An import larger than what it may hold in memory: posts made on the fly, through a pipe. Usage: constant-memory.sh
# KAPTURE MEGABYTES LIMIT, the limit in megabytes of the process's own memory (pages of the database's file, which the
# system takes back when it wants, do not count).
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=$1 megabytes=$2 limit=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkfifo "$folder/posts.jsonl"

python3 - "$megabytes" >"$folder/posts.jsonl" <<'PYTHON' &
import sys
text, size, number = "word " * 170, 0, 0
while size < int(sys.argv[1]) << 20:
    number += 1
    line = ('{"video_id":"big%08d","country":"US","observed_at":"2026-08-13","title":"Video %d","views":%d,"description":"%s"}\n'
            % (number, number, number, text))
    size += sys.stdout.write(line)
print(f"{number} posts were made", file=sys.stderr)
PYTHON

"$kapture" import "$folder/posts.jsonl" --observed-at 2026-08-13 --data "$folder/data" >"$folder/out" 2>&1 &
import=$!
most=0
while kill -0 $import 2>/dev/null; do
    now=$(awk '/^RssAnon/ { print $2 }' "/proc/$import/status" 2>/dev/null || true)
    [ "${now:-0}" -gt "$most" ] && most=$now
    sleep 0.05
done
wait $import || { cat "$folder/out" >&2; exit 1; }
wait
grep -qE '^.*: [1-9][0-9]* new, 0 updated, 0 unchanged, 0 skipped, 0 rejected$' "$folder/out" || { cat "$folder/out" >&2; exit 1; }
echo "$megabytes MB imported with at most $((most / 1024)) MB of memory"
[ "$most" -gt 1024 ] || { echo "the memory could not be measured" >&2; exit 1; }
[ $((most / 1024)) -le "$limit" ] || { echo "that is more than $limit MB" >&2; exit 1; }
