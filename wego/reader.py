"""Which of two names a reader sees: all have one in English, many one in Korean."""

from django.utils.translation import get_language


def language() -> str:
    """`ko` for a reader of Korean, else `en`."""
    return "ko" if (get_language() or "").startswith("ko") else "en"


def choose(en: str, ko: str) -> str:
    """The text in the reader's language; the other one where that is empty."""
    return (ko or en) if language() == "ko" else (en or ko)
