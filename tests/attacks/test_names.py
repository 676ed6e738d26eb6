"""S9: a name that could not stand in a mail's head is refused where it is typed, not when it is
needed: one entrant or applicant would otherwise hold up the mails to everybody."""

import pytest

from events.forms.award_entry import WhoForm
from members.apply.forms import ContactsForm
from members.models import Application
from tests.events.awards import builders as awards

NAMES = (
    "Kim\nBcc: evil@e.example",
    "Kim\r\nBcc: evil@e.example",
    "Kim\rSubject: x",
    "Kim \u202egro.lpmaxe",
    "Kim\u2028Seo-yeon",
    "Kim\x1bSeo-yeon",
)
REFUSED = ["Enter the name in one line."]


@pytest.mark.parametrize("name", NAMES)
def test_s9_an_applicant_names_people_in_one_line(name):
    data = {f"{role}-full_name": name for role in ("head", "liaison", "finance")}

    form = ContactsForm(Application(contacts={}), data)

    assert {form.errors[field][0] for field in data} == set(REFUSED)


@pytest.mark.django_db
def test_s9_an_entrant_has_a_name_of_one_line():
    edition = awards.called_edition()
    entry = awards.fill(edition, "Goyang", "KR")

    found = {name: WhoForm(entry, {"contact_name": name}).errors["contact_name"] for name in NAMES}

    assert found == dict.fromkeys(NAMES, REFUSED)
    assert "contact_name" not in WhoForm(entry, {"contact_name": "Ana O’Brien, Jr."}).errors
