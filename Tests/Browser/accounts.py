#!/usr/bin/env python3
"""Makes, changes and ends accounts in a real Chromium, with scripts and without, against a real mail server and a real
OpenID Connect issuer: sign-up and confirmation, reset, sign-in elsewhere, profile, picture, address, password, sessions,
tokens, deletion. Every page on the way is looked at by axe-core at two widths, light and dark.

Usage: accounts.py --kapture PROGRAM [--chromium PROGRAM] [--screenshots FOLDER]
"""
import argparse
import base64
import email
import email.policy
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zlib

import visit
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from visit import ROOT, Visit, expect

PASSWORD = "correct horse battery"


class Neighbour:
    """A server of the tests: its port, then a line for everything that happens."""

    def __init__(self, script, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "Tests" / script), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def link(self, recipient):
        """The link in the next mail, which must be to this address."""
        line = json.loads(self.process.stdout.readline())
        mail = email.message_from_bytes(base64.b64decode(line["data"]), policy=email.policy.default)
        expect(line["to"] == [recipient], f"the mail is to {recipient}, not {line['to']}")
        found = re.search(r"http://\S+/(confirm|reset)/\S+", mail.get_body(["plain"]).get_content())
        return found and found.group(0)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=20)


class Installation:
    """`kapture serve` with mail and issuer, on a free port in a folder of its own."""

    def __init__(self, program, mails, issuer):
        self.folder = tempfile.mkdtemp(prefix="kapture-accounts-")
        self.program, self.email, self.password = program, "mara@example.com", PASSWORD
        self.environment = {
            **os.environ, "KAPTURE_URL": "", "KAPTURE_PORT": "", "KAPTURE_SIGN_UP": "open",
            "KAPTURE_SMTP_URL": f"smtp://127.0.0.1:{mails.port}", "KAPTURE_MAIL_FROM": "Kapture <post@kapture.example>",
            "KAPTURE_OIDC_ISSUER": f"http://127.0.0.1:{issuer.port}", "KAPTURE_OIDC_CLIENT_ID": "kapture",
            "KAPTURE_OIDC_CLIENT_SECRET": "s3cret", "KAPTURE_OIDC_NAME": "Acme"}
        self.options = ["--data", self.folder + "/data", "--root", str(ROOT)]
        self.add(self.email)
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", *self.options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=self.environment)
        self.address = self.process.stdout.readline().split()[-1]

    def add(self, address):
        subprocess.run(
            [self.program, "user", "add", address, "--password-stdin", *self.options], input=PASSWORD + "\n", text=True,
            check=True, capture_output=True, env=self.environment)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


def fill(page, form, stays=False, **fields):
    """Fills the form that posts to this address, sends it, and waits for the page that it leads to."""
    form = page.locator(f"main form[action='{form}']").first
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    button = form.locator("button[type=submit]")
    if stays:
        return button.click()
    with page.expect_navigation():
        button.click()


def signing_up(browser, house, mails, look, scripts):
    address = f"noor{scripts}@example.com".lower()
    visit = Visit(browser, house, scripts=scripts)
    page = visit.page
    visit.open("/sign-up/")
    look(visit, "sign-up")
    fill(page, "/api/auth/sign-up", stays=True, email="no address", name="Noor", password="short")
    expect(page.url.endswith("/sign-up/"), "a browser itself refuses an address without @")
    fill(page, "/api/auth/sign-up", email=address, name="Noor", password="short")
    page.wait_for_selector("[role=alert]")
    expect(page.input_value("main [name=email]") == address, "a refused sign-up keeps what was typed")
    expect(page.input_value("main [name=password]") == "", "but for the password")
    visit.complaints.clear()  # Chromium reports the 422 itself.
    look(visit, "sign-up-refused")
    fill(page, "/api/auth/sign-up", email=address, name="Noor", password=PASSWORD)
    page.wait_for_url("**/mail-sent/")
    look(visit, "mail-sent")
    page.goto(mails.link(address))
    look(visit, "confirm")
    fill(page, "/api/auth/confirm", password=PASSWORD)
    page.wait_for_url("**/dashboard/")
    expect(address in page.content(), "the link and the password make the account")
    visit.context.close()
    return address


def resetting(browser, house, mails, look, address, scripts):
    visit = Visit(browser, house, scripts=scripts)
    page = visit.page
    visit.open("/sign-in/")
    page.click("main a:has-text('Forgot the password?')")
    page.wait_for_url("**/reset/")
    look(visit, "reset")
    fill(page, "/api/auth/reset", email=address)
    page.wait_for_url("**/mail-sent/")
    page.goto(mails.link(address))
    look(visit, "new-password")
    fill(page, "/api/auth/reset/confirm", password="brand new words")
    page.wait_for_url("**/dashboard/")
    mails.link(address)  # the notice
    visit.context.close()


def elsewhere(browser, house, look, scripts):
    visit = Visit(browser, house, scripts=scripts)
    page = visit.page
    visit.open("/sign-in/")
    look(visit, "sign-in")
    page.click("main a:has-text('Sign in with Acme')")
    page.wait_for_url("**/dashboard/")
    expect("Mara K" in page.content(), "the button leads back signed in")
    page.goto(house.address + "/settings/account/")
    visit.complaints.clear()  # The way led over the issuer's own address.
    look(visit, "account-elsewhere")
    expect(page.locator("main [name=current_password]").count() == 0, "nobody without a password is asked for one")
    visit.context.close()


def changing(browser, house, mails, look, address, scripts):
    visit, other = Visit(browser, house, scripts=scripts), Visit(browser, house)
    for one in (visit, other):
        one.open("/sign-in/")
        fill(one.page, "/api/auth/sign-in", email=address, password="brand new words")
        one.page.wait_for_url("**/dashboard/")
    page = visit.page
    page.goto(house.address + "/settings/")
    look(visit, "settings")
    page.click("main a:has-text('sessions and tokens')")
    page.wait_for_url("**/settings/account/")
    look(visit, "account")
    fill(page, "/api/auth/profile", name="Noor Visible", time_zone="Mars/Base")
    page.wait_for_selector("[role=alert]")
    expect(page.input_value("[name=name]") == "Noor Visible", "a refused profile keeps what was typed")
    visit.complaints.clear()
    look(visit, "profile-refused")
    fill(page, "/api/auth/profile", time_zone="Europe/Berlin")
    page.wait_for_url("**/settings/")
    expect("Noor Visible" in page.locator("main").inner_text(), "a new name shows on the next page")
    page.goto(house.address + "/settings/account/")
    expect(page.input_value("[name=time_zone]") == "Europe/Berlin", "so does the time zone")
    picture(page, look, visit, house, scripts)
    tokens(page, look, visit, house)
    expect(page.locator("#sessions li").count() >= 2, "both browsers are listed")
    while page.locator("#sessions button").count():
        with page.expect_navigation():
            page.locator("#sessions button").first.click()
    other.page.wait_for_timeout(1100)  # a session is asked of the store once a second
    other.page.goto(house.address + "/dashboard/")
    expect("/sign-in/" in other.page.url, "a browser that is signed out elsewhere asks to sign in")
    other.context.close()
    moving(page, house, mails, look, visit, address)
    visit.context.close()


def png(side, note=b"", noisy=False):
    """A square that fades from blue to orange, or is all noise, with a text beside its pixels."""
    noise = random.Random(7)
    rows = b"".join(b"\0" + (noise.randbytes(side * 3) if noisy else b"".join(
        bytes((x * 255 // side, y * 160 // side, 200 - x * 180 // side)) for x in range(side))) for y in range(side))

    def chunk(name, content):
        return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)

    header = side.to_bytes(4) * 2 + bytes((8, 2, 0, 0, 0))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"tEXt", b"Comment\0" + note)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def choose(page, house, name, content):
    """Picks a file in the form of the account page and sends it."""
    page.goto(house.address + "/settings/account/")
    page.set_input_files("#picture [name=picture]", {"name": name, "mimeType": "image/png", "buffer": content})
    with page.expect_navigation():
        page.click("#picture button:has-text('Use this picture')")


def picture(page, look, visit, house, scripts):
    avatars = page.locator("img.avatar")
    expect(avatars.count() == 0, "without a picture there are initials")
    for name, content, sentence in (
            ("note.png", b"only words", "must be a PNG, JPEG or WebP picture"),
            ("half.png", png(64)[:-20], "must be a whole picture"),
            ("large.png", bytes(6_000_000), "must be at most 256 KiB")):
        choose(page, house, name, content)
        expect(sentence in page.locator("[role=alert]").inner_text(), f"{name} is refused with its reason")
        expect(page.locator("main [type=file]").count() == 1, f"{name} is refused with the form")
    visit.complaints.clear()
    look(visit, "picture-refused")
    choose(page, house, "me.svg", png(160, b"at home"))
    page.wait_for_url("**/settings/account/")
    expect(avatars.count() == 2, "a picture shows in the top bar and above its form, whatever its name was")
    expect(page.evaluate("[...document.images].every(i => i.naturalWidth === 160)"), "and is drawn")
    visit.complaints.clear()
    look(visit, "account-picture")
    source = house.address + avatars.first.get_attribute("src")
    shown = page.request.get(source)
    expect(shown.headers.get("x-content-type-options") == "nosniff", "it is served as what it is")
    expect(shown.headers["content-type"] == "image/png" and b"at home" not in shown.body(), "without what it told besides")
    page.goto(house.address + "/dashboard/")
    expect(avatars.count() == 1, "other pages show it, too")
    page.goto(house.address + "/settings/account/")
    if scripts:
        expect(page.locator("#zones option[value='Europe/Berlin']").count() == 1, "time zones are there to choose from")
        choose(page, house, "photo.png", png(900, noisy=True))
        page.wait_for_url("**/settings/account/")
        expect(page.evaluate("[...document.images].every(i => i.naturalWidth === 512)"), "a large photo is made small")
        source = house.address + avatars.first.get_attribute("src")
    fill(page, "/api/auth/user/picture/delete")
    expect(avatars.count() == 0 and page.locator("span.avatar").count() == 2, "once removed the initials are back")
    expect(page.request.get(source).status == 404, "and its address leads nowhere")


def tokens(page, look, visit, house):
    page.click("summary:has-text('Make a token')")
    page.fill("#tokens [name=name]", "backup script")
    page.check("#tokens [value='trends:read']")
    look(visit, "token-form")
    page.click("#tokens button:has-text('Make the token')")
    page.wait_for_selector("main code")
    text = page.locator("main code").inner_text()
    look(visit, "token-made")
    request = urllib.request.Request(house.address + "/api/trends", headers={"Authorization": "Bearer " + text})
    expect(urllib.request.urlopen(request).status == 200, "a token works")
    page.goto(house.address + "/settings/account/")
    expect("backup script" in page.locator("#tokens").inner_text() and text not in page.content(), "and is shown once")
    page.click("#tokens button:has-text('Revoke')")
    page.wait_for_selector("#tokens :text('There is none')")


def moving(page, house, mails, look, visit, address):
    new = "moved-" + address
    page.goto(house.address + "/settings/account/")
    fill(page, "/api/auth/email", email=new, current_password="brand new words")
    page.wait_for_url("**/mail-sent/")
    page.goto(mails.link(new))
    look(visit, "confirm-address")
    fill(page, "/api/auth/confirm")
    page.wait_for_url("**/settings/")
    mails.link(address)  # the notice
    expect(new in page.locator("main").inner_text(), "the new address counts")
    page.goto(house.address + "/settings/account/")
    fill(page, "/api/auth/password", current_password="brand new words", password=PASSWORD)
    page.wait_for_url("**/settings/account/")
    mails.link(new)
    fill(page, "/api/auth/user/delete", current_password="not the one it is")
    page.wait_for_selector("[role=alert]")
    visit.complaints.clear()
    look(visit, "deletion-refused")
    fill(page, "/api/auth/user/delete", current_password=PASSWORD)
    page.wait_for_url("**/farewell/**")
    for _ in range(10):
        if page.locator("h1:has-text('Your account is deleted')").count():
            break
        with page.expect_navigation():
            page.click("a:has-text('Look again')")
    expect(page.locator("h1:has-text('Your account is deleted')").count() == 1, "the page says when everything is gone")
    look(visit, "farewell")
    mails.link(new)
    page.goto(house.address + "/dashboard/")
    expect("/sign-in/" in page.url, "and nobody is signed in any more")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kapture", required=True)
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    parser.add_argument("--screenshots")
    arguments = parser.parse_args()
    axe = Axe()

    def look(visit, name):
        for width, height, scheme in ((1440, 900, "light"), (1440, 900, "dark"), (360, 740, "light"), (360, 740, "dark")):
            visit.page.set_viewport_size({"width": width, "height": height})
            visit.page.emulate_media(color_scheme=scheme)
            visit.width, visit.scheme = width, scheme
            visit.check(name, axe)
            if arguments.screenshots:
                os.makedirs(arguments.screenshots, exist_ok=True)
                visit.page.screenshot(path=f"{arguments.screenshots}/{name}-{width}-{scheme}.png", full_page=True)
        visit.page.set_viewport_size({"width": 1440, "height": 900})

    mails, issuer = Neighbour("Mail/smtp_server.py"), Neighbour("Issuer/issuer.py")
    house = Installation(os.path.abspath(arguments.kapture), mails, issuer)
    try:
        with sync_playwright() as playwright:
            flags = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
            for scripts in (True, False):
                print("with scripts" if scripts else "without scripts", flush=True)
                seen = look if scripts else lambda *_: None  # axe is a script
                address = signing_up(browser, house, mails, seen, scripts)
                resetting(browser, house, mails, seen, address, scripts)
                elsewhere(browser, house, seen, scripts)
                changing(browser, house, mails, seen, address, scripts)
            browser.close()
    finally:
        house.stop()
        issuer.stop()
        mails.stop()
    print(f"{visit.checks - len(visit.problems)} passed, {len(visit.problems)} failed")
    sys.exit(1 if visit.problems else 0)


if __name__ == "__main__":
    main()
