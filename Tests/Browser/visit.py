#!/usr/bin/env python3
"""Visits the demonstration in a real Chromium as a creator does.

Every page in light and dark at 1440 and 360 px: no console error, no failed request, no broken picture, no horizontal
scroll, nothing that axe-core finds. Then the whole visit by keyboard alone, and once more with scripts off.

Usage: visit.py --kapture PROGRAM [--chromium PROGRAM] [--screenshots FOLDER]
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ["/", "/pricing/", "/help/", "/help/api/", "/sign-in/", "/sign-up/", "/offline/", "/legal/privacy/", "/legal/terms/"]
PRIVATE = ["/dashboard/", "/trends/", "/ideaboards/", "/downloads/", "/library/", "/settings/"]
problems = []
checks = 0


# Boxes that lie neither on their card's picture nor off it.
COVERED = """[...document.querySelectorAll('.card > [name=ids]')].filter(box => {
    const one = box.getBoundingClientRect(), other = box.parentElement.querySelector('.cover')?.getBoundingClientRect()
    return other?.width && one.width && one.top < other.bottom && one.bottom > other.bottom && one.left < other.right
}).length"""


def expect(holds, what):
    global checks
    checks += 1
    if not holds:
        problems.append(what)
        print("  ✘", what, flush=True)


class Demo:
    """`kapture demo` on a free port in a folder of its own."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="kapture-visit-")
        self.process = subprocess.Popen(
            [program, "demo", "--data", self.folder + "/data", "--port", "0", "--root", str(ROOT)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "KAPTURE_URL": "", "KAPTURE_PORT": ""})
        facts = {}
        for line in self.process.stdout:
            key, _, value = line.strip().partition(": ")
            facts[key] = value
            if key == "password":
                break
        if "password" not in facts:
            sys.exit("kapture demo did not start")
        self.address, self.email, self.password = facts["address"], facts["email"], facts["password"]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


class Visit:
    """One browser context and what it complained about."""

    def __init__(self, browser, demo, width=1440, height=900, scheme="light", scripts=True):
        self.demo, self.width, self.scheme = demo, width, scheme
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=scripts,
            reduced_motion="reduce")
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", lambda m: m.type in ("error", "warning") and self.complaints.append(m.text))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        # Leaving a page aborts what it still loads, also itself anew when it heard that what it sent changed something; a
        # browser fetches the icon after everything else.
        self.page.on("requestfailed", lambda r: r.failure == "net::ERR_ABORTED" and (r.resource_type == "fetch" or any(name in r.url for name in ("/favicon.", "/status.json", "/api/events")))
                     or self.complaints.append(f"failed ({r.failure}): {r.url}"))
        self.page.on("request", lambda r: r.url.startswith((demo.address, "data:")) or self.complaints.append("foreign: " + r.url))

    def open(self, address, status=200):
        self.complaints.clear()
        answer = self.page.goto(self.demo.address + address, wait_until="load")
        expect(answer.status == status, f"{address} answers {answer.status}, not {status}")

    def sign_in(self):
        self.open("/sign-in/")
        self.page.fill("main [name=email]", self.demo.email)
        self.page.fill("main [name=password]", self.demo.password)
        with self.page.expect_navigation() as answer:
            self.page.press("main [name=password]", "Enter")
        expect(answer.value.status == 200, f"sign-in answers {answer.value.status}, not 200")
        self.page.wait_for_url("**/dashboard/")

    def check(self, address, axe=None):
        where = f"{address} at {self.width} px {self.scheme}"
        expect(not self.complaints, f"{where} complains: {self.complaints[:3]}")
        size = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        expect(size[0] <= size[1], f"{where} scrolls sideways: {size[0]} over {size[1]} px")
        covered = self.page.evaluate(COVERED)
        expect(not covered, f"{where} has boxes to select that its pictures cut in two: {covered}")
        broken = self.page.evaluate("[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)")
        expect(not broken, f"{where} has broken pictures: {broken}")
        if axe is not None:
            found = axe.run(self.page).response["violations"]
            shown = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found[:4]]
            expect(not found, f"{where} axe: {shown}")


def addresses(visit):
    """Every page that the private pages link to, one of each kind of detail page and list page."""
    found = dict.fromkeys(PRIVATE)
    kinds = set()
    for address in PRIVATE:
        visit.open(address)
        for link in visit.page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))"):
            path = link.split("#")[0].split("?")[0]
            kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", path)
            if kind in kinds or path.startswith(("/api/", "/feeds/", "/assets/")):
                continue
            kinds.add(kind)
            found[path] = None
    return list(found)


def look_at_all(browser, demo, screenshots):
    axe = Axe()
    private = None
    for width, height in ((1440, 900), (360, 740)):
        for scheme in ("light", "dark"):
            visit = Visit(browser, demo, width, height, scheme)
            visit.sign_in()
            private = private or addresses(visit)
            for address in dict.fromkeys(private + PUBLIC + ["/nothing/here/"]):
                signed_in_redirect = address in ("/sign-in/", "/sign-up/")
                visit.open(address, 404 if address == "/nothing/here/" else 200)
                visit.complaints[:] = [c for c in visit.complaints if "404" not in c]
                if not signed_in_redirect:
                    visit.check(address, axe)
                if screenshots:
                    name = f"{address.strip('/').replace('/', '-') or 'landing'}-{width}-{scheme}.png"
                    visit.page.screenshot(path=f"{screenshots}/{name[-80:]}", full_page=True)
            visit.context.close()
    visit = Visit(browser, demo)
    for address in ("/sign-in/", "/sign-up/"):
        visit.open(address)
        visit.check(address, axe)
    visit.context.close()
    print(f"  {len(private)} private pages, {len(PUBLIC)} public ones, 2 widths, 2 schemes", flush=True)


def sign_in_by_keyboard(visit):
    page = visit.page
    visit.open("/sign-in/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "email":
            break
    page.keyboard.type(visit.demo.email)
    page.keyboard.press("Tab")
    page.keyboard.type(visit.demo.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard/")


def keyboard(browser, demo):
    visit = Visit(browser, demo)
    page = visit.page
    sign_in_by_keyboard(visit)
    for key, path in (("t", "/trends/"), ("i", "/ideaboards/"), ("l", "/library/"), ("s", "/settings/"), ("d", "/dashboard/"), ("t", "/trends/")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url("**" + path)
        expect(page.url.endswith(path), f"g {key} leads to {path}")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("k")
    expect(first and first != second, "j moves to the next card")
    expect(page.evaluate("document.activeElement.textContent") == first, "k moves back")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]").count() == 1, "? opens the sheet of keys")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.evaluate("document.activeElement.tagName") == "INPUT", "/ goes to the search field")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/trends/[0-9a-f-]{36}/$"))
    expect(page.locator("h1").count() == 1, "Enter opens the trend")
    visit.context.close()


def without_scripts(browser, demo):
    visit = Visit(browser, demo, scripts=False)
    page = visit.page
    visit.sign_in()
    for path in PRIVATE:
        if page.url != demo.address + path:
            page.locator(f"nav a[href='{path}']").first.click()
            page.wait_for_url("**" + path)
        expect(page.locator("h1").count() == 1, f"{path} has its heading without scripts")
    page.goto(demo.address + "/trends/")
    page.locator("main article a, main .card a").first.click()
    page.wait_for_url(re.compile(r"/trends/[0-9a-f-]{36}/$"))
    expect(page.locator("main table").count() >= 1, "a trend's numbers are a table without scripts")
    page.goto(demo.address + "/settings/")
    page.locator("summary:has(+ * form[action='/api/auth/sign-out']), summary:has(+ form[action='/api/auth/sign-out'])").first.click()
    page.locator("form[action='/api/auth/sign-out'] button").first.click()
    page.wait_for_url(demo.address + "/")
    answer = page.goto(demo.address + "/dashboard/")
    expect("/sign-in/" in page.url and answer.status == 200, "after signing out the dashboard asks to sign in")
    page.fill("main [name=email]", demo.email)
    page.fill("main [name=password]", "not the password")
    page.press("main [name=password]", "Enter")
    page.wait_for_load_state()
    expect(page.input_value("main [name=email]") == demo.email, "a refused sign-in keeps the address typed")
    visit.context.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kapture", required=True)
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    parser.add_argument("--screenshots")
    parser.add_argument("--only", choices=["look_at_all", "keyboard", "without_scripts"])
    arguments = parser.parse_args()
    if arguments.screenshots:
        os.makedirs(arguments.screenshots, exist_ok=True)
    demo = Demo(os.path.abspath(arguments.kapture))
    try:
        with sync_playwright() as playwright:
            flags = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
            for part in (look_at_all, keyboard, without_scripts):
                if arguments.only and part.__name__ != arguments.only:
                    continue
                print(part.__name__.replace("_", " "), flush=True)
                part(browser, demo, arguments.screenshots) if part is look_at_all else part(browser, demo)
            browser.close()
    finally:
        demo.stop()
    print(f"{checks - len(problems)} passed, {len(problems)} failed")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
