#!/usr/bin/env bash
# A PostgreSQL and a pgbouncer (transaction mode) of the tests' own, in a temporary folder, with nothing synced to disk.
#
# Prints "ready FOLDER PORT BOUNCER_PORT", both listening on sockets in FOLDER, PostgreSQL with TLS on 127.0.0.1 as well.
# Takes lines "stop" and "start" on standard input and answers each with "done". When standard input ends, which it does
# however the tests end, it stops the servers and removes the folder.
set -euo pipefail
bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
# A database a test: in memory that takes 12 ms, on a busy disk 250.
place=/tmp
memory=$(df --output=avail -k /dev/shm 2>/dev/null | tail -1 || true)
[ "${memory:-0}" -lt 3000000 ] || place=/dev/shm
folder=$(mktemp -d $place/kapture-pg.XXXXXX)

# PostgreSQL and pgbouncer refuse to run as root.
as=()
if [ "$(id -u)" -eq 0 ]; then
    user=$(id -un postgres 2>/dev/null || echo nobody)
    as=(setpriv "--reuid=$user" "--regid=$(id -gn "$user")" --clear-groups)
    chown "$user" "$folder"
fi
run() { "${as[@]}" env HOME="$folder" "$@" >>"$folder/log" 2>&1; }
end() {
    exec >/dev/null 2>&1
    # The threads that start processes may have every other signal blocked, and children inherit that.
    [ ! -f "$folder/bouncer.pid" ] || kill -KILL "$(cat "$folder/bouncer.pid")" || true
    run "$bin/pg_ctl" -D "$folder/data" -m immediate stop || true
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 1' INT TERM HUP
fail() { cat "$folder/log" >&2; exit 1; }
cd "$folder"
touch log && chmod 666 log

# Not the byte order that Kapture wants: what depends on the database's collation fails here.
run "$bin/initdb" -D data -U kapture -A trust -E UTF8 --no-sync --locale=C.UTF-8 --locale-provider=icu \
    --icu-locale=en-US || fail
run openssl req -new -x509 -nodes -days 2 -subj /CN=kapture-test -keyout data/server.key -out data/server.crt || fail
run cp data/server.crt root.crt
cat >>data/postgresql.conf <<CONF
fsync = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
max_connections = 1000
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
ssl = on
CONF
cat >bouncer.ini <<CONF
[pgbouncer]
pool_mode = transaction
listen_addr =
unix_socket_dir = $folder
auth_type = any
default_pool_size = 3
max_client_conn = 2000
pidfile = $folder/bouncer.pid
logfile = $folder/bouncer.log
CONF

start() { run "$bin/pg_ctl" -D "$folder/data" -w -t 30 -l "$folder/server.log" -o "-p $port" start; }
for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 20000))
    start && break || port=
done
[ -n "$port" ] || fail
bouncer=$((port + 1))
{
    echo "listen_port = $bouncer"
    echo "[databases]"
    echo "* = host=$folder port=$port user=kapture"
} >>bouncer.ini
run "$(command -v pgbouncer || echo /usr/sbin/pgbouncer)" -d bouncer.ini || fail

echo "ready $folder $port $bouncer"
while read -r command; do
    case $command in
    stop) run "$bin/pg_ctl" -D data -m fast -w stop ;;
    start) start ;;
    *) echo "unknown command" && continue ;;
    esac
    echo "done"
done
