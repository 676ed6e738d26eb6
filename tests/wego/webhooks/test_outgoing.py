"""No address that somebody types leads into the own network (SSRF), whatever it looks like."""

import socket

import pytest
from django.core.exceptions import ValidationError

from tests.wego.webhooks.receiver import Receiver
from wego.webhooks import outgoing

HOST = "hooks.city.example"


@pytest.fixture
def named(monkeypatch):
    """What a name resolves to, one answer after another."""
    answers = []

    def look_up(host, port, **_options):
        if not answers:
            raise socket.gaierror
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return answers


@pytest.fixture
def connected(monkeypatch):
    """Where a connection would have gone."""
    tried = []

    def refuse(address, **_options):
        tried.append(address)
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.city.example/",
        "ftp://hooks.city.example/",
        "file:///etc/passwd",
        "gopher://hooks.city.example/",
        "//hooks.city.example/",
        "https://",
        "https:///told",
        "https://user:secret@hooks.city.example/",
        "https://hooks.city.example/#part",
        "https://hooks.city.example:0/",
        "https://hooks.city.example:99999/",
        "https://[::1/",
        "https://도시.example/",
        "https://hooks.city.example/a b",
        "https://hooks.city.example/\r\nHost: other",
        "https://hooks.city.example/" + "x" * 500,
        "javascript:alert(1)",
        "",
    ],
)
def test_what_is_no_https_address_is_refused(url, named, connected):
    named.append(["93.184.216.34"])

    with pytest.raises(ValidationError):
        outgoing.check_url(url)
    with pytest.raises(outgoing.RefusedAddressError):
        outgoing.post(url, b"{}", {})

    assert connected == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "fc00::1",
        "fe80::1%eth0",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:53aa:64c:0:0:0:1",
        "2001:db8::1",
    ],
)
def test_an_address_of_the_own_network_is_never_connected_to(address, named, connected):
    named.append([address])

    assert not outgoing.is_public(address)
    with pytest.raises(outgoing.RefusedAddressError):
        outgoing.post(f"https://{HOST}/", b"{}", {})

    assert connected == []


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111"])
def test_a_public_address_is_connected_to(address, named, connected):
    named.append([address])

    with pytest.raises(ConnectionRefusedError):
        outgoing.post(f"https://{HOST}/", b"{}", {})

    assert connected == [(address, 443)]


def test_one_private_address_among_public_ones_is_enough_to_refuse(named, connected):
    named.append(["93.184.216.34", "10.0.0.1"])

    with pytest.raises(outgoing.RefusedAddressError):
        outgoing.post(f"https://{HOST}/", b"{}", {})

    assert connected == []


def test_a_name_that_answers_differently_the_second_time_gains_nothing(named, connected):
    named.extend([["93.184.216.34"], ["127.0.0.1"]])

    with pytest.raises(ConnectionRefusedError):
        outgoing.post(f"https://{HOST}/", b"{}", {})

    assert connected == [("93.184.216.34", 443)]
    assert named == [["127.0.0.1"]]


def test_a_number_that_means_this_machine_is_refused(connected):
    for host in ("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"):
        with pytest.raises(outgoing.RefusedAddressError):
            outgoing.post(f"https://{host}/", b"{}", {})

    assert connected == []


def test_an_unknown_name_is_refused(named):
    with pytest.raises(outgoing.RefusedAddressError):
        outgoing.post(f"https://{HOST}/", b"{}", {})


def test_redirects_are_not_followed(settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    with Receiver() as other, Receiver(302, {"Location": other.url}) as first:
        answer = outgoing.post(first.url, b"{}", {})

    assert (answer.status, other.messages) == (302, [])


def test_an_answer_is_cut(settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"

    import threading

    def answer():
        peer, _address = listener.accept()
        peer.recv(65536)
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 100_000)
        peer.close()

    threading.Thread(target=answer, daemon=True).start()
    found = outgoing.post(url, b"{}", {})
    listener.close()

    assert (found.status, len(found.text)) == (200, outgoing.LONGEST_ANSWER)


def test_a_server_that_never_ends_its_answer_is_left(settings, monkeypatch):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    monkeypatch.setattr(outgoing, "DEADLINE_SECONDS", 0.5)
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"

    import threading
    import time

    def drip():
        peer, _address = listener.accept()
        try:
            for _each in range(100):
                peer.sendall(b"H")
                time.sleep(0.1)
        except OSError:
            peer.close()

    threading.Thread(target=drip, daemon=True).start()
    with pytest.raises(ConnectionError):
        outgoing.post(url, b"{}", {})
    listener.close()


def test_a_server_that_speaks_no_http_is_an_error_like_any_other(settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"

    import threading

    def answer():
        peer, _address = listener.accept()
        peer.recv(65536)
        peer.sendall(b"220 smtp ready\r\n")
        peer.close()

    threading.Thread(target=answer, daemon=True).start()
    with pytest.raises(ConnectionError):
        outgoing.post(url, b"{}", {})
    listener.close()
