#!/usr/bin/env python3
"""Keeps a library in a real Chromium, with scripts and without: collections, tags, filing, searching, and what the buttons
write into the query.

Usage: library.py --kapture PROGRAM [--chromium PROGRAM] [--screenshots FOLDER]
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

COLLECTION = re.compile(r"/library/collections/[0-9a-f-]{36}/$")


def text(page, selector="main"):
    return page.locator(selector).inner_text()


def until(page, holds, what):
    """Waits for what a page's own script does; pages forbid evaluated conditions."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    expect(False, what)


def count(page, selector):
    return page.locator("[data-results] " + selector).count()


def titles(page):
    return page.locator("[data-results] .card h3").all_inner_texts()


def by_forms(browser, demo, look):
    visit = Visit(browser, demo, scripts=False)
    page = visit.page
    visit.sign_in()
    visit.open("/trends/")
    for place in range(3):
        page.locator("main .card [name=ids]").nth(place).check()
    page.click(".bulk button:has-text('Save')")
    page.goto(demo.address + "/ideaboards/")
    page.fill("main [name=title]", "Kept by form")
    page.click("main button:has-text('New board')")
    visit.open("/library/")
    expect(len(titles(page)) >= 4, f"the library has what was saved and written: {titles(page)}")
    page.fill("#name", "Hooks that worked")
    page.click(".shelf button:has-text('Make')")
    page.wait_for_url(COLLECTION)
    expect("add them to this collection" in text(page), "a new collection says how it is filled")
    look(visit, "collection-empty")
    visit.open("/library/")
    page.locator("[name=ids]").first.check()
    page.locator("[name=boards]").first.check()
    page.select_option(".bulk select", label="Hooks that worked")
    page.fill(".bulk [name=add_tags]", "opening")
    page.click(".bulk button:has-text('File')")
    page.wait_for_url("**/library/")
    expect(re.search(r"#opening\s+2", text(page, ".shelf")), f"tags are counted: {text(page, '.shelf')!r}")
    look(visit, "library")
    page.click(".shelf a:has-text('Hooks that worked')")
    page.wait_for_url(COLLECTION)
    expect(len(titles(page)) == 2, "the collection holds a board and a trend")
    expect(page.input_value("#find").startswith('in:"Hooks that worked"'), "and its search begins in it")
    look(visit, "collection")
    page.fill("#find", 'tag:opening -kind:board')
    page.press("#find", "Enter")
    page.wait_for_url("**/library/search/?q=*")
    expect(len(titles(page)) == 1 and "1 match" in text(page), "a search by form finds one")
    look(visit, "search")
    page.click("search .chip:has-text('YouTube')")
    expect(page.input_value("#find").endswith("platform:youtube"), "a button writes its term")
    page.click("search .chip:has-text('YouTube')")
    expect(page.input_value("#find") == "tag:opening -kind:board", "and takes it away again")
    page.fill("#find", 'is:happy "open')
    page.click("search button:has-text('Search')")
    expect("must be one of" in text(page, "[data-problem]") and page.input_value("#find") == 'is:happy "open',
           "a wrong query names its rule and keeps what was typed")
    look(visit, "search-problem")
    renaming(page, demo)
    visit.context.close()


def renaming(page, demo):
    page.goto(demo.address + "/library/")
    page.fill("#name", "HOOKS that worked")
    page.click(".shelf button:has-text('Make')")
    expect("already the name" in text(page) and page.input_value("#name") == "HOOKS that worked", "a name taken is named")
    page.goto(demo.address + "/library/")
    page.click(".shelf a:has-text('Hooks that worked')")
    page.click("summary:has-text('Rename or delete')")
    page.fill("#rename", "Openings")
    page.click("button:has-text('Rename')")
    page.wait_for_url(COLLECTION)
    expect(text(page, "h1") == "Openings", "a collection is renamed")
    page.locator("[name=ids]").first.check()
    page.click("button:has-text('Take out')")
    page.wait_for_url(COLLECTION)
    expect(len(titles(page)) == 1, "what is taken out is gone from it")
    page.click("summary:has-text('Rename or delete')")
    page.click("button:has-text('Delete this collection')")
    page.wait_for_url("**/library/")
    expect("Openings" not in text(page, ".shelf") and len(titles(page)) >= 4, "a deleted collection leaves what it held")


def typing(browser, demo, look):
    visit = Visit(browser, demo)
    page = visit.page
    visit.sign_in()
    visit.open("/library/")
    page.keyboard.press("/")
    expect(page.evaluate("document.activeElement.id") == "find", "/ goes to the search of the library")
    everything = len(titles(page))
    page.keyboard.type("kind:board")
    page.wait_for_url("**/library/search/?q=kind%3Aboard")
    until(page, lambda: count(page, "[name=ids]") == 0, "no trend is left")
    expect(0 < len(titles(page)) < everything, "results follow what is typed")
    page.click("search .chip:has-text('Boards')")
    until(page, lambda: page.input_value("#find") == "", "the term is taken away")
    until(page, lambda: count(page, ".card") == everything, "everything is there again")
    page.click("search .chip:has-text('Trends')")
    until(page, lambda: count(page, "[name=boards]") == 0, "no board is left")
    expect(page.input_value("#find") == "kind:trend", "a button writes into the field")
    expect(page.locator("[data-results] .does").count() == page.locator("[data-results] [name=ids]").count(),
           "cards that came later have their buttons too")
    page.click("search button:has-text('Last 7 days')")
    page.wait_for_url("**after*")
    expect(re.search(r"after:\d{4}-\d\d-\d\d", page.input_value("#find")), "days are written as a date")
    page.fill("#find", '"open')
    page.wait_for_selector("[data-problem] p")
    expect(visit.page.locator("#find").get_attribute("aria-invalid") is not None, "a wrong query is marked while it is typed")
    visit.complaints[:] = [c for c in visit.complaints if "422" not in c]
    page.keyboard.press("Escape")
    until(page, lambda: page.locator("[data-problem] p").count() == 0, "Escape clears the query")
    look(visit, "typing")
    page.fill("#find", "kind:trend")
    until(page, lambda: count(page, "[name=boards]") == 0, "no board is left")
    before = len(titles(page))
    page.locator("[data-results] [name=ids]").first.check()
    expect("1 selected" in text(page, ".bulk"), "the bar counts")
    page.click(".bulk button:has-text('Unsave')")
    page.wait_for_selector(".toast")
    page.click(".toast button:has-text('Undo')")
    page.reload()
    expect(len(titles(page)) == before, "what was unsaved comes back with Undo")
    page.click("a:has-text('Search all trends')")
    page.wait_for_url("**/search/?q=*")
    expect(len(titles(page)) == 20 and page.locator("nav.pages").count() == 1, "everything is searched page by page")
    page.click("nav.pages a:has-text('Next')")
    page.wait_for_url("**page=2")
    expect("Page 2 of" in text(page), "and the second page is there")
    visit.context.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kapture", required=True)
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    parser.add_argument("--screenshots")
    arguments = parser.parse_args()
    axe = Axe()

    def look(visit, name):
        visit.complaints[:] = [c for c in visit.complaints if "422" not in c]
        for width, height, scheme in ((1440, 900, "light"), (1440, 900, "dark"), (360, 740, "light"), (360, 740, "dark")):
            visit.page.set_viewport_size({"width": width, "height": height})
            visit.page.emulate_media(color_scheme=scheme)
            visit.width, visit.scheme = width, scheme
            visit.check(name, axe if name == "typing" else None)
            if arguments.screenshots:
                os.makedirs(arguments.screenshots, exist_ok=True)
                visit.page.screenshot(path=f"{arguments.screenshots}/{name}-{width}-{scheme}.png", full_page=True)
        visit.page.set_viewport_size({"width": 1440, "height": 900})

    def look_again(browser, demo):
        """axe needs scripts: the pages that forms made, once more with them."""
        visit_again = Visit(browser, demo)
        visit_again.sign_in()
        for address in ("/library/", "/search/?q=", "/search/?q=nothing+fits+this", "/library/search/?q=is:happy"):
            visit_again.page.goto(demo.address + address)
            visit_again.complaints[:] = [c for c in visit_again.complaints if "422" not in c]
            visit_again.check(address, axe)
        visit_again.context.close()

    demo = Demo(os.path.abspath(arguments.kapture))
    try:
        with sync_playwright() as playwright:
            flags = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=arguments.chromium, args=flags)
            by_forms(browser, demo, look)
            typing(browser, demo, look)
            look_again(browser, demo)
            browser.close()
    finally:
        demo.stop()
    print(f"{visit.checks - len(visit.problems)} passed, {len(visit.problems)} failed")
    sys.exit(1 if visit.problems else 0)


if __name__ == "__main__":
    main()
