"""Scripts with the digest of what they must be: a changed file is not run (SRI)."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def script(name: str, *, defer: bool = True) -> SafeString:
    """A script element of a static file, run only when it is what it was when the page was made."""
    address = staticfiles_storage.url(name)
    when = format_html(" {}", "defer") if defer else ""
    digest = digest_of(name)
    guard = format_html(' integrity="{}"', digest) if digest else ""
    return format_html('<script src="{}"{}{}></script>', address, guard, when)


def digest_of(name: str) -> str:
    """The SHA-384 of a static file as it is served; empty when it is not there."""
    path = path_of(name)
    if path is None:
        return ""
    return digest(path, path.stat().st_mtime_ns)


def path_of(name: str) -> Path | None:
    """The file served under a name: the collected one, else the one it comes from."""
    stored_name = getattr(staticfiles_storage, "stored_name", None)
    if stored_name:
        collected = Path(staticfiles_storage.path(stored_name(name)))
        if collected.is_file():
            return collected
    found = finders.find(name)
    return Path(str(found)) if found else None


@lru_cache(maxsize=256)
def digest(path: Path, changed: int) -> str:  # noqa: ARG001 a changed file has a digest of its own
    """The digest of a file as browsers compare it."""
    made = hashlib.sha384(path.read_bytes()).digest()
    return f"sha384-{base64.b64encode(made).decode()}"
