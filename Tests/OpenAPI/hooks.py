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
from hypothesis import strategies
from schemathesis.core import file_samples

DATABASE = os.environ.get("KAPTURE_CONFORM_DATABASE")
HOUR = 3_600_000


def new_session():
    token = secrets.token_bytes(32)
    now = int(time.time() * 1000)
    with sqlite3.connect(DATABASE, timeout=10) as database:
        user, = database.execute("SELECT id FROM users ORDER BY id LIMIT 1").fetchone()
        database.execute("UPDATE users SET plan_id = 'studio' WHERE id = ?", (user,))
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


# Pictures, which no schema tells: any of them, whatever type it is sent as, and with something behind its end.

PICTURES = strategies.builds(
    bytes.__add__, strategies.sampled_from([file_samples.FILE_SAMPLES[name] for name in ("png", "jpg", "webp")]),
    strategies.binary(max_size=1000))
for media_type in ("image/png", "image/jpeg", "image/webp", "application/octet-stream"):
    schemathesis.openapi.media_type(media_type, PICTURES)


@schemathesis.hook
def filter_body(context, body):
    """Beside a file every value is sent as text: one of another type is none of another type once it is sent."""
    fields = getattr(body, "body", None)
    return not isinstance(fields, dict) or isinstance(fields.get("next", ""), str)


# Objects to try: random ids name none.

TABLES = {"trends": "trends", "ideaboards": "ideaboards", "watchlists": "watchlists", "jobs": "background_jobs",
          "collections": "collections"}
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


def existing_picture(like):
    """The name of the user's picture, who is given one, in place of three of four well-formed ones."""
    if not isinstance(like, str) or not re.fullmatch("[0-9a-f]{32}", like) or like[0] in "cdef":
        return like
    with sqlite3.connect(DATABASE, timeout=10) as database:
        database.execute(
            "INSERT INTO pictures SELECT id, ?, 'image/png', 0, ? FROM users ORDER BY id LIMIT 1 ON CONFLICT DO NOTHING",
            (like, file_samples.FILE_SAMPLES["png"]))
        return database.execute("SELECT digest FROM pictures ORDER BY user_id LIMIT 1").fetchone()[0]


def named(path):
    return next((table for table in TABLES if f"/{table}/" in path), None)


def in_order(body, path):
    """What no schema can ask for: lengths in order, and something to file."""
    low, high = body.get("minimum_duration"), body.get("maximum_duration")
    if type(low) is int and type(high) is int and 0 <= high < low <= 86_400:
        body = {**body, "minimum_duration": high, "maximum_duration": low}
    if path.endswith(("/organize", "/bulk")) and not any(body.get(name) for name in ("ids", "boards", "save", "hide")):
        body = {**body, "ids": [existing("trends", "0")]}
    if path.endswith("/markdown/preview") and not body.get("board"):
        body = {**body, "board": existing("ideaboards", "0")}
    return body


def is_of_this_run(value):
    """Whether it was made within hours: an id that an answer gave, which a chain of requests must keep."""
    return value[:6] == format(int(time.time() * 1000), "012x")[:6]


if DATABASE:
    @schemathesis.hook
    def before_call(context, case, **kwargs):
        """Also the ids of examples, which no generator makes."""
        parameters = dict(case.path_parameters or {})
        for name, table in [("id", named(case.operation.path)), ("trend", "trends")]:
            if table and isinstance(parameters.get(name), str) and not is_of_this_run(parameters[name]):
                parameters[name] = real(table, parameters[name])
        if "digest" in parameters:
            parameters["digest"] = existing_picture(parameters["digest"])
        if parameters:
            case.path_parameters = parameters
        if isinstance(case.body, dict) or case.media_type and type(case.body).__name__ == "NotSet":
            body = case.body if isinstance(case.body, dict) else {}
            ordered = in_order(body, case.operation.path)
            if ordered is not body:
                case.body = ordered

    @schemathesis.hook
    def map_body(context, body):
        """Objects that there are, and the version that stands there."""
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
        if type(body.get("version")) is int and body["version"] > 1:
            with sqlite3.connect(DATABASE, timeout=10) as database:
                versions = [row[0] for row in database.execute("SELECT version FROM ideaboards ORDER BY id LIMIT 5")]
            body["version"] = (versions or [1])[body["version"] % max(1, len(versions))]
        return body
