"""S18: what somebody wrote is text on the pages that show most of it; a browser walks them all."""

import re

import pytest
from django.test import Client

from tests.access import doors, world
from tests.access.addresses import all_addresses
from tests.access.rows import ROWS, values_for
from tests.attacks.markup import ADDRESSES, came_to_life, planted_in
from tests.attacks.poison import poison

# Payloads longer than a column are kept by SQLite alone; pages write them the same on either.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
READERS = (doors.ADMINISTRATOR, doors.HEAD, doors.JUROR, doors.ANONYMOUS)
# Where websites, notes, titles and names stand.
PAGES = re.compile(
    r"admin:\w+_(member|partner|servicerequest|awardentry|application|meeting|invoice|payment"
    r"|bankstatement|hostcall|training|paymentclaim)_change|admin:wego_mail_change|admin:search"
    r"|directory:list|portal:(data|home)|\w*:?\w*(winner|award|entry|history|project|partner)\w*"
)


def test_s18_what_is_written_is_text():
    built = world.build()
    columns = poison(planted_in)
    shown, seen, wrong = 0, set(), {}
    browsers = {}
    for address in all_addresses():
        role = next((role for role in READERS if role in ROWS[address.name].look), None)
        if role is None or not PAGES.fullmatch(address.name):
            continue
        if role not in browsers:
            browsers[role] = Client()
            if role in built["users"]:
                browsers[role].force_login(built["users"][role])
        path = address.path(values_for(address, built["own"]))
        answer = browsers[role].get(path, {"q": "planted"} if "search" in path else {}, follow=True)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        shown += 1
        seen |= set(re.findall(r"planted@(\w+\.\w+)", page))
        if alive := came_to_life(page):
            wrong[path] = alive
    print(f"pages: {len(columns)} columns, {len(seen)} seen on {shown} pages, {len(wrong)} faults")

    assert wrong == {}
    assert len(columns) > 200
    assert len(seen) > 60
    assert ADDRESSES[0].startswith("javascript:")
