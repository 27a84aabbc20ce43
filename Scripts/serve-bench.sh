#!/usr/bin/env bash
# A page served to its signed-in owner, against nginx sending the same file: wrk, 64 connections, both in turn, three
# rounds, two worker threads each; then the same with 304s. Usage: serve-bench.sh KAPTURE
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=$1
for tool in wrk nginx curl; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
folder=$(mktemp -d)
chmod 755 "$folder"
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait; rm -rf "$folder"' EXIT

"$kapture" demo --data "$folder/data" --port 0 >"$folder/demo" 2>/dev/null &
pids+=($!)
for _ in $(seq 200); do grep -q '^password: ' "$folder/demo" && break; sleep 0.1; done
fact() { sed -n "s/^$1: //p" "$folder/demo"; }
address=$(fact address)
curl -sf -c "$folder/jar" -o /dev/null -H "Origin: $address" -H 'Content-Type: application/json' \
    -d "{\"email\":\"$(fact email)\",\"password\":\"$(fact password)\"}" "$address/api/auth/sign-in"
cookie=$(awk 'NF == 7 { print $6 "=" $7 }' "$folder/jar")

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir "$folder/www"
curl -sf -H "Cookie: $cookie" -D "$folder/head" -o "$folder/www/page.html" "$address/trends/"
[ -s "$folder/www/page.html" ] || { echo "the page is empty: not signed in" >&2; exit 1; }
tag=$(sed -n 's/^[Ee][Tt]ag: //p' "$folder/head" | tr -d '\r')
cat >"$folder/nginx.conf" <<CONF
worker_processes 2; pid $folder/nginx.pid; error_log /dev/null; daemon off;
events { worker_connections 1024; }
http {
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; open_file_cache max=100;
    types { text/html html; }
    server { listen 127.0.0.1:$port; root $folder/www; }
}
CONF
chmod 644 "$folder/www/page.html"
nginx -c "$folder/nginx.conf" 2>/dev/null &
pids+=($!)
sleep 0.5
theirs=$(curl -sfI "http://127.0.0.1:$port/page.html" | sed -n 's/^[Ee][Tt]ag: //p' | tr -d '\r')

rate() { wrk -t2 -c64 -d4s "$@" | tee "$folder/wrk" | awk '/Requests\/sec/ { print $2 }'; grep -q 'Non-2xx' "$folder/wrk" && echo "answers were not 2xx" >&2 || true; }
quotient() { python3 -c 'import sys; print(f"{float(sys.argv[1]) / float(sys.argv[2]):.2f}")' "$1" "$2"; }
echo "a page of $(stat -c %s "$folder/www/page.html") bytes, 64 connections"
for round in 1 2 3; do
    ours=$(rate -H "Cookie: $cookie" "$address/trends/")
    nginx=$(rate "http://127.0.0.1:$port/page.html")
    fresh=$(rate -H "Cookie: $cookie" -H "If-None-Match: $tag" "$address/trends/")
    theirs304=$(rate -H "If-None-Match: $theirs" "http://127.0.0.1:$port/page.html")
    echo "200: $ours/s, nginx $nginx/s: $(quotient "$ours" "$nginx"); 304: $fresh/s ($(quotient "$fresh" "$ours") times our 200s), nginx $theirs304/s"
done
