"""The frame: settings, addresses, look, queue. It knows no app."""

from wego.celery import app as celery_app

__all__ = ["celery_app"]
