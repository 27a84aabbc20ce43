#!/usr/bin/env bash
# Forms posted as a browser does it, then the page they lead to. Usage: form-bench.sh KAPTURE [USERS TRENDS EDITS]
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=$1 users=${2:-10000} trends=${3:-5000} edits=${4:-1000}
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
KAPTURE_RATE_LIMIT=off KAPTURE_PORT=0 TMPDIR=$folder "$kapture" bench api --users "$users" --trends "$trends" >"$folder/facts" 2>/dev/null &
server=$!
until [ -s "$folder/facts" ]; do kill -0 "$server"; sleep 0.2; done
python3 Scripts/form-bench.py "$folder/facts" "$users" "$edits"
