#!/usr/bin/env bash
# A publish on a file system that is full: a clear error, the site before it intact, and the next one succeeds.
# Needs root, for the tmpfs. Usage: full-disk.sh KAPTURE
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=$1
[ "$(id -u)" -eq 0 ] || { echo "skipped: only root can mount a small file system"; exit 0; }
folder=$(mktemp -d)
trap 'umount "$folder" 2>/dev/null || true; rmdir "$folder"' EXIT
mount -t tmpfs -o size=64m tmpfs "$folder"

pages() { (cd "$folder/data/sites" && find . -type f ! -name 'manifest.new' ! -path './locks/*' -print0 | sort -z | xargs -0 sha256sum); }

"$kapture" bench publish --users 20 --pages 20 --output "$folder/data" >/dev/null
rm -rf "$folder/data/sites"
"$kapture" publish --user creator0@example.com --data "$folder/data" >/dev/null
before=$(pages)

dd if=/dev/zero of="$folder/ballast" bs=1M 2>/dev/null || true
if output=$("$kapture" publish --all --data "$folder/data" 2>&1); then
    echo "a publish on a full disk reported success: $output" >&2
    exit 1
fi
echo "$output" | tail -2
grep -q "No space left on device" <<<"$output" || { echo "the error does not say that the disk is full" >&2; exit 1; }
comm -23 <(sort <<<"$before") <(pages | sort) | grep -q . && { echo "the site published before was touched" >&2; exit 1; }

dd if=/dev/zero of="$folder/ballast.rest" bs=1k 2>/dev/null || true
output=$("$kapture" publish --all --data "$folder/data" 2>&1) && { echo "nothing is free, and it reported success" >&2; exit 1; }
echo "$output" | tail -1
grep -qi "no space left" <<<"$output" || { echo "the error does not say that nothing is free" >&2; exit 1; }

rm "$folder/ballast" "$folder/ballast.rest"
"$kapture" publish --all --data "$folder/data"
find "$folder/data/sites" -name manifest.new | grep -q . && { echo "the next publish left something behind" >&2; exit 1; }
echo "full disk: clear error, the old site intact, the next publish succeeds"
