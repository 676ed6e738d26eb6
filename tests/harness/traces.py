"""Every act of a request says so in the audit trail (S14): looked at in every test that sends one.

A request that succeeds and writes to a table must have written an entry of the trail as well. What
needs none is named here with its reason; a table that nobody named does.
"""

import re

from django.db import connection
from django.test import Client

READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
REFUSED_FROM = 400
WRITTEN = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)')
TRAIL = "wego_auditentry"
QUIET = frozenset(
    {
        # Who looks, and how often.
        "django_session",
        "usersessions_usersession",
        "wego_cache",
        "members_apitoken",
        "wego_idempotentrequest",
        # What follows from an act that is noted, or was asked for by a stranger.
        "wego_mail",
        "wego_webhookdelivery",
        # Django's own list of what was done at its pages.
        "django_admin_log",
        # Rows for their locks: a year's counter, whose numbers are invoices, and a board's.
        "dues_invoiceseries",
        "events_board",
        # What could not be drawn is tried again: nothing of the house changes.
        "dues_parkeddocument",
        "dues_parkedpaper",
        "members_parkedletter",
        # A juror's sheet until it is handed in, which is noted.
        "events_mark",
        "events_scoresheet",
    }
)
# Signing in is told in the log; a changed factor is noted when its transaction has ended.
OF_THE_DOOR = ("/login/", "/logout/", "/account/")


class UntracedError(AssertionError):
    """Something was changed, and the trail does not know."""


def watch(send):
    """The test client's `send`, which from now on fails for what leaves no trace."""

    def request(self, **environ):
        path = environ.get("PATH_INFO", "")
        if environ.get("REQUEST_METHOD", "GET") in READING or path.startswith(OF_THE_DOOR):
            return send(self, **environ)
        written = set()

        def note(execute, sql, params, many, context):
            if match := WRITTEN.match(sql):
                written.add(match[1].lower())
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = send(self, **environ)
        loud = written - QUIET
        if loud and TRAIL not in loud and response.status_code < REFUSED_FROM:
            raise UntracedError(f"{path} wrote to {sorted(loud)} and left no trace")
        return response

    return request


def watch_everywhere():
    """Look at every request of every test client."""
    Client.request = watch(Client.request)
