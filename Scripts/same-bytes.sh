#!/usr/bin/env bash
# The same database gives the same bytes for 1, 2 and 8 threads, two locales and two time zones, each in a process of its
# own. Usage: same-bytes.sh KAPTURE USERS
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=$1
users=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$kapture" bench publish --users "$users" --pages 20 --output "$folder/first" >/dev/null
rm -rf "$folder/first/sites"
runs=0
for threads in 1 2 8; do
    for place in "C UTC" "tr_TR.UTF-8 Asia/Kathmandu"; do
        read -r locale zone <<<"$place"
        rm -rf "$folder/data"
        cp -r "$folder/first" "$folder/data"
        LC_ALL=$locale LANG=$locale TZ=$zone "$kapture" publish --all --threads "$threads" --data "$folder/data" >/dev/null
        digest=$(cd "$folder/data/sites" && find . -type f ! -path './locks/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum)
        files=$(find "$folder/data/sites" -name '*.html' | wc -l)
        [ "$files" -gt $((users * 15)) ] || { echo "only $files pages were published" >&2; exit 1; }
        if [ "$digest" != "${expected:=$digest}" ]; then
            echo "$threads threads, locale $locale, time zone $zone: other bytes than the first run" >&2
            exit 1
        fi
        runs=$((runs + 1))
    done
done
echo "$runs runs (1, 2 and 8 threads, two locales, two time zones), $files pages each: the same bytes"
