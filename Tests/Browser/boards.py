#!/usr/bin/env python3
"""Writes and shares an ideaboard in a real Chromium, with scripts and without: autosave, preview, a lost connection, a
closed tab, a conflict of two windows, history, evidence, sharing.

Usage: boards.py --kapture PROGRAM [--chromium PROGRAM] [--screenshots FOLDER]
"""
import argparse
import os
import re
import shutil
import sys

import visit
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from visit import Demo, Visit, expect

BOARD = re.compile(r"/ideaboards/[0-9a-f-]{36}/$")


def new_board(page, demo, title):
    page.goto(demo.address + "/ideaboards/")
    page.fill("main [name=title]", title)
    page.click("main button:has-text('New board')")
    page.wait_for_url(BOARD)
    return page.url


def saves(page, count=1):
    page.wait_for_selector("form[data-state=saved]", timeout=10_000)


def writing(browser, demo, look):
    visit = Visit(browser, demo)
    page = visit.page
    visit.sign_in()
    url = new_board(page, demo, "Written by itself")
    expect(page.locator("#content").is_visible(), "the editor of a board without text is open")
    page.fill("#content", "## Hook\n\nfirst words")
    saves(page)
    page.wait_for_selector("[data-preview] h2:has-text('Hook')")
    look(visit, "board")
    page.reload()
    expect(page.locator("article.prose").inner_text().startswith("Hook"), "what was saved by itself is in the page")
    page.click("summary:has-text('Edit')")
    page.press("#content", "End")
    page.fill("#content", "saved by key")
    page.keyboard.press("Control+s")
    saves(page)
    # A connection that is lost, and a tab that is closed meanwhile.
    visit.context.set_offline(True)
    page.fill("#content", "typed without a network")
    page.wait_for_selector("form[data-state=offline]", timeout=10_000)
    page.close()
    visit.context.set_offline(False)
    page = visit.page = visit.context.new_page()
    page.goto(url)
    expect(page.input_value("#content") == "typed without a network", "a closed tab loses no word")
    saves(page)
    page.reload()
    expect("typed without a network" in page.locator("article.prose").inner_text(), "and it is saved later")
    visit.context.close()
    return url


def conflict(browser, demo, url, look):
    visit = Visit(browser, demo)
    visit.sign_in()
    left, right = visit.page, visit.context.new_page()
    for page in (left, right):
        page.goto(url)
        page.click("summary:has-text('Edit')")
    right.evaluate("localStorage.clear()")
    left.fill("#content", "start\nleft window\nend")
    saves(left)
    right.fill("#content", "start\nright window\nend")
    right.wait_for_selector("form[data-state=conflict]", timeout=10_000)
    right.click("form[data-editor] button:has-text('Save')")
    right.wait_for_selector("h1:has-text('Two versions')")
    visit.page = right
    look(visit, "conflict")
    text = right.locator("main").inner_text()
    expect("left window" in text and "right window" in text, "a conflict shows both texts")
    joined = right.input_value("#content")
    expect(joined == "start\nright window\nleft window\nend", f"and joins them: {joined!r}")
    right.goto(url)
    expect("right window" in right.input_value("#content"), "leaving the page of a conflict loses no word")
    right.wait_for_selector("form[data-state=saved]", timeout=10_000)
    right.goto(url)
    expect("right window" in right.locator("article.prose").inner_text(), "and it can still be saved")
    visit.context.close()


def reading(page):
    return page.locator("article.prose").inner_text()


def by_forms(browser, demo, look):
    visit = Visit(browser, demo, scripts=False)
    page = visit.page
    visit.sign_in()
    url = new_board(page, demo, "Written by form")
    page.fill("#content", "one")
    page.fill("#tags", "hooks, plans")
    page.select_option("#status", "published")
    page.click("main button:has-text('Preview')")
    expect(page.input_value("#tags") == "hooks, plans" and "one" in reading(page), "a preview keeps what was typed")
    page.click("form.editor button:has-text('Save')")
    page.wait_for_url(url)
    expect("one" in reading(page) and page.locator(".status.published").count() == 1, "a form saves text and status")
    stale = visit.context.new_page()
    stale.goto(url)
    page.click("summary:has-text('Edit')")
    page.fill("#content", "two")
    page.click("form.editor button:has-text('Save')")
    page.wait_for_url(url)
    stale.click("summary:has-text('Edit')")
    stale.fill("#content", "three")
    stale.click("form.editor button:has-text('Save')")
    expect("two" in stale.locator("main").inner_text() and "three" in stale.locator("main").inner_text(), "a late form shows both")
    stale.click("button:has-text('Save what I wrote')")
    stale.wait_for_url(url)
    expect("three" in reading(stale), "and either can be taken")
    evidence(visit, page, demo, url)
    history(page, url)
    sharing(browser, visit, page, url, look)
    page.goto(url)
    page.click("summary:has-text('Delete this board')")
    page.click("button:has-text('Delete for good')")
    page.wait_for_url("**/ideaboards/")
    expect("Written by form" not in page.locator("main").inner_text(), "a deleted board is gone from the list")
    visit.context.close()


def evidence(visit, page, demo, url):
    page.goto(demo.address + "/trends/")
    for place in (0, 1):
        page.goto(demo.address + "/trends/")
        page.locator("main .card h3 a").nth(place).click()
        page.click("a:has-text('Add to ideaboard')")
        page.select_option("#board", label="Written by form")
        page.click("button:has-text('Add to this board')")
        page.wait_for_url(url)
    expect(page.locator("aside .card").count() == 2, "a trend's page adds it to a board")
    first = page.locator("aside .card h3").first.inner_text()
    page.click("summary:has-text('Order and detach')")
    page.click("button:has-text('Up')")
    page.wait_for_url(url)
    expect(page.locator("aside .card h3").nth(1).inner_text() == first, "evidence moves up")
    page.click("summary:has-text('Order and detach')")
    page.locator("button:has-text('Detach')").first.click()
    page.wait_for_url(url)
    expect(page.locator("aside .card").count() == 1, "evidence is detached")


def history(page, url):
    page.goto(url)
    page.click("main a:has-text('History')")
    page.locator("aside li a").last.click()
    page.click("button:has-text('Restore this version')")
    page.wait_for_url(url)
    expect("no text yet" in reading(page), "the first version is restored")
    page.click("main a:has-text('History')")
    page.locator("aside li a").nth(1).click()
    page.click("button:has-text('Restore this version')")
    page.wait_for_url(url)
    expect("three" in reading(page), "and what was there before it, too")


def sharing(browser, visit, page, url, look):
    page.goto(url)
    page.click("button:has-text('Share this board')")
    page.wait_for_url(url)
    address = page.locator("#share a").get_attribute("href")
    stranger = Visit(browser, visit.demo)
    stranger.open(address)
    look(stranger, "shared")
    expect("three" in stranger.page.locator("main").inner_text(), "a stranger reads a shared board")
    expect(visit.demo.email not in stranger.page.content(), "without its owner's address")
    page.click("button:has-text('Stop sharing')")
    page.wait_for_url(url)
    stranger.open(address, 404)
    stranger.context.close()


def keys(browser, demo):
    visit = Visit(browser, demo)
    visit.sign_in()
    visit.open("/trends/")
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(re.compile(r"/trends/[0-9a-f-]{36}/$"))
    visit.page.keyboard.press("b")
    expect(visit.page.evaluate("document.activeElement.textContent") == "Add to ideaboard", "b goes to the button")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/ideaboards/attach/**")
    expect(visit.page.evaluate("document.activeElement.name") == "board", "which leads to the choice of a board")
    visit.context.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kapture", required=True)
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    parser.add_argument("--screenshots")
    arguments = parser.parse_args()
    axe = Axe()

    def look(visit, name):
        visit.complaints[:] = [c for c in visit.complaints if "409" not in c]
        for width, height, scheme in ((1440, 900, "light"), (1440, 900, "dark"), (360, 740, "light"), (360, 740, "dark")):
            visit.page.set_viewport_size({"width": width, "height": height})
            visit.page.emulate_media(color_scheme=scheme)
            visit.width, visit.scheme = width, scheme
            # A sandboxed page runs no script, and so no axe either.
            visit.check(name, None if name == "shared" else axe)
            if arguments.screenshots:
                os.makedirs(arguments.screenshots, exist_ok=True)
                visit.page.screenshot(path=f"{arguments.screenshots}/{name}-{width}-{scheme}.png", full_page=True)
        visit.page.set_viewport_size({"width": 1440, "height": 900})

    demo = Demo(os.path.abspath(arguments.kapture))
    try:
        with sync_playwright() as playwright:
            flags = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
            url = writing(browser, demo, look)
            conflict(browser, demo, url, look)
            by_forms(browser, demo, look)
            keys(browser, demo)
            browser.close()
    finally:
        demo.stop()
    print(f"{visit.checks - len(visit.problems)} passed, {len(visit.problems)} failed")
    sys.exit(1 if visit.problems else 0)


if __name__ == "__main__":
    main()
