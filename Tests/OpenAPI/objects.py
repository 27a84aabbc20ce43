"""Objects for the ids that schemathesis makes up: those that stand in the database, made there where they run out."""
import base64
import hashlib
import json
import secrets
import sqlite3
import time
import uuid

HOUR = 3_600_000
# How many of a kind the signed-in user has at least, where rows can be made without the product.
LEAST = 3


def secret():
    """A token as browsers, mails and programs have it, and what is stored of it."""
    token = secrets.token_bytes(32)
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode(), hashlib.sha256(token).digest()


class Objects:
    def __init__(self, path):
        self.path = path
        with self.connection() as database:
            database.execute("UPDATE users SET plan_id = 'studio'")
            self.user, self.email = database.execute("SELECT id, email FROM users ORDER BY id LIMIT 1").fetchone()
            self.account = {table: self.row(database, table, name) for table, name in [("users", "id"), ("sites", "user_id")]}

    def connection(self):
        return sqlite3.connect(self.path, timeout=10)

    def row(self, database, table, name):
        found = database.execute(f"SELECT * FROM {table} WHERE {name} = ?", (self.user,))
        return dict(zip([column[0] for column in found.description], found.fetchone()))

    def replace_account(self, database):
        """Another account like the first, which a route has deleted."""
        self.user, self.email = str(uuid.uuid4()), f"{secrets.token_hex(8)}@example.com"
        new = {"users": {"id": self.user, "email": self.email}, "sites": {"user_id": self.user, "key": secrets.token_hex(16)}}
        for table, row in self.account.items():
            values = {**row, **new[table]}
            marks = ", ".join("?" * len(values))
            database.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))

    def session(self):
        """A session as old as those whose owners must prove who they are before they delete themselves."""
        text, digest = secret()
        with self.connection() as database:
            alive = database.execute("SELECT 1 FROM users WHERE id = ? AND ending_at IS NULL", (self.user,)).fetchone()
            if not alive:
                self.replace_account(database)
            self.insert_session(database, digest)
        return text

    def link(self, purpose):
        """What a mail's link ends with."""
        text, digest = secret()
        now = int(time.time() * 1000)
        email = self.email if purpose == "reset_password" else f"{secrets.token_hex(8)}@example.com"
        with self.connection() as database:
            database.execute(
                "INSERT INTO mail_links (id, purpose, email, password_hash, token_digest, created_at, expires_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (str(uuid.uuid4()), purpose, email, "x" if purpose == "sign_up" else None, digest, now, now + HOUR))
        return text

    def one(self, table, like):
        """The id of one of the user's, chosen by one that was made up; that itself where there are none."""
        with self.connection() as database:
            ids = self.ids(database, table)
            make = getattr(self, "insert_" + table, None)
            while make and len(ids) < LEAST:
                make(database)
                ids = self.ids(database, table)
        return ids[int(like[-1], 16) % len(ids)] if ids else like

    def version(self, board):
        """The version of a board that stands there."""
        with self.connection() as database:
            row = database.execute("SELECT version FROM ideaboards WHERE id = ?", (board,)).fetchone()
        return row[0] if row else None

    def picture(self, digest, content):
        """The name of the user's picture, who is given this one where there is none."""
        with self.connection() as database:
            database.execute(
                "INSERT INTO pictures SELECT id, ?, 'image/png', 0, ? FROM users WHERE id = ? ON CONFLICT DO NOTHING",
                (digest, content, self.user))
            found = database.execute("SELECT digest FROM pictures WHERE user_id = ?", (self.user,)).fetchone()
        return found[0] if found else digest

    def ids(self, database, table):
        # Of sessions the youngest is the one that asks.
        order = "created_at" if table == "sessions" else "id"
        query = f"SELECT id FROM {table} WHERE user_id = ? ORDER BY {order} LIMIT 5"
        return [row[0] for row in database.execute(query, (self.user,))]

    def insert_session(self, database, digest, age=HOUR):
        now = int(time.time() * 1000)
        database.execute(
            "INSERT INTO sessions (id, user_id, token_digest, created_at, expires_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)",
            (str(uuid.uuid4()), self.user, digest, now - age, now + 24 * HOUR, now))

    def insert_sessions(self, database):
        self.insert_session(database, secret()[1], 2 * HOUR)

    def insert_api_tokens(self, database):
        database.execute(
            "INSERT INTO api_tokens (id, user_id, name, scopes_json, token_digest, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            (str(uuid.uuid4()), self.user, "made", json.dumps(["trends:read"]), secret()[1], int(time.time() * 1000)))

    def insert_collections(self, database):
        now, name = int(time.time() * 1000), secrets.token_hex(4)
        database.execute(
            "INSERT INTO collections (id, user_id, name, name_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
            (str(uuid.uuid4()), self.user, name, name, now, now))

    def insert_ideaboards(self, database):
        """With its first version, as the product keeps one."""
        board, now = str(uuid.uuid4()), int(time.time() * 1000)
        database.execute(
            "INSERT INTO ideaboards (id, user_id, title, content, tags_json, status, revision, created_at, updated_at) "
            "VALUES (?, ?, 'Made', '', '[]', 'draft', 1, ?, ?)", (board, self.user, now, now))
        database.execute(
            "INSERT INTO ideaboard_versions (ideaboard_id, number, title, content, is_autosave, started_at, saved_at) "
            "VALUES (?, 1, 'Made', '', 0, ?, ?)", (board, now, now))

    def insert_background_jobs(self, database):
        """One that can be cancelled, or one that can be tried again."""
        now, has_failed = int(time.time() * 1000), secrets.randbelow(2) == 1
        database.execute(
            "INSERT INTO background_jobs (id, user_id, job_type, job_data, queue, priority, status, attempts, max_attempts, "
            "is_cancel_requested, lease_token, failure_class, error_message, scheduled_at, completed_at, created_at, "
            "updated_at) VALUES (?, ?, 'tidy-assets', '{}', 'default', 0, ?, 0, 1, 0, 0, ?, ?, ?, ?, ?, ?)",
            (str(uuid.uuid4()), self.user, "failed" if has_failed else "pending", "structural" if has_failed else None,
             "made" if has_failed else None, now + 24 * HOUR, now if has_failed else None, now, now))
