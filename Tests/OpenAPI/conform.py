#!/usr/bin/env python3
"""Holds a running server to its own OpenAPI document with schemathesis: all its checks, signed in and not.

No answer of ours may be a 5xx, have a status or a shape that the document does not tell, or accept what it forbids.

Usage: conform.py [--kapture .build/debug/kapture] [--seconds 60] [--seed 1] [--stateful] [--report FOLDER]
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


class Demo:
    """`kapture demo` on a free port in a folder of its own, without a limit of requests."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="kapture-conform-")
        self.log = open(self.folder + "/log", "w")
        self.process = subprocess.Popen(
            [program, "demo", "--data", self.folder + "/data", "--port", "0", "--root", str(ROOT)],
            stdout=subprocess.PIPE, stderr=self.log, text=True,
            env={**os.environ, "KAPTURE_URL": "", "KAPTURE_PORT": "", "KAPTURE_RATE_LIMIT": "off"})
        facts = {}
        for line in self.process.stdout:
            key, _, value = line.strip().partition(": ")
            facts[key] = value
            if key == "password":
                break
        if "password" not in facts:
            sys.exit("kapture demo did not start")
        self.address = facts["address"]
        self.database = self.folder + "/data/kapture.db"

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


# Apart, and a small share: each of them costs the time of a password's hash.
OPEN_HASHES = "^/api/auth/sign-(in|up)$"
HASHES = "^/api/auth/(sign-(in|up)|user|user/delete|email|password|confirm|reset/confirm)$"


def run(demo, is_signed_in, seconds, chosen, arguments):
    """One run of schemathesis over some of the routes; its exit status."""
    name = "signed in" if is_signed_in else "signed out"
    print(f"-- {name}, {' '.join(chosen)}, {seconds} s, seed {arguments.seed}", flush=True)
    phases = "examples,coverage,fuzzing" + (",stateful" if arguments.stateful else "")
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run",
        demo.address + "/api/openapi.json", "--checks", "all", "--phases", phases,
        "--max-time", str(seconds), "--seed", str(arguments.seed), "--continue-on-failure", "--workers", "1",
        "--generation-database", "none", "--header", "Origin: " + demo.address, "--no-color", *chosen]
    if arguments.report:
        command += ["--report", "ndjson", "--report-dir", arguments.report]
    environment = {
        **os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE),
        "KAPTURE_CONFORM_DATABASE": demo.database, "KAPTURE_CONFORM_SIGNED_IN": "yes" if is_signed_in else "no"}
    return subprocess.run(command, env=environment, cwd=demo.folder).returncode


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kapture", default=str(ROOT / ".build/debug/kapture"))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stateful", action="store_true", help="also chains of requests, one leading to the next")
    parser.add_argument("--report")
    arguments = parser.parse_args()
    demo = Demo(arguments.kapture)
    try:
        part = max(6, arguments.seconds // 10)
        runs = [
            (True, arguments.seconds - 4 * part, ["--exclude-path-regex", HASHES]),
            (False, 2 * part, ["--exclude-path-regex", OPEN_HASHES]),
            (False, part, ["--include-path-regex", OPEN_HASHES]),
            (True, part, ["--include-path-regex", HASHES, "--exclude-path-regex", OPEN_HASHES])]
        results = [run(demo, *each, arguments) for each in runs]
    finally:
        demo.stop()
    sys.exit(max(results))


if __name__ == "__main__":
    main()
