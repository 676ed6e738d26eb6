"""A training with a hundred places, and five hundred people who want one; all signed in.

    python -m tests.harness.burst_house fill PEOPLE SEATS
    python -m tests.harness.burst_house count

Prints JSON. Sessions are made here: signing in five hundred times is another drill.
"""

import datetime as dt
import json
import sys

DAY = dt.timedelta(days=1)


def fill(people, seats):
    """Who asks for what: addresses and session cookies."""
    from django.urls import reverse

    from events.services.trainings import TrainingDraft, announce_training
    from members.models import Affiliation, User
    from tests.register import add_member
    from wego import seoul

    today = seoul.today()
    draft = TrainingDraft(
        name_en="Smart City Academy",
        place="Seoul",
        starts_on=today + 30 * DAY,
        ends_on=today + 32 * DAY,
        nominate_until=today + 20 * DAY,
        quota=2,
        seats=seats,
    )
    training = announce_training(draft, on=today, by=None)
    cookies = []
    for number in range(people):
        city = add_member(f"Ward {number:04d}", "NP")
        user = User.objects.create_user(f"ana{number}@ward.example", full_name=f"Ana {number}")
        Affiliation.objects.create(user=user, member=city, role="administrator")
        cookies.append(session_of(user))
    staff = User.objects.create_user(
        "selector@load.example", full_name="Staff", role="administrator"
    )
    return {
        "cookies": cookies,
        "staff": session_of(staff),
        "nominate": reverse("services:training", args=[training.pk]),
        "move": reverse("admin:events_training_move", args=[training.pk]),
    }


def session_of(user):
    """The key of a new session of a person."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies["session"].value


def count():
    """How everybody stands, and the keys of the nominations."""
    from collections import Counter

    from events.models import Nomination

    rows = list(Nomination.objects.order_by("pk").values_list("pk", "state"))
    return {"states": Counter(state for _key, state in rows), "keys": [key for key, _s in rows]}


if __name__ == "__main__":
    import django

    django.setup()
    acts = {"fill": lambda: fill(*map(int, sys.argv[2:])), "count": count}
    print(json.dumps(acts[sys.argv[1]]()))
