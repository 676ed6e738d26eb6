"""Sixteen requests of one city at once, each a vote of its own.

    python tests/harness/ballot_race.py

Speaks JSON on the last line: how many got a receipt, and what the database then holds.
"""

import datetime as dt
import json
import os
import re
import sys
import time
from pathlib import Path

import django
from django.db import connections

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wego.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from events.balloting import sealing  # noqa: E402
from events.balloting.box import open_round, prepare_round  # noqa: E402
from events.balloting.candidacies import file_candidacy  # noqa: E402
from events.balloting.counting import count_electronic  # noqa: E402
from events.balloting.voters import fix_voters  # noqa: E402
from events.models import Turnout  # noqa: E402
from members.models import Affiliation, Member, User  # noqa: E402
from tests.events.electing import ASSEMBLY, DEADLINE, RECORD, add_assembly, call  # noqa: E402

WORKERS = 16
RECEIPT = re.compile(rb"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}\b")


def prepare():
    """Kathmandu and Seoul vote; Kathmandu's delegate has sixteen windows open."""
    cities = {city.name_en: city for city in Member.objects.filter(kind="city")}
    made = call(add_assembly(), record_on=RECORD)
    file_candidacy(
        made.elections.get(),
        cities["Seoul"],
        received_on=DEADLINE,
        came_by="letter",
        on=DEADLINE,
        by=None,
    )
    fix_voters(made, on=dt.date(2026, 9, 30), by=None)
    row, keys = prepare_round(made.elections.get(), manner="electronic", on=ASSEMBLY, by=None)
    open_round(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)
    user = User.objects.create_user("bibek@kathmandu.example", full_name="Bibek Lama")
    Affiliation.objects.create(user=user, member=cities["Kathmandu"], role="delegate")
    return row, keys, user


def vote_at_once(row, browsers):
    """How many of the requests got a receipt; each in a process of its own."""
    start = time.monotonic() + 1.0
    children = []
    connections.close_all()
    for browser in browsers:
        child = os.fork()
        if child == 0:
            status = 2
            try:
                time.sleep(max(0.0, start - time.monotonic()))
                address = reverse("elections:vote", args=[row.pk])
                page = browser.post(address, {"ballot": "01", "step": "cast"})
                status = 0 if RECEIPT.search(page.content) else 1
            finally:
                os._exit(status)
        children.append(child)
    found = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return found.count(0), found.count(1), found.count(2)


def main():
    settings.ALLOWED_HOSTS = ["testserver"]
    row, keys, user = prepare()
    browsers = [Client() for _window in range(WORKERS)]
    for browser in browsers:
        browser.force_login(user)
    receipts, refused, failed = vote_at_once(row, browsers)
    sealed = sealing.open_all(row.box.sealed, *keys) if hasattr(row, "box") else []
    count = count_electronic(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)
    found = {
        "receipts": receipts,
        "refused": refused,
        "failed": failed,
        "turnout": Turnout.objects.count(),
        "sealed": len(sealed),
        "counted": count.cast,
        "votes": count.votes,
    }
    sys.stdout.write(json.dumps(found) + "\n")


main()
