#!/usr/bin/env python3
"""Two windows on one account stay in step, in a real Chromium: what one saves the other shows by itself, and keeps what
is typed, selected, opened, focused and scrolled to. Windows outlive the server, and do without scripts.

Usage: live.py --kapture PROGRAM [--chromium PROGRAM]
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import urllib.request

import visit
from playwright.sync_api import sync_playwright
from visit import ROOT, Demo, Visit, expect

BOARD = re.compile(r"/ideaboards/[0-9a-f-]{36}/$")
# What a browser complains of while nobody answers.
AWAY = re.compile(r"net::ERR_(CONNECTION_\w+|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|NETWORK_\w+)")
# Counts the changes that a page hears of.
COUNTING = """{ const Own = EventSource; window.changes = 0;
    window.EventSource = class extends Own {
        constructor(...all) { super(...all); this.addEventListener('change', () => changes++); } } }"""


def streams(demo):
    """How many pages listen, by the server's own count."""
    with urllib.request.urlopen(demo.address + "/metrics") as answer:
        text = answer.read().decode()
    return int(float(re.search(r"^kapture_event_streams (\S+)$", text, re.M).group(1)))


def listening(visit, demo, count):
    """Waits until so many pages listen."""
    for _ in range(100):
        if streams(demo) == count:
            return
        visit.page.wait_for_timeout(100)
    expect(False, f"{count} pages listen, not {streams(demo)}")


def signed_in(window, demo):
    """The one session of all windows that need none of their own: signing in is limited to ten times in a few minutes."""
    if not hasattr(demo, "cookies"):
        window.sign_in()
        demo.cookies = window.context.cookies()
    window.context.add_cookies(demo.cookies)


def two(browser, demo, address, apart=False):
    """Two windows of their own at one page, both listening: of one session, or each of its own (`apart`)."""
    windows = [Visit(browser, demo), Visit(browser, demo)]
    for window in windows:
        window.context.add_init_script(COUNTING)
        window.sign_in() if apart else signed_in(window, demo)
        window.open(address)
    listening(windows[0], demo, 2)
    return windows


class Serving:
    """`kapture serve` over the demonstration's folder, on a port of its own."""

    def __init__(self, demo, port):
        command = [demo.process.args[0], "serve", "--data", demo.folder + "/data", "--port", str(port), "--root", str(ROOT)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "KAPTURE_URL": "", "KAPTURE_PORT": ""})
        line = self.process.stdout.readline()
        self.address = line.strip().rpartition(" ")[2]
        expect(line.startswith("Kapture listens on"), "kapture serve listens")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


def close(windows, demo):
    for window in windows:
        expect(not window.complaints, f"a window complains: {window.complaints[:3]}")
        window.context.close()


def trends(browser, demo):
    windows = two(browser, demo, "/trends/")
    left, right = (window.page for window in windows)
    card = right.locator("main .card")
    card.nth(4).locator("[name=ids]").check()
    card.nth(5).locator("summary").first.click()
    card.nth(8).locator("h3 a").focus()
    right.evaluate("document.scrollingElement.scrollTop = 300")
    before = right.evaluate("scrollY")
    expect(before > 0, "the page can be scrolled")
    title = left.locator("main .card h3").first.inner_text()
    heard = left.evaluate("changes")
    left.locator("main .card").first.hover()
    left.locator("main .card .does button").first.click()
    saved = right.locator("main .card", has_text=title).first
    saved.locator(".kept").wait_for(state="attached", timeout=10_000)
    expect(card.nth(4).locator("[name=ids]").is_checked(), "what was selected stays so")
    expect(card.nth(5).locator("details").first.evaluate("each => each.open"), "what was open stays so")
    focus = right.evaluate("[...document.querySelectorAll('main .card h3 a')].indexOf(document.activeElement)")
    expect(focus == 8, f"what had the focus keeps it: {focus}")
    expect(right.evaluate("scrollY") == before, "nothing scrolls")
    expect(right.locator("main .card .does").count() == card.count(), "every card keeps its buttons")
    expect(not re.search(r"\d{4}-\d\d-\d\d", right.locator("main .card .meta time").first.inner_text()), "times stay relative")
    # Undo goes on working in the window that did it, though the change came back to it as news.
    left.wait_for_function("heard => changes > heard", arg=heard)
    left.click(".toast button")
    saved.locator(".kept").wait_for(state="detached", timeout=10_000)
    # What is hidden leaves the other window's list, and only that.
    count = card.count()
    left.locator("main .card").first.hover()
    left.locator("main .card .does button").nth(1).click()
    right.wait_for_function("count => document.querySelectorAll('main [data-list] .card').length !== count || "
                            f"![...document.querySelectorAll('main .card h3')].some(each => each.textContent === {title!r})", arg=count)
    expect(right.locator("main .card h3", has_text=title).count() == 0, "a hidden trend leaves the list")
    expect(right.locator("[name=ids]:checked").count() == 1, "and takes no selection with it")
    close(windows, demo)


def typing(browser, demo):
    windows = two(browser, demo, "/ideaboards/")
    left, right = (window.page for window in windows)
    right.fill("main [name=title]", "half a ti")
    right.focus("main [name=title]")
    left.fill("main [name=title]", "Made in the other window")
    left.click("main button:has-text('New board')")
    left.wait_for_url(BOARD)
    right.wait_for_selector("main .boards :has-text('Made in the other window')", timeout=10_000)
    expect(right.input_value("main [name=title]") == "half a ti", "what is being typed stays")
    right.keyboard.type("tle")
    expect(right.input_value("main [name=title]") == "half a title", "and can be typed on")
    url = left.url
    close(windows, demo)
    return url


def board(browser, demo, url):
    windows = two(browser, demo, url.removeprefix(demo.address))
    left, right = (window.page for window in windows)
    summary = "summary:has-text('Edit')"
    right.click(summary)  # A board without text is open; now it is only read.
    left.fill("#content", "written on the left")
    right.wait_for_selector("article.prose:has-text('written on the left')", timeout=15_000)
    listening(windows[0], demo, 2)
    if not right.locator("#content").is_visible():
        right.click(summary)
    left.fill("#content", "written on the left, twice")
    right.wait_for_selector("form[data-state=newer] output a", timeout=15_000)
    expect(right.input_value("#content") == "written on the left", "an open editor keeps its text")
    expect(left.get_attribute("form[data-editor]", "data-state") == "saved", "its own save is no news to a window")
    right.click("form[data-state=newer] output a")
    right.wait_for_function("document.querySelector('#content').value === 'written on the left, twice'")
    listening(windows[0], demo, 2)
    right.click(summary)
    right.focus("#content")
    right.keyboard.press("Control+End")
    right.keyboard.type(" and mine")
    right.wait_for_selector("form[data-state=saved]", timeout=15_000)
    left.wait_for_selector("form[data-state=newer]", timeout=15_000)
    expect(left.input_value("#content") == "written on the left, twice", "neither window takes the other's text away")
    for window in windows:
        window.complaints[:] = [c for c in window.complaints if "409" not in c]
    close(windows, demo)


def hidden(browser, demo):
    windows = two(browser, demo, "/ideaboards/")
    left, right = (window.page for window in windows)
    hide = "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); dispatchEvent(new Event('visibilitychange')); }"
    right.evaluate(hide, True)
    listening(windows[0], demo, 1)
    left.fill("main [name=title]", "Made while nobody looked")
    left.click("main button:has-text('New board')")
    left.wait_for_url(BOARD)
    expect(right.locator("main .boards :has-text('Made while nobody looked')").count() == 0, "a hidden page does not listen")
    right.evaluate(hide, False)
    right.wait_for_selector("main .boards :has-text('Made while nobody looked')", timeout=10_000)
    close(windows, demo)


def signed_out(browser, demo):
    windows = two(browser, demo, "/dashboard/", apart=True)
    other = windows[0].context.new_page()
    other.goto(demo.address + "/settings/")
    other.evaluate("fetch('/api/auth/sign-out', { method: 'POST' })")
    other.close()
    listening(windows[1], demo, 1)
    close(windows, demo)


def without(browser, demo):
    window = Visit(browser, demo)
    window.context.add_init_script("Object.defineProperty(window, 'EventSource', { get() { window.asked = true; } })")
    signed_in(window, demo)
    window.open("/trends/")
    window.page.wait_for_function("window.asked")  # Now it is decided.
    expect(streams(demo) == 0 and window.page.locator("main .card").count() > 0, "a browser without EventSource shows its pages")
    close([window], demo)


def make_board(page, title):
    page.fill("main [name=title]", title)
    page.click("main button:has-text('New board')")
    page.wait_for_url(BOARD)


def restarted(browser, demo):
    """The server goes and comes back, while two windows are open and a third program goes on writing."""
    windows = two(browser, demo, "/ideaboards/")
    left, right = (window.page for window in windows)
    right.fill("main [name=title]", "half a title")
    demo.process.terminate()
    demo.process.wait(timeout=20)
    other = Serving(demo, 0)
    made = windows[0].context.request.post(
        other.address + "/api/ideaboards", data={"title": "Made while they reconnected"}, headers={"Origin": other.address})
    expect(made.status == 201, f"another process takes a board: {made.status}")
    other.stop()
    expect(right.locator("main .boards :has-text('Made while they reconnected')").count() == 0, "nobody told the windows yet")
    demo.process = Serving(demo, demo.address.rpartition(":")[2]).process
    for page in (left, right):
        page.wait_for_selector("main .boards :has-text('Made while they reconnected')", timeout=30_000)
    listening(windows[0], demo, 2)
    make_board(left, "Made after they reconnected")
    right.wait_for_selector("main .boards :has-text('Made after they reconnected')", timeout=10_000)
    expect(right.input_value("main [name=title]") == "half a title", "what was typed outlives the server")
    for window in windows:
        window.complaints[:] = [c for c in window.complaints if not AWAY.search(c)]
    close(windows, demo)


def scriptless(browser, demo):
    """Without scripts a window learns of changes when it is loaded again, and of all of them."""
    windows = [Visit(browser, demo, scripts=False), Visit(browser, demo, scripts=False)]
    for window in windows:
        window.context.add_cookies(demo.cookies)
        window.open("/ideaboards/")
    left, right = (window.page for window in windows)
    expect(streams(demo) == 0, "without scripts nobody listens")
    make_board(left, "Made without scripts")
    board = "main .boards a:has-text('Made without scripts')"
    expect(right.locator(board).count() == 0, "a page without scripts stays as it is")
    right.reload()
    right.click(board)
    right.wait_for_url(left.url)
    left.fill("#content", "written without scripts")
    left.click("form.editor button:has-text('Save')")
    left.wait_for_selector("article.prose:has-text('written without scripts')")
    right.reload()
    expect("written without scripts" in right.inner_text("article.prose"), "a reload shows the other window's text")
    for page in (left, right):
        page.goto(demo.address + "/trends/")
    title = left.locator("main .card h3").first.inner_text()
    left.locator("main .card [name=ids]").first.check()
    with left.expect_navigation():
        left.locator("button[form=act][value=saved], #act button[value=saved]").first.click()
    right.reload()
    expect(right.locator("main .card", has_text=title).first.locator(".kept").count() == 1, "a reload shows what was saved")
    close(windows, demo)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kapture", required=True)
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    arguments = parser.parse_args()
    demo = Demo(os.path.abspath(arguments.kapture))
    try:
        with sync_playwright() as playwright:
            flags = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
            without(browser, demo)
            trends(browser, demo)
            board(browser, demo, typing(browser, demo))
            hidden(browser, demo)
            scriptless(browser, demo)
            restarted(browser, demo)
            signed_out(browser, demo)
            browser.close()
    finally:
        demo.stop()
    print(f"{visit.checks - len(visit.problems)} passed, {len(visit.problems)} failed")
    sys.exit(1 if visit.problems else 0)


if __name__ == "__main__":
    main()
