"""Associates and the decisions on them, as tests of a member's life want them."""

import datetime as dt

from members.admission import accept_application
from members.decisions import Wish, record_decision
from members.models import Contact
from tests.members.applicants import add_application

EXCOM_2019 = dt.date(2019, 11, 15)


def add_associate(name_en="Suncheon", *, on=dt.date(2019, 3, 5), number=1, by=None, **fields):
    """An organisation accepted on a day, through the rule the secretariat's button calls."""
    application = add_application(
        name_en=name_en,
        name_ko=fields.pop("name_ko", ""),
        number=number,
        submitted_on=fields.pop("submitted_on", on),
        **fields,
    )
    return accept_application(application, region="asia", on=on, by=by)


def decide(*wishes, on=EXCOM_2019, body="excom", by=None, **facts):
    """A sitting that decides; recorded on the day itself."""
    return record_decision(
        body=body,
        decided_on=on,
        meeting=facts.pop("meeting", f"EXCOM {on.year}"),
        reference=facts.pop("reference", "item 3"),
        items=[Wish(*wish) for wish in wishes],
        by=by,
        on=facts.pop("recorded_on", on),
        **facts,
    )


def add_contact(member, role="liaison", email="", **facts):
    """Somebody the secretariat writes to."""
    return Contact.objects.create(
        member=member,
        role=role,
        full_name=facts.pop("full_name", "Han So-ra"),
        email=email or f"{role}.{member.pk}@{member.country_code.lower()}.example",
        **facts,
    )


def life(member):
    """A member's history, line by line."""
    return [(line.status, f"{line.effective_on}") for line in member.status_entries.all()]
