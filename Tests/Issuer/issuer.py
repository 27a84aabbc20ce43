"""A real OpenID Connect issuer for tests, on a socket of its own: prints its port, then every sign-in as a line of JSON.

Authorization code with PKCE (S256 alone), a confidential client, RS256 with a key made by openssl at start. Whoever comes
to /authorize is signed in as the one person it knows, unless it was started with --refuses.
Usage: issuer.py --client ID --secret SECRET [--subject ID --email ADDRESS --name NAME] [--unverified] [--refuses]
"""
import argparse
import base64
import hashlib
import json
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit


def parsed_arguments():
    parser = argparse.ArgumentParser()
    for name, value in (("client", "kapture"), ("secret", "s3cret"), ("subject", "user_1"), ("email", "mara@example.com"),
                        ("name", "Mara K")):
        parser.add_argument(f"--{name}", default=value)
    parser.add_argument("--unverified", action="store_true")
    parser.add_argument("--refuses", action="store_true")
    return parser.parse_args()


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def openssl(*words, data=None):
    return subprocess.run(["openssl", *words], input=data, check=True, capture_output=True).stdout


def url64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="issuer-")
        self.file = self.folder.name + "/key.pem"
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.file)
        modulus = openssl("rsa", "-in", self.file, "-noout", "-modulus").decode().strip().split("=")[1]
        self.public = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "k1", "e": "AQAB", "n": url64(bytes.fromhex(modulus))}

    def token(self, claims):
        parts = [{"alg": "RS256", "typ": "JWT", "kid": "k1"}, claims]
        signed = ".".join(url64(json.dumps(part).encode()) for part in parts)
        return signed + "." + url64(openssl("dgst", "-sha256", "-sign", self.file, data=signed.encode()))


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, value=None, location=None):
        body = json.dumps(value or {}).encode()
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/.well-known/openid-configuration":
            self.answer(200, {
                "issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token",
                "jwks_uri": issuer + "/keys", "token_endpoint_auth_methods_supported": ["client_secret_basic"]})
        elif address.path == "/keys":
            self.answer(200, {"keys": [key.public]})
        elif address.path == "/authorize":
            self.authorize(query)
        else:
            self.answer(404)

    def authorize(self, query):
        wanted = {"response_type": "code", "client_id": arguments.client, "code_challenge_method": "S256"}
        if any(query.get(name) != value for name, value in wanted.items()) or "openid" not in query.get("scope", "").split():
            return self.answer(400, {"error": "invalid_request"})
        back = {"state": query["state"], "iss": issuer}
        if arguments.refuses:
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(16)
            codes[back["code"]] = query
        self.answer(302, location=query["redirect_uri"] + "?" + urlencode(back))

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
        form = {name: values[0] for name, values in form.items()}
        kind, _, pair = self.headers.get("Authorization", "").partition(" ")
        known = [unquote(part) for part in base64.b64decode(pair or "Og==").decode().split(":")]
        asked = codes.pop(form.get("code"), None)  # a code counts once
        if urlsplit(self.path).path != "/token" or kind != "Basic" or known != [arguments.client, arguments.secret]:
            return self.answer(401, {"error": "invalid_client"})
        challenge = url64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if not asked or asked["code_challenge"] != challenge or asked["redirect_uri"] != form.get("redirect_uri"):
            return self.answer(400, {"error": "invalid_grant"})
        now = int(time.time())
        say({"signed_in": arguments.subject})
        self.answer(200, {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": key.token({
            "iss": issuer, "aud": arguments.client, "sub": arguments.subject, "nonce": asked.get("nonce"), "iat": now,
            "exp": now + 60, "email": arguments.email, "email_verified": not arguments.unverified, "name": arguments.name})})


arguments, codes, key = parsed_arguments(), {}, Key()
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
issuer = f"http://127.0.0.1:{server.server_address[1]}"
say(server.server_address[1])
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()  # until whoever started it closes the pipe, or dies
