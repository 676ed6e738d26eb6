"""Statements of every page of the load drill, on the database of a house: prints JSON.

    python -m tests.harness.page_queries

The list of tokens and people comes on standard input, as `crowded_house` printed it.
"""

import json
import sys


def count_queries(known):
    """Queries by page, each asked thrice so that what is kept is kept."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from members import middleware
    from members.models import User
    from tests.harness.load_pages import PAGES

    # That a session was used is noted once a minute: not while we count.
    middleware.GRAIN = 24 * 60 * 60
    clients = {}
    for who, email in (("staff", known["staff"]), ("member", known["portal"][0])):
        clients[who] = Client(HTTP_HOST="127.0.0.1")
        clients[who].force_login(User.objects.get(email=email))
    clients["token"] = Client(
        HTTP_HOST="127.0.0.1", HTTP_AUTHORIZATION=f"Bearer {known['tokens'][0]}"
    )
    found = {}
    for page in PAGES:
        client = clients[page.who]
        for _turn in range(3):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(page.path)
            assert answer.status_code == 200, f"{page.path} answers {answer.status_code}"
        found[page.name] = len(captured)
    return found


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(count_queries(json.load(sys.stdin))))
