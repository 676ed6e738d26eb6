"""The one place where the house asks an address that somebody typed: only public ones, over TLS.

The name is resolved once, every address it has must be a public one, and the connection goes to the
very address that was looked at: a name that answers differently the second time gains nothing.
Redirects are not followed, the answer is cut, and nothing lasts longer than the deadline.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONNECT_SECONDS = 5.0
DEADLINE_SECONDS = 15.0
LONGEST_ANSWER = 4096
LONGEST_URL = 500
HTTPS_PORT, HTTP_PORT = 443, 80
# Addresses that carry another one inside.
TRANSLATED = [
    ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")
]


class RefusedAddressError(Exception):
    """The address may not be asked; nothing was sent."""


@dataclass(frozen=True)
class Answer:
    """What came back; the text is cut."""

    status: int
    text: str


def check_url(url: str) -> SplitResult:
    """The parts of an address that may be asked, as far as its text tells.

    Raises:
        ValidationError: it is none, is not https, or carries a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValidationError(_("Enter a web address."), code="url") from error
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise ValidationError(_("Enter a web address."), code="url")
    schemes = {"https", "http"} if settings.WEBHOOK_PRIVATE_ADDRESSES else {"https"}
    if parts.scheme not in schemes or not parts.hostname or port == 0:
        raise ValidationError(_("Enter an address that begins with https://."), code="https")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise ValidationError(
            _("Leave out passwords and what follows a #: they are not sent."), code="url"
        )
    return parts


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet, also when it wears another's clothes."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found.teredo or any(found in network for network in TRANSLATED):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolve(host: str, port: int) -> str:
    """The address of a host that is connected to.

    Raises:
        RefusedAddressError: it has none, or one of them is not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedAddressError(f"{host} is not known.") from error
    addresses = [str(each[4][0]) for each in found]
    if not addresses:
        raise RefusedAddressError(f"{host} has no address.")
    if not settings.WEBHOOK_PRIVATE_ADDRESSES and not all(map(is_public, addresses)):
        raise RefusedAddressError(f"{host} is not an address of the open internet.")
    return addresses[0]


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body and return the answer, whatever its status.

    Raises:
        RefusedAddressError: the address may not be asked.
        OSError: no connection, no TLS, or no answer in time.
    """
    try:
        parts = check_url(url)
    except ValidationError as error:
        raise RefusedAddressError(error.messages[0]) from error
    host, secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (HTTPS_PORT if secure else HTTP_PORT)
    raw = socket.create_connection((resolve(host, port), port), timeout=CONNECT_SECONDS)
    watchdog = threading.Timer(DEADLINE_SECONDS, cut, [raw])
    watchdog.daemon = True
    watchdog.start()
    try:
        return ask(raw, parts, body, headers, secure=secure)
    except http.client.HTTPException as error:
        raise ConnectionError(f"{type(error).__name__}: no answer that can be read.") from error
    finally:
        watchdog.cancel()
        raw.close()


def ask(
    raw: socket.socket, parts: SplitResult, body: bytes, headers: Mapping[str, str], *, secure: bool
) -> Answer:
    """One POST over a connection that stands."""
    host = str(parts.hostname)
    connection = http.client.HTTPConnection(host, timeout=CONNECT_SECONDS)
    connection.sock = (
        ssl.create_default_context().wrap_socket(raw, server_hostname=host) if secure else raw
    )
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        connection.request("POST", path, body, {"Host": parts.netloc, **headers})
        response = connection.getresponse()
        text = response.read(LONGEST_ANSWER).decode("utf-8", "replace")
        return Answer(response.status, text)
    finally:
        connection.close()


def cut(raw: socket.socket) -> None:
    """End a connection that lasts too long: whoever waits on it gets an error."""
    try:
        raw.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
