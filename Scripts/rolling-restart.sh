#!/usr/bin/env bash
# Two servers on one data folder behind nginx, restarted in turn by SIGTERM under 500 requests a second: pages, reads of
# the API, and edits as form and JSON. No request may fail, and every edit must count exactly once.
# Usage: rolling-restart.sh KAPTURE ROUNDS (each restarts both servers) fresh|kept: whether nginx makes a connection for
# each request, as it does unless told, or keeps them open.
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=$1 rounds=$2
case $3 in
fresh) upstream="" proxy="" ;;
kept) upstream="keepalive 16;" proxy='proxy_http_version 1.1; proxy_set_header Connection "";' ;;
*) exit 2 ;;
esac
folder=$(mktemp -d)
chmod 755 "$folder"
declare -A servers=()
nginx=
end() {
    for pid in "${servers[@]}" $nginx; do kill "$pid" 2>/dev/null || true; done
    wait
    rm -rf "$folder"
}
trap end EXIT

read -r front one two < <(python3 -c '
import socket
sockets = [socket.socket() for _ in range(3)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*[s.getsockname()[1] for s in sockets])')
export KAPTURE_URL=http://127.0.0.1:$front KAPTURE_RATE_LIMIT=off KAPTURE_TRUSTED_PROXIES=127.0.0.1 KAPTURE_LOG_LEVEL=warning
"$kapture" demo --data "$folder/data" --fill-only >"$folder/facts"

# A server that is down is asked again with the next request: nginx must not leave it out for 10 seconds.
cat >"$folder/nginx.conf" <<CONF
worker_processes 1; pid $folder/nginx.pid; error_log $folder/nginx.log; daemon off;
events { worker_connections 1024; }
http {
    access_log off; keepalive_requests 10000000;
    client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi; scgi_temp_path $folder/scgi;
    upstream kapture {
        server 127.0.0.1:$one max_fails=0; server 127.0.0.1:$two max_fails=0;
        $upstream
    }
    server {
        listen 127.0.0.1:$front;
        location / {
            proxy_pass http://kapture;
            $proxy
            proxy_set_header Host \$http_host; proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
        }
    }
}
CONF

start() {
    "$kapture" serve --data "$folder/data" --port "$1" >>"$folder/serve.log" 2>&1 &
    servers[$1]=$!
    for _ in $(seq 600); do
        curl -sf -o /dev/null "http://127.0.0.1:$1/health/ready" && return
        sleep 0.05
    done
    cat "$folder/serve.log" >&2
    return 1
}
restart() {
    kill -TERM "${servers[$1]}"
    wait "${servers[$1]}" || { echo "a server told to stop ended with $?" >&2; tail -5 "$folder/serve.log" >&2; exit 1; }
    start "$1"
}

start "$one"
start "$two"
nginx -c "$folder/nginx.conf" 2>/dev/null &
nginx=$!
python3 Scripts/steady-load.py "$KAPTURE_URL" "$folder/facts" 500 >"$folder/result" &
load=$!
until grep -q '^begun' "$folder/result"; do kill -0 $load; sleep 0.1; done
for _ in $(seq "$rounds"); do
    for port in "$one" "$two"; do
        restart "$port"
        sleep 0.5
    done
done
kill -INT $load
status=0
wait $load || status=$?
tail -n +2 "$folder/result"
[ $status -eq 0 ] || { sort "$folder/nginx.log" | cut -c1-300 | tail -5 >&2; tail -5 "$folder/serve.log" >&2; exit 1; }
echo "$rounds rolling restarts, $3 connections: without a failed request"
