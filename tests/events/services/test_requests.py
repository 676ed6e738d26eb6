import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import PromotionNotice, ServiceRequest
from events.services.promoting import tell_members_of_events
from events.services.requests import Wish, answer_request, file_request
from tests.events.programmes import TODAY, add_liaison
from tests.register import add_member
from wego.models import Mail

pytestmark = pytest.mark.django_db
SUMMIT = Wish(
    "promotion",
    "Smart City Innovation Summit Asia",
    "Cities and companies show what works.",
    "KINTEX, Goyang",
    dt.date(2027, 9, 18),
    dt.date(2027, 9, 20),
    "https://summit.example/",
)


@pytest.fixture
def goyang(db):
    member = add_member("Goyang", name_ko="고양")
    add_liaison(member)
    return member


@pytest.fixture
def others(goyang):
    kathmandu, almaty = add_member("Kathmandu", "NP"), add_member("Almaty", "KZ")
    danfoss = add_member("Danfoss", "DK", kind="company")
    gone = add_member("Odense", "DK", status="withdrawn")
    for member in (kathmandu, danfoss, gone):
        add_liaison(member)
    return {"kathmandu": kathmandu, "danfoss": danfoss, "gone": gone, "almaty": almaty}


def refused(code, rule, *given, **named):
    with pytest.raises(ValidationError) as error:
        rule(*given, **named)
    assert [each.code for each in error.value.error_list] == [code]


def ask(member, wish=SUMMIT):
    return file_request(member, wish, on=TODAY, by=None)


def approve(request):
    return answer_request(request, "approved", on=TODAY, by=None)


def test_r29_an_approved_event_is_told_to_all_members_once(goyang, others):
    request = approve(ask(goyang))

    assert tell_members_of_events(on=TODAY) == 2
    assert tell_members_of_events(on=TODAY) == 0

    mails = Mail.objects.filter(kind="event_promoted")
    assert {mail.to_email for mail in mails} == {
        "liaison@kathmandu.example",
        "liaison@danfoss.example",
    }
    assert "Goyang" in mails[0].text
    assert PromotionNotice.objects.filter(request=request).count() == 2


def test_r29_who_gets_a_contact_later_is_told_while_the_event_lies_ahead(goyang, others):
    approve(ask(goyang))
    tell_members_of_events(on=TODAY)
    add_liaison(others["almaty"])

    assert tell_members_of_events(on=TODAY) == 1
    assert tell_members_of_events(on=dt.date(2027, 9, 21)) == 0


def test_r29_nothing_is_told_before_it_is_approved_or_after_it_is_declined(goyang, others):
    request = ask(goyang)
    assert tell_members_of_events(on=TODAY) == 0

    answer_request(request, "declined", answer="Not about cities.", on=TODAY, by=None)

    assert tell_members_of_events(on=TODAY) == 0
    assert PromotionNotice.objects.count() == 0
    mail = Mail.objects.get(kind="request_answered")
    assert (mail.language, "반려" in mail.subject, "Not about cities." in mail.text) == (
        "ko",
        True,
        True,
    )


@pytest.mark.parametrize(("changes", "code"), [
    ({"starts_on": None}, "starts_on"),
    ({"starts_on": dt.date(2026, 11, 1)}, "starts_on"),
    ({"ends_on": dt.date(2027, 9, 1)}, "ends_on"),
    ({"place": ""}, "place"),
    ({"kind": "loan"}, "kind"),
])  # fmt: skip
def test_a_request_without_what_it_needs_is_refused(goyang, changes, code):
    refused(code, ask, goyang, Wish(**{**vars(SUMMIT), **changes}))
    assert ServiceRequest.objects.count() == 0


def test_the_same_is_not_asked_twice_while_it_waits(goyang):
    ask(goyang)

    refused("title", ask, goyang)
    assert ServiceRequest.objects.count() == 1


def test_r28_consulting_is_put_in_somebodys_hands_and_finished(goyang, secretariat):
    request = ask(goyang, Wish("consulting", "Data platform", "Where to begin?"))

    refused("assigned_to", answer_request, request, "assigned", on=TODAY, by=secretariat)
    answer_request(request, "assigned", assigned_to=secretariat, on=TODAY, by=secretariat)
    done = answer_request(request, "done", answer="Report sent.", on=TODAY, by=secretariat)

    assert (done.state, done.assigned_to, done.answer) == ("done", secretariat, "Report sent.")
    refused("state", answer_request, done, "declined", answer="x", on=TODAY, by=None)


def test_r28_maturity_is_diagnosed_of_cities(others):
    wish = Wish("maturity", "How far are we?", "All of it")

    refused("kind", ask, others["danfoss"], wish)
    assert ask(others["kathmandu"], wish).kind == "maturity"


@pytest.mark.parametrize("state", ["approved", "done", "assigned"])
def test_an_answer_fits_what_was_asked(goyang, state):
    request = ask(goyang)
    if state == "approved":
        assert approve(request).state == "approved"
        refused("state", approve, request)
    else:
        refused("state", answer_request, request, state, on=TODAY, by=None)


def test_a_refusal_needs_its_reason(goyang):
    request = ask(goyang)

    refused("answer", answer_request, request, "declined", answer=" ", on=TODAY, by=None)
    request.refresh_from_db()
    assert request.state == "waiting"


def test_who_left_asks_for_nothing(others):
    refused("status", ask, others["gone"])
