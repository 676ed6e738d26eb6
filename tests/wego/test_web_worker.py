"""Requests that cannot be read: a real gunicorn answers with a problem, and logs nobody."""

import json
import socket

import pytest
from gunicorn.http.errors import InvalidRequestLine, LimitRequestHeaders, LimitRequestLine

from tests.harness.served import served
from wego.web_worker import tell

MARKED = "Ana-Kathmandu"
UNREAD = {
    "an address too long": (f"GET /api/v1/members?q={MARKED}{'x' * 9000} HTTP/1.1\r\n\r\n", 414),
    "no request": (f"{MARKED}\r\n\r\n", 400),
    "no version": (f"GET /{MARKED} HTTP/9\r\n\r\n", 400),
    "a header that is none": (f"GET / HTTP/1.1\r\nHost: a\r\n{MARKED}\r\n\r\n", 400),
    "headers too large": (f"GET / HTTP/1.1\r\nHost: a\r\nX-Long: {MARKED * 900}\r\n\r\n", 431),
    "another coding": ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: br\r\n\r\n", 501),
}


def ask(port, text):
    """Head and body of an answer to bytes on the wire."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(text.encode())
        wire.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
    head, _blank, body = answer.decode().partition("\r\n\r\n")
    return head.splitlines(), body


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house under gunicorn; where it answers, and its log."""
    folder = tmp_path_factory.mktemp("house")
    with served(folder, f"sqlite:///{folder}/wego.sqlite3", fill="", workers=1) as house:
        yield house


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("what", UNREAD)
def test_what_cannot_be_read_is_answered_with_a_problem(house, what):
    text, status = UNREAD[what]
    head, body = ask(int(house.address.rpartition(":")[2]), text)

    assert head[0].split()[1] == str(status)
    assert "Content-Type: application/problem+json" in head
    assert "X-Content-Type-Options: nosniff" in head
    assert json.loads(body)["status"] == status
    assert MARKED not in "".join(head) + body


@pytest.mark.slow
@pytest.mark.once
def test_control_what_can_be_read_is_answered_by_the_house(house):
    assert house.ask("/healthz")[0] == 200


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (LimitRequestLine(9000, 4094), "HTTP/1.1 414 Request-URI Too Long"),
        (LimitRequestHeaders("limit"), "HTTP/1.1 431 Request Header Fields Too Large"),
        (InvalidRequestLine(MARKED), "HTTP/1.1 400 Bad Request"),
    ],
)
def test_the_answer_names_its_status_and_nothing_that_was_sent(error, line):
    head, _blank, body = tell(error).decode().partition("\r\n\r\n")

    assert head.splitlines()[0] == line
    assert f"Content-Length: {len(body.encode())}" in head
    assert MARKED not in head + body
