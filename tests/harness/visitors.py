"""A load generator as small as can be: one thread, a few kept connections, each asking in turn.

Python threads would hold each other up and be measured instead of the house; here every
connection asks again the moment its answer is whole, and the whole costs some 60 µs a request.
"""

import itertools
import secrets
import selectors
import socket
import statistics
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit

HEAD_END = b"\r\n\r\n"
LONGEST_ANSWER = 120


@dataclass
class Tally:
    """What came back: seconds of every answer, statuses, and how long all of it took."""

    seconds: float = 0.0
    latencies: list = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)

    @property
    def rate(self):
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    @property
    def faults(self):
        """Answers of 500 and above."""
        return sum(count for status, count in self.statuses.items() if status >= 500)

    def percentile(self, share):
        """Seconds within which that share of the answers came."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    @property
    def median(self):
        """Half of the answers were quicker, in seconds."""
        return statistics.median(self.latencies) if self.latencies else 0.0

    def add(self, other):
        """The same, and what somebody else counted."""
        self.seconds += other.seconds
        self.latencies += other.latencies
        self.statuses += other.statuses


def request_bytes(address, path, headers=None, form=None):
    """A GET as it goes over the wire, or the POST of a form.

    A form carries a token of its own making, in its cookie and in its header, as a page's would.
    """
    headers = dict(headers or {})
    body = b""
    if form is not None:
        token = secrets.token_hex(16)
        headers["Cookie"] = f"{without_token(headers.get('Cookie', ''))}csrftoken={token}"
        headers["X-CSRFToken"] = token
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form, doseq=True).encode()
        headers["Content-Length"] = str(len(body))
    lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1"]
    lines += [f"Host: {urlsplit(address).netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def without_token(cookies):
    """Cookies as a header has them, each ended by a semicolon, the form's own left out."""
    kept = [each for each in cookies.split("; ") if each and not each.startswith("csrftoken=")]
    return "".join(f"{each}; " for each in kept)


class Connection:
    """One kept connection: what was asked on it, and what has come of the answer."""

    def __init__(self, place, feed, selector):
        self.place, self.feed, self.selector = place, feed, selector
        self.socket = None

    def open(self):
        """Connect anew: the server closes a connection now and then."""
        self.close()
        self.socket = socket.create_connection(self.place, timeout=LONGEST_ANSWER)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.selector.register(self.socket, selectors.EVENT_READ, self)

    def close(self):
        """Leave."""
        if self.socket is not None:
            self.selector.unregister(self.socket)
            self.socket.close()
            self.socket = None

    def ask(self):
        """Send the next request, and its clock starts; whether there was one."""
        self.sent = next(self.feed, None)
        if self.sent is None:
            self.close()
            return False
        self.began = time.perf_counter()
        self.send()
        return True

    def send(self):
        """Send it, over a new connection when the old one is gone."""
        self.answer, self.length, self.last = bytearray(), None, False
        try:
            if self.socket is None:
                self.open()
            self.socket.sendall(self.sent)
        except OSError:
            self.open()
            self.socket.sendall(self.sent)

    def read(self):
        """Take what came; the status once the answer is whole, else None."""
        try:
            piece = self.socket.recv(262_144)
        except ConnectionError:
            piece = b""
        if not piece:
            if self.answer:
                raise RuntimeError("an answer broke off")
            # Closed between two requests, as a server may: asked again.
            self.close()
            self.send()
            return None
        self.answer += piece
        return self.status_if_whole()

    def status_if_whole(self):
        end = self.answer.find(HEAD_END)
        if end < 0:
            return None
        if self.length is None:
            head = bytes(self.answer[:end]).lower()
            self.last = b"connection: close" in head
            self.length = length_of(head)
        body = len(self.answer) - end - len(HEAD_END)
        whole = self.answer.endswith(b"0\r\n\r\n") if self.length is None else body >= self.length
        if not whole:
            return None
        if self.last:
            self.close()
        return int(self.answer[9:12])


def length_of(head):
    """The length an answer says it has; None when it comes in chunks."""
    for line in head.split(b"\r\n")[1:]:
        name, _colon, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    return None


def visit(address, requests, *, seconds, at_once=8, most=None):
    """Ask for some seconds, `at_once` connections at a time; each goes round the requests.

    `most` is how many answers are enough even before that. Every connection starts elsewhere in
    the round, so that they do not all ask for the same.
    """
    until, tally = time.perf_counter() + seconds, Tally()

    def go_round(number):
        for turn in itertools.count(number * len(requests) // at_once):
            enough = most is not None and len(tally.latencies) >= most
            if enough or time.perf_counter() >= until:
                return
            yield requests[turn % len(requests)]

    return run(address, [go_round(number) for number in range(at_once)], tally)


def send_all(address, requests, *, at_once=8):
    """Send every request once, `at_once` at a time."""
    waiting = iter(requests)
    return run(address, [waiting] * at_once, Tally())


def run(address, feeds, tally):
    """Ask and read on one connection a feed until the last answer has come."""
    parts = urlsplit(address)
    began = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        connections = [Connection((parts.hostname, parts.port), feed, selector) for feed in feeds]
        try:
            asking = sum(connection.ask() for connection in connections)
            while asking:
                asking -= take_answers(selector, tally)
        finally:
            for connection in connections:
                connection.close()
    tally.seconds = time.perf_counter() - began
    return tally


def take_answers(selector, tally):
    """Read what has come and ask on; how many connections have nothing more to ask."""
    ready = selector.select(LONGEST_ANSWER)
    if not ready:
        raise RuntimeError(f"no answer within {LONGEST_ANSWER} s")
    ended = 0
    for key, _events in ready:
        connection = key.data
        status = connection.read()
        if status is None:
            continue
        tally.latencies.append(time.perf_counter() - connection.began)
        tally.statuses[status] += 1
        ended += not connection.ask()
    return ended


class Browser:
    """Somebody who signs in with a password and keeps the cookies."""

    def __init__(self, address):
        self.address = address
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        """The page, after whatever it leads to."""
        return self.send(path)

    def post(self, path, **fields):
        """Send a form with the token of its own page."""
        page = self.get(path)[1]
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        return self.send(path, urlencode({"csrfmiddlewaretoken": token, **fields}).encode())

    def send(self, path, body=None):
        """Status and text of an answer."""
        try:
            with self.opener.open(self.address + path, body, timeout=LONGEST_ANSWER) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def sign_in(self, email, password):
        """A session of one's own; raises when the door stays shut."""
        self.post("/login/", login=email, password=password)
        if not any(cookie.name == "session" for cookie in self.jar):
            raise RuntimeError(f"{email} was not let in")
        return self

    @property
    def headers(self):
        """What a request of this person carries."""
        return {"Cookie": "; ".join(f"{each.name}={each.value}" for each in self.jar)}
