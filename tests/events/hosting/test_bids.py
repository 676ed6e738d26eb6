import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.hosting.bids import Bidder, express_interest, hand_in_bid, withdraw_bid
from events.hosts import HostChoice, Sitting, decide_host
from events.models import BidDocument, HostBid
from tests.dues.builders import one_page_pdf
from tests.events.builders import add_host_call, add_meeting
from tests.register import add_member
from wego import storage
from wego.models import AuditEntry
from wego.uploads import Upload

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 10)
LAST = dt.date(2026, 1, 14)
REACH = {"contact_name": "Aigerim Nurlan", "contact_email": "host@almaty.example"}
PAPER = Upload("plan.pdf", one_page_pdf(), "application/pdf", ".pdf")


@pytest.fixture
def call():
    return add_host_call(add_meeting())


@pytest.fixture
def almaty():
    return add_member("Almaty", "KZ", name_ko="알마티")


def hand_in(call, bidder, *, on=DAY, proposal="A palace for 400", uploads=()):
    return hand_in_bid(call, bidder, proposal=proposal, uploads=uploads, on=on, by=None)


def refuse(code_or_field, act):
    before = HostBid.objects.count(), BidDocument.objects.count()
    with pytest.raises(ValidationError) as caught:
        act()
    if hasattr(caught.value, "error_dict"):
        assert set(caught.value.error_dict) == {code_or_field}
    else:
        assert caught.value.code == code_or_field
    assert (HostBid.objects.count(), BidDocument.objects.count()) == before
    return " ".join(caught.value.messages)


def test_r16_mexico_city_and_sao_paulo_bid_for_the_same_assembly(call):
    cities = [add_member(name, "MX", region="americas") for name in ("Mexico City", "Sao Paulo")]

    bids = [hand_in(call, Bidder(member=city, **REACH)) for city in cities]

    assert [bid.city for bid in bids] == ["Mexico City", "Sao Paulo"]
    assert all(bid.submitted_on == DAY for bid in bids)


def test_p12_a_member_says_first_that_it_means_to_bid(call, almaty, secretariat):
    bidder = Bidder(member=almaty, **REACH)

    bid = express_interest(call, bidder, on=dt.date(2025, 12, 22), by=secretariat)
    refuse("known", lambda: express_interest(call, bidder, on=dt.date(2025, 12, 22), by=None))
    said = refuse("late", lambda: express_interest(call, bidder, on=dt.date(2025, 12, 23), by=None))
    handed = hand_in(call, bidder, uploads=[PAPER])

    assert "22 Dec 2025" in said
    assert handed == bid
    assert (handed.interest_on, handed.submitted_on) == (dt.date(2025, 12, 22), DAY)
    kept = handed.documents.get()
    assert storage.read_file(kept.path, sha256=kept.sha256) == PAPER.content
    acts = AuditEntry.objects.order_by("pk").values_list("act", "file")
    assert list(acts) == [
        ("host bid.announced", f"member:{almaty.pk}"),
        ("host bid.submitted", f"member:{almaty.pk}"),
    ]


def test_p12_another_local_government_bids_by_name(call):
    astana = Bidder(name_en="Astana", country_code="KZ", **REACH)

    bid = hand_in(call, astana)
    again = hand_in(call, astana, proposal="A better hall")

    assert (bid.city, bid.country) == ("Astana", "Kazakhstan")
    assert (again.pk, again.proposal) == (bid.pk, "A better hall")
    refuse("name_en", lambda: hand_in(call, Bidder(name_en=" ", country_code="KZ", **REACH)))
    refuse("name_en", lambda: hand_in(call, Bidder(name_en="Astana", **REACH)))


def test_r16_a_late_bid_is_refused_in_words(call, almaty):
    bidder = Bidder(member=almaty, **REACH)

    said = refuse("late", lambda: hand_in(call, bidder, on=dt.date(2026, 1, 15), uploads=[PAPER]))
    assert "until 14 Jan 2026, midnight in Seoul" in said
    assert "came on 15 Jan 2026" in said

    assert hand_in(call, bidder, on=LAST).submitted_on == LAST


def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(call, almaty):
    danfoss = add_member("Danfoss", "DK", kind="company")
    moscow = add_member("Moscow", "RU", status="withdrawn", region="europe")
    bidder = Bidder(member=almaty, **REACH)

    refuse("early", lambda: hand_in(call, bidder, on=dt.date(2025, 12, 7)))
    refuse("proposal", lambda: hand_in(call, bidder, proposal="  ", uploads=[PAPER]))
    refuse("kind", lambda: hand_in(call, Bidder(member=danfoss, **REACH)))
    refuse("no_member", lambda: hand_in(call, Bidder(member=moscow, **REACH)))
    refuse("contact_name", lambda: hand_in(call, Bidder(" ", "a@b.example", member=almaty)))
    refuse("contact_email", lambda: hand_in(call, Bidder("Ana", "a@b, c@d", member=almaty)))
    refuse("documents", lambda: hand_in(call, bidder, uploads=[PAPER] * 13))
    assert not AuditEntry.objects.exists()


def test_a_withdrawn_bid_is_over_and_stays_on_record(call, almaty):
    bidder = Bidder(member=almaty, **REACH)
    bid = hand_in(call, bidder)

    withdraw_bid(bid, on=DAY, by=None)

    refuse("withdrawn", lambda: hand_in(call, bidder))
    refuse("withdrawn", lambda: withdraw_bid(bid, on=DAY, by=None))
    assert HostBid.objects.get().withdrawn_on == DAY


def test_a_bid_that_was_decided_on_is_not_taken_back(call, almaty):
    bid = hand_in(call, Bidder(member=almaty, **REACH))
    sitting = Sitting("excom", dt.date(2026, 1, 28), "EXCOM 2026")
    decide_host(call.meeting, HostChoice(bid), sitting, on=dt.date(2026, 1, 28), by=None)

    refuse("decided", lambda: withdraw_bid(bid, on=dt.date(2026, 2, 1), by=None))
