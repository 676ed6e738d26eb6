"""gunicorn's worker: what it refuses before the house can read it is told as the house tells it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Final

from gunicorn.http.errors import (
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker

STATUSES: Final[dict[type[Exception], HTTPStatus]] = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
HEADERS: Final = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Threads, as gunicorn has them."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:  # noqa: ANN401 gunicorn's signature
        """Answer a request that cannot be read; the log says why, and neither who nor what."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("request refused unread: %s", type(exc).__name__)
        try:
            client.sendall(tell(exc))
        except OSError:
            self.log.debug("the answer to an unread request could not be sent")


def tell(exc: Exception) -> bytes:
    """The whole answer to a request that cannot be read, as a problem (RFC 9457)."""
    from wego.api.problems import describe  # noqa: PLC0415 the server is there before the house

    status = STATUSES.get(type(exc), HTTPStatus.BAD_REQUEST)
    content = json.dumps(describe(status.value, "", "/")).encode()
    lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
    lines += [f"{name}: {value}" for name, value in HEADERS.items()]
    lines += [f"Content-Length: {len(content)}", "", ""]
    return "\r\n".join(lines).encode() + content
