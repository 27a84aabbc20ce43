"""What schemathesis needs to stay signed in and to meet objects: routes that it tries end its session, change its
password or its account, and random ids name nothing."""
import os
import re
import time

import schemathesis
from hypothesis import strategies
from objects import Objects
from schemathesis.core import file_samples

DATABASE = os.environ.get("KAPTURE_CONFORM_DATABASE")
IS_SIGNED_IN = os.environ.get("KAPTURE_CONFORM_SIGNED_IN") == "yes"
objects = Objects(DATABASE)

if IS_SIGNED_IN:
    current = {"token": None}

    @schemathesis.auth(refresh_interval=None)
    class Signed:
        def get(self, case, context):
            current["token"] = current["token"] or objects.session()
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


# Objects to try.

TABLES = {"trends": "trends", "ideaboards": "ideaboards", "watchlists": "watchlists", "jobs": "background_jobs",
          "collections": "collections", "sessions": "sessions", "tokens": "api_tokens"}
# Fields of bodies that name one, or several.
FIELDS = {"trend": "trends", "save": "trends", "hide": "trends", "board": "ideaboards", "job_id": "background_jobs",
          "add_to": "collections", "remove_from": "collections", "trends": "trends", "ids": "trends",
          "boards": "ideaboards"}
LINKS = {"/api/auth/reset/confirm": "reset_password", "/reset/{token}": "reset_password",
         "/api/auth/confirm": "sign_up", "/confirm/{token}": "sign_up"}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_of_this_run(value):
    """Whether it was made within hours: an id that an answer gave, which a chain of requests must keep."""
    return value[:6] == format(int(time.time() * 1000), "012x")[:6]


def real(table, value):
    """An id of something there is, in place of three of four well-formed ones."""
    if isinstance(value, list):
        return [real(table, each) for each in value]
    if not isinstance(value, str) or not UUID.fullmatch(value) or value[0] in "cdef" or is_of_this_run(value):
        return value
    return objects.one(table, value)


def real_picture(value):
    """The name of the user's picture, in place of three of four well-formed ones."""
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{32}", value) or value[0] in "cdef":
        return value
    return objects.picture(value, file_samples.FILE_SAMPLES["png"])


def real_path(case):
    path = dict(case.path_parameters or {})
    table = next((TABLES[name] for name in TABLES if f"/{name}/" in case.operation.path), None)
    for name, table in [("id", table), ("trend", "trends")]:
        if table and name in path:
            path[name] = real(table, path[name])
    if "digest" in path:
        path["digest"] = real_picture(path["digest"])
    if "number" in path and objects.version(path.get("id")):
        path["number"] = objects.version(path["id"])
    return path


def acceptable(body, operation):
    """What no schema asks for, so that cases meant to be accepted are: lengths in order, something to file, a form."""
    low, high = body.get("minimum_duration"), body.get("maximum_duration")
    if type(low) in (int, float) and type(high) in (int, float) and high < low:
        body = {**body, "minimum_duration": high, "maximum_duration": low}
    if operation.endswith(("/organize", "/bulk")) and not any(body.get(name) for name in ("ids", "boards", "save", "hide")):
        body = {**body, "ids": [objects.one("trends", "0")]}
    if operation.endswith("/markdown/preview") and not body.get("board"):
        body = {**body, "board": objects.one("ideaboards", "0")}
    return body


def query(text):
    """A search in the words of one that was made up: most texts break a rule of the language."""
    words = [word[:12] for word in re.findall("[a-z0-9]+", text.lower())[:20]] or ["hook"]
    forms = [" ".join(words), f'"{" ".join(words)}"', f"-{words[0]}", f"{words[0]}* is:saved", f"#{words[0]}",
             f'tag:"{words[0]} b" after:2026-01-31', f"-platform:tiktok from:{words[0]}", "kind:board status:draft"]
    return forms[len(text) % len(forms)]


def with_link(case, values):
    """A token that a mail could have brought, in place of one that was made up."""
    purpose = LINKS.get(case.operation.path)
    return {**values, "token": objects.link(purpose)} if purpose and "token" in values else values


@schemathesis.hook
def before_call(context, case, **kwargs):
    is_positive = case.meta is None or case.meta.generation.mode.is_positive
    if case.path_parameters:
        path = real_path(case)
        case.path_parameters = with_link(case, path) if is_positive else path
    if is_positive and case.operation.path.endswith("/search") and isinstance((case.query or {}).get("q"), str):
        case.query = {**case.query, "q": query(case.query["q"])}
    is_absent = type(case.body).__name__ == "NotSet"
    if not isinstance(case.body, dict) and not (case.media_type and is_absent and is_positive):
        return
    body = {} if is_absent else dict(case.body)
    for name, table in FIELDS.items():
        if name in body:
            body[name] = real(table, body[name])
    if type(body.get("version")) is int and body["version"] > 1:
        body["version"] = objects.version((case.path_parameters or {}).get("id")) or body["version"]
    if is_positive:
        body = with_link(case, acceptable(body, case.operation.path))
    if body != case.body and (body or not is_absent):
        case.body = body
