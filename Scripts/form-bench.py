"""Posts forms to what `kapture bench api` serves, follows each to the page it leads to, and looks for the change there.
Usage: form-bench.py FACTS USERS EDITS. The answer leaves after the manifest is renamed, so the time until the answer
is the time to the renamed manifest, with a few tenths of a millisecond of this client's own."""
import http.client
import json
import random
import socket
import sys
import time
import urllib.parse

facts, users, edits = json.load(open(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
address = facts["address"]
words = "quick creator builds audience short videos cooking travel music fitness design code science art".split()


class Browser:
    def __init__(self, creator):
        self.creator = creator
        self.link = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=30)
        self.link.connect()
        self.link.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, method, path, body=None):
        headers = {"Cookie": self.creator["cookie"], "Accept": "text/html", "Accept-Encoding": "gzip"}
        if body is not None:
            headers |= {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
        else:
            headers["Accept-Encoding"] = "identity"
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        return answer, answer.read().decode()

    def post(self, path, fields):
        """Seconds until the answer, and the text of the page that it leads to."""
        body = urllib.parse.urlencode(fields)
        started = time.perf_counter()
        answer, text = self.ask("POST", path, body)
        seconds = time.perf_counter() - started
        assert answer.status == 303, (answer.status, text[:500])
        page, text = self.ask("GET", answer.getheader("Location"))
        assert page.status == 200, page.status
        return seconds, text


def show(title, times):
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))] * 1000
    print(f"{title}: median {at(0.5):.2f} ms, p99 {at(0.99):.2f} ms, longest {times[-1] * 1000:.1f} ms, {len(times)} runs")


def edit_boards(title, browsers):
    versions = {}
    def edit(browser, number):
        board = browser.creator["board"]
        if board not in versions:
            versions[board] = json.loads(browser.ask("GET", f"/api/ideaboards/{board}")[1])["data"]
        mark = f"Edit {number} of the bench."
        text = "\n\n".join([f"## {mark}"] + [" ".join(random.choices(words, k=60)) for _ in range(5)])
        seconds, page = browser.post(
            f"/api/ideaboards/{board}/save",
            {"version": versions[board]["version"], "title": versions[board]["title"], "content": text})
        assert mark in page, "the page does not show the edit"
        versions[board]["version"] += 1
        return seconds
    show(title, [edit(browsers[number % len(browsers)], number) for number in range(edits)])


def save_trends(title, browser):
    saved = set()
    def save(trend):
        state = "seen" if trend in saved else "saved"
        seconds, page = browser.post(f"/api/trends/{trend}/state", {"state": state})
        assert (">Unsave</button>" in page) == (state == "saved"), "the page does not show the state"
        saved.symmetric_difference_update([trend])
        return seconds
    trends = browser.creator["trends"]
    show(title, [save(random.choice(trends)) for _ in range(edits)])


browsers = [Browser(creator) for creator in facts["creators"]]
rich = browsers.pop()
edit_boards(f"ideaboard edited by form, {len(browsers)} of {users} users", browsers)
edit_boards("ideaboard edited by form, user with many trends", [rich])
save_trends("trend saved by form, that user", rich)
