"""What schemathesis needs to stay signed in: routes that it tries end its session, change its password or its account.

Sessions are made in the database, as old as those whose owners must prove who they are before they delete themselves.
"""
import base64
import hashlib
import os
import re
import secrets
import sqlite3
import time
import uuid

import schemathesis

DATABASE = os.environ.get("KAPTURE_CONFORM_DATABASE")
HOUR = 3_600_000


def new_session():
    token = secrets.token_bytes(32)
    now = int(time.time() * 1000)
    with sqlite3.connect(DATABASE, timeout=10) as database:
        user, = database.execute("SELECT id FROM users ORDER BY id LIMIT 1").fetchone()
        database.execute(
            "INSERT INTO sessions (id, user_id, token_digest, created_at, expires_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)",
            (str(uuid.uuid4()), user, hashlib.sha256(token).digest(), now - HOUR, now + 24 * HOUR, now))
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode()


if DATABASE:
    current = {"token": None}

    @schemathesis.auth(refresh_interval=None)
    class Signed:
        def get(self, case, context):
            current["token"] = current["token"] or new_session()
            return current["token"]

        def set(self, case, data, context):
            case.cookies = {**(case.cookies or {}), "kapture": data}

    @schemathesis.hook
    def after_call(context, case, response):
        """Whatever refuses or ends the session is followed by a new one."""
        if response.status_code == 401 or any("kapture=" in value for value in response.headers.get("set-cookie", [])):
            current["token"] = None


# Objects to try: random ids name none.

TABLES = {"trends": "trends", "ideaboards": "ideaboards", "watchlists": "watchlists", "jobs": "background_jobs"}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def existing(table, like):
    """One of the table's ids, chosen by an id that was made up; that itself where there are none."""
    with sqlite3.connect(DATABASE, timeout=10) as database:
        ids = [row[0] for row in database.execute(f"SELECT id FROM {table} ORDER BY id LIMIT 5")]
    return ids[int(like[-1], 16) % len(ids)] if ids else like


def real(name, value):
    """An id of something there is, in place of three of four well-formed ones."""
    if not isinstance(value, str) or not UUID.fullmatch(value) or value[0] in "cdef":
        return value
    return existing(TABLES[name], value)


def named(path):
    return next((table for table in TABLES if f"/{table}/" in path), None)


if DATABASE:
    @schemathesis.hook
    def map_path_parameters(context, path_parameters):
        parameters = dict(path_parameters or {})
        if "id" in parameters and (table := named(context.operation.path)):
            parameters["id"] = real(table, parameters["id"])
        if "trend" in parameters:
            parameters["trend"] = real("trends", parameters["trend"])
        return parameters

    @schemathesis.hook
    def map_body(context, body):
        """Objects that there are, the version that stands there, and lengths in order, which no schema can ask for."""
        if not isinstance(body, dict):
            return body
        body = dict(body)
        for name, table in [("trend", "trends"), ("save", "trends"), ("hide", "trends"), ("board", "ideaboards"),
                            ("job_id", "jobs")]:
            if name in body:
                body[name] = real(table, body[name])
        for name in ("trends", "ids"):
            if isinstance(body.get(name), list):
                body[name] = [real("trends", value) for value in body[name]]
        low, high = body.get("minimum_duration"), body.get("maximum_duration")
        if type(low) is int and type(high) is int and 0 <= high < low <= 86_400:
            body["minimum_duration"], body["maximum_duration"] = high, low
        if type(body.get("version")) is int and body["version"] > 1:
            with sqlite3.connect(DATABASE, timeout=10) as database:
                versions = [row[0] for row in database.execute("SELECT version FROM ideaboards ORDER BY id LIMIT 5")]
            body["version"] = (versions or [1])[body["version"] % max(1, len(versions))]
        return body
