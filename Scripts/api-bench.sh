#!/usr/bin/env bash
# A read of the API through session, limit and one query, against a bare JSON route of a bare Hummingbird server: wrk, 64
# connections, both in turn, three rounds; then the latency at 70 % of that rate, and the memory of 10,000 open
# connections that do nothing. Usage: api-bench.sh KAPTURE
set -euo pipefail
cd "$(dirname "$0")/.."
kapture=$1
for tool in wrk curl; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
folder=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait; rm -rf "$folder"' EXIT
ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"

# Starts what prints one line to FILE when it listens.
serve() {
    local file=$1
    shift
    "$@" >"$file" 2>/dev/null &
    pids+=($!)
    for _ in $(seq 600); do [ -s "$file" ] && return; sleep 0.1; done
    echo "not started: $*" >&2
    return 1
}
fact() { python3 -c 'import json, sys; v = json.load(open(sys.argv[1])); print(eval(sys.argv[2], {}, v))' "$folder/facts" "$1"; }
ratio() { python3 -c 'import sys; print(f"{float(sys.argv[1]) / float(sys.argv[2]):.2f}")' "$1" "$2"; }

KAPTURE_RATE_LIMIT=1000000 KAPTURE_PORT=0 TMPDIR=$folder serve "$folder/facts" "$kapture" bench api
ours=${pids[0]}
address=$(fact address)
cookie=$(fact 'creators[0]["cookie"]')
routes=(/api/auth/user "/api/ideaboards/$(fact 'creators[0]["board"]')" "/api/trends?limit=5")
size=$(curl -sf -H "Cookie: $cookie" "$address${routes[0]}" | wc -c)
[ "$size" -gt 100 ] || { echo "not signed in" >&2; exit 1; }
serve "$folder/bare" "$kapture" bench api --bare "$size"
bare=$(cat "$folder/bare") theirs=${pids[1]}

cat >"$folder/report.lua" <<'LUA'
function done(summary, latency)
    local errors = summary.errors
    local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    local rate = summary.requests / summary.duration * 1e6
    print(string.format("result %.0f %.2f %.2f %d", rate, latency:percentile(50) / 1000, latency:percentile(95) / 1000, bad))
end
LUA
measure() {
    wrk -t2 -c"$1" -d4s -s "$folder/$2" "${@:3}" | sed -n 's/^result //p' >"$folder/wrk"
    read -r rate median p95 bad <"$folder/wrk"
    [ "$bad" -eq 0 ] || echo "$bad answers were not 2xx" >&2
}
for round in 1 2 3; do
    measure 64 report.lua "$bare"
    floor=$rate line=""
    for route in "${routes[@]}"; do
        measure 64 report.lua -H "Cookie: $cookie" "$address$route"
        [ "$route" != "${routes[0]}" ] || capacity=$rate
        line+="; ${route%%/0*} $rate/s ($(ratio "$rate" "$floor"))"
    done
    echo "bare route $floor/s$line"
done

# wrk asks again as soon as it is answered: pauses of random length make 70 % of it, whatever an answer takes.
pause=$(python3 -c 'import sys; print(128 / (0.7 * float(sys.argv[1])) * 1000)' "$capacity")
(echo "function delay() return math.floor(-$pause * math.log(1 - math.random()) + 0.5) end" && cat "$folder/report.lua") >"$folder/paced.lua"
measure 128 paced.lua -H "Cookie: $cookie" "$address${routes[0]}"
echo "at $rate/s, $(ratio "$rate" "$capacity") of capacity: median $median ms, p95 $p95 ms"

# Memory of the process itself, before and while the connections are open; each has made one request.
python3 - "$address/pricing/" "$ours" "$bare" "$theirs" <<'PYTHON'
import socket, sys, time, urllib.parse
count = 10_000
def memory(pid):
    return next(int(line.split()[1]) for line in open(f"/proc/{pid}/status") if line.startswith("RssAnon"))
def grown(url, pid):
    parts, sockets, before = urllib.parse.urlsplit(url), [], memory(pid)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    for _ in range(count):
        sockets.append(socket.create_connection((parts.hostname, parts.port)))
        sockets[-1].sendall(request)
        assert sockets[-1].recv(65536).startswith(b"HTTP/1.1 200"), url
    time.sleep(2)
    grown, whole = memory(pid) - before, memory(pid)
    for s in sockets: s.close()
    time.sleep(2)
    return grown, whole
ours, ours_whole = grown(sys.argv[1], sys.argv[2])
bare, bare_whole = grown(sys.argv[3], sys.argv[4])
print(f"{count} idle connections: {ours / 1024:.0f} MB, {ours * 1024 / count:.0f} bytes each; bare server "
      f"{bare / 1024:.0f} MB, {bare * 1024 / count:.0f} bytes each: {ours / bare:.2f} "
      f"(the whole process: {ours_whole / 1024:.0f} and {bare_whole / 1024:.0f} MB)")
PYTHON
