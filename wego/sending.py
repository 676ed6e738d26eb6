"""Stored files, sent to a browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def as_file(content: bytes, content_type: str, name: str, *, saved: bool) -> HttpResponse:
    """A stored file, saved or (only what we made ourselves) shown; nobody in between keeps it."""
    disposition = content_disposition_header(as_attachment=saved, filename=name)
    headers = {"Content-Disposition": disposition or "attachment", "Cache-Control": "private"}
    return HttpResponse(content, content_type=content_type, headers=headers)
