"""Requests at a steady rate to an installation that `kapture demo` filled, until SIGINT: pages and reads of the API, and
on each of its ideaboards one writer whose edits name the version before, so that a lost or a repeated edit shows.
Usage: steady-load.py ADDRESS FACTS RATE. Fails when a request failed."""
import http.client
import json
import queue
import signal
import sys
import threading
import time
import urllib.parse

address, facts, rate = sys.argv[1], dict(line.rstrip("\n").split(": ", 1) for line in open(sys.argv[2])), int(sys.argv[3])
host = urllib.parse.urlsplit(address).netloc
stop = threading.Event()
lock = threading.Lock()
failures, times = [], []


class Visitor:
    """One connection, kept open, of one browser that is signed in."""

    def __init__(self, cookie=None):
        self.link, self.cookie = http.client.HTTPConnection(host, timeout=10), cookie

    def ask(self, method, path, body=None, form=False, due=None):
        headers = {"Origin": address, "Accept": "text/html" if form else "*/*"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded" if form else "application/json"
            body = urllib.parse.urlencode(body) if form else json.dumps(body)
        due = due or time.monotonic()
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        text = answer.read()
        with lock:
            times.append(time.monotonic() - due)
        return answer, text


def fail(what):
    with lock:
        failures.append(what)


def sign_in():
    answer, text = Visitor().ask("POST", "/api/auth/sign-in", {"email": facts["email"], "password": facts["password"]})
    assert answer.status == 200, text
    return answer.getheader("Set-Cookie").split(";")[0]


def read(cookie, due):
    """Reads what falls due, each at its time."""
    visitor, count = Visitor(cookie), 0
    pages = ["/dashboard/", "/trends/", "/api/ideaboards", "/library/", "/api/trends?limit=5", "/pricing/"]
    while (moment := due.get()) is not None:
        path, count = pages[count % len(pages)], count + 1
        try:
            answer, text = visitor.ask("GET", path, due=moment)
            if answer.status != 200 or len(text) < 200:
                fail(f"GET {path}: {answer.status} {text[:100]}")
        except (OSError, http.client.HTTPException) as error:
            fail(f"GET {path}: {error!r}")
            visitor = Visitor(cookie)


def write(cookie, board, pause):
    """Edits one board, as a form and as JSON in turn; then looks whether its page shows it."""
    visitor, version = Visitor(cookie), board["version"]
    while not stop.is_set():
        text, form = f"Edit after version {version}.", version % 2 == 0
        edit = {"version": version, "title": board["title"], "content": text}
        try:
            if form:
                answer, said = visitor.ask("POST", f"/api/ideaboards/{board['id']}/save", edit, form=True)
            else:
                answer, said = visitor.ask("PATCH", f"/api/ideaboards/{board['id']}", edit)
            if answer.status != (303 if form else 200):
                return fail(f"edit of version {version}: {answer.status} {said[:300]}")
            version += 1
            answer, page = visitor.ask("GET", f"/ideaboards/{board['id']}/")
            if answer.status != 200 or text.encode() not in page:
                fail(f"the page does not show the edit that was answered ({answer.status})")
        except (OSError, http.client.HTTPException) as error:
            return fail(f"edit: {error!r}")
        stop.wait(pause)


cookie = sign_in()
boards = json.loads(Visitor(cookie).ask("GET", "/api/ideaboards")[1])["data"]
due = queue.Queue()
readers = [threading.Thread(target=read, args=(cookie, due)) for _ in range(24)]
writers = [threading.Thread(target=write, args=(cookie, board, 0.1)) for board in boards]
signal.signal(signal.SIGINT, lambda *_: stop.set())
for thread in readers + writers:
    thread.start()
print("begun", flush=True)
times.clear()
began = time.monotonic()
count = 0
while not stop.is_set():
    while (moment := began + count / (rate - 18 * len(boards))) <= time.monotonic():
        due.put(moment)
        count += 1
    time.sleep(0.002)
for _ in readers:
    due.put(None)
for thread in readers + writers:
    thread.join()
seconds = time.monotonic() - began
times.sort()
at = lambda share: times[int(len(times) * share)] * 1000
print(f"{len(times)} requests in {seconds:.0f} s, {len(times) / seconds:.0f} a second, {len(failures)} failed; "
      f"median {at(0.5):.1f} ms, p99 {at(0.99):.1f} ms, longest {times[-1] * 1000:.0f} ms")
for failure in failures[:10]:
    print(failure, file=sys.stderr)
sys.exit(1 if failures or not times else 0)
