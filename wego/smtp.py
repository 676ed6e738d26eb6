"""The mail server: what it answered, and whether a mail may have left although nobody said so."""

import smtplib
from dataclasses import dataclass
from typing import Any

from django.core.mail.backends import smtp

FIRST_PERMANENT = 500
GO_ON = 354


class MayHaveLeftError(Exception):
    """The connection broke after the mail itself was under way and before the server's word."""


@dataclass(frozen=True)
class Refusal:
    """Why a mail did not leave: what to tell staff, and whether a later try may succeed."""

    sentence: str
    passing: bool


class _Watching:
    """Knows whether the text of a mail was under way when the connection broke."""

    under_way = False

    def getreply(self) -> tuple[int, bytes]:
        reply: tuple[int, bytes] = super().getreply()  # type: ignore[misc]
        self.under_way = reply[0] == GO_ON
        return reply

    def data(self, msg: Any) -> tuple[int, bytes]:  # noqa: ANN401 the library's own signature
        try:
            answer: tuple[int, bytes] = super().data(msg)  # type: ignore[misc]
        except OSError as error:
            if self.under_way:
                raise MayHaveLeftError(str(error) or type(error).__name__) from error
            raise
        return answer

    def quit(self) -> tuple[int, bytes]:
        """Say goodbye; a server that does not answer it has taken the mail all the same."""
        try:
            answer: tuple[int, bytes] = super().quit()  # type: ignore[misc]
        except OSError as error:
            self.close()  # type: ignore[attr-defined]
            return 0, str(error).encode()
        return answer


class PlainConnection(_Watching, smtplib.SMTP):
    """A connection that may turn to TLS."""


class SafeConnection(_Watching, smtplib.SMTP_SSL):
    """A connection under TLS from the start."""


class EmailBackend(smtp.EmailBackend):
    """Django's, over connections that know how far a mail came."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Which of the two connections the settings ask for."""
        return SafeConnection if self.use_ssl else PlainConnection


def explain(error: Exception) -> Refusal:
    """What an error of sending means for the mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (0, b""))
        return Refusal(_spoken(code, said), code < FIRST_PERMANENT)
    # A wrong password is the operator's fault, not the mail's: it waits for the right one.
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Refusal(_spoken(error.smtp_code, error.smtp_error), passing=True)
    if isinstance(error, smtplib.SMTPResponseException):
        spoken = _spoken(error.smtp_code, error.smtp_error)
        return Refusal(spoken, error.smtp_code < FIRST_PERMANENT)
    passing = isinstance(error, OSError) and not isinstance(error, smtplib.SMTPNotSupportedError)
    return Refusal(f"{type(error).__name__}: {error}", passing)


def _spoken(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"{code} {words}".strip()
