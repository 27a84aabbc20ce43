"""A real mail server for tests: prints its port, then every mail it accepts as a line of JSON.

Recipients that begin with "later" are refused for now (451), with "never" for good (550).
Usage: smtp_server.py [--certificate FILE --key FILE] [--smtps] [--user USER --password PASSWORD] [--silent]
"""
import argparse
import asyncio
import base64
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def parsed_arguments():
    parser = argparse.ArgumentParser()
    for name in ["certificate", "key", "user", "password"]:
        parser.add_argument(f"--{name}")
    parser.add_argument("--smtps", action="store_true")
    parser.add_argument("--silent", action="store_true", help="accept connections and never say a word")
    return parser.parse_args()


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("later"):
            return "451 try again later"
        if address.startswith("never"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        say({
            "greeting": session.host_name, "from": envelope.mail_from, "to": envelope.rcpt_tos,
            "data": base64.b64encode(envelope.content).decode(), "encrypted": session.ssl is not None or arguments.smtps,
            "user": session.auth_data,
        })
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    wanted = LoginPassword(arguments.user.encode(), arguments.password.encode())
    if isinstance(data, LoginPassword) and data == wanted:
        return AuthResult(success=True, auth_data=data.login.decode())
    return AuthResult(success=False, handled=False)


def make_session(context):
    if arguments.silent:
        return asyncio.Protocol()
    options = {}
    if context and not arguments.smtps:
        options = {"tls_context": context}
    if arguments.user:
        options |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": bool(options)}
    return SMTP(Handler(), hostname="mail.test", **options)


async def main():
    context = None
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate, arguments.key)
    server = await asyncio.get_running_loop().create_server(
        lambda: make_session(context), "127.0.0.1", 0, ssl=context if arguments.smtps else None)
    say(server.sockets[0].getsockname()[1])
    await asyncio.to_thread(sys.stdin.read)  # until whoever started it closes the pipe, or dies


# What goes wrong is what the tests provoke.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)
logging.getLogger("mail.log").disabled = True
warnings.simplefilter("ignore")
arguments = parsed_arguments()
asyncio.run(main())
