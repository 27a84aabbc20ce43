#!/usr/bin/env bash
# Installs the missing Debian packages: `packages.sh build` what the program is built with, `packages.sh test` what its
# tests use besides, `packages.sh bench` what the benchmarks compare and measure with. Says what it does; does nothing
# when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=(
    build-essential pkg-config libsqlite3-dev libcmark-gfm-dev libcmark-gfm-extensions-dev zlib1g-dev
    libcurl4-openssl-dev libpq-dev libmimalloc-dev libxxhash-dev)
test_packages=(chromium nginx-light python3 python3-venv fonts-noto-core postgresql-15 pgbouncer openssl)
bench_packages=(wrk nginx-light curl hugo python3)

install_missing() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || { echo "Please install: ${missing[*]}" >&2; exit 1; }
    local sudo=""
    [ "$(id -u)" -eq 0 ] || sudo="sudo"
    echo "Installing Debian packages (usually a minute): ${missing[*]}"
    $sudo apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

case "${1:-}" in
build) install_missing "${build_packages[@]}" ;;
test)
    install_missing "${test_packages[@]}"
    if ! cmp -s requirements-test.txt .build/venv/requirements.txt; then
        echo "Installing the Python tools of the tests into .build/venv (usually half a minute)"
        python3 -m venv .build/venv
        .build/venv/bin/pip install -q -r requirements-test.txt
        cp requirements-test.txt .build/venv/requirements.txt
    fi
    ;;
bench) install_missing "${bench_packages[@]}" ;;
*)
    echo "usage: packages.sh build|test|bench" >&2
    exit 2
    ;;
esac
