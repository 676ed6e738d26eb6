"""The secretariat's page of proposals: the list, side by side, the two answers."""

import pytest

from members.models import Member, MemberFigure, Proposal
from members.proposals import propose_change
from tests.members.portal import IN_NOVEMBER, acting, kathmandu, said, words_of
from tests.register import add_member
from wego.models import Mail

pytestmark = pytest.mark.django_db
LIST = "/admin/members/proposal/"
FIGURE = {"dues_year": 2027, "value": 2_000_000, "source": "Census", "source_year": 2026}


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to(IN_NOVEMBER, tick=False)


@pytest.fixture
def proposal():
    member = kathmandu()
    maya = acting(member, "administrator")
    return propose_change(member, {"figure": FIGURE}, note="New census", by=maya)


@pytest.fixture
def address(proposal):
    return f"{LIST}{proposal.pk}/change/"


@pytest.fixture
def kim(client, secretariat):
    client.force_login(secretariat)
    return secretariat


def seen_in(page):
    return page.context["seen"]


def test_today_and_navigation_lead_to_what_waits(client, kim, proposal):
    page = client.get("/admin/").content.decode()

    assert "changes proposed by members" in page
    assert f'href="{LIST}"' in page


def test_list_puts_what_waits_first(client, kim, proposal):
    dhaka = add_member("Dhaka North", "BD")
    Proposal.objects.create(member=dhaka, changes={"level": ["", "city"]}, state="declined")
    page = client.get(LIST)

    assert words_of(page).index("Kathmandu") < words_of(page).index("Dhaka North")
    assert "Population (persons) for the dues of 2027" in words_of(page)


def test_page_shows_both_values_and_the_next_invoice(client, kim, address):
    words = words_of(client.get(address))

    assert "for the dues of 2027 1,442,271 2,000,000 (Census, 2026)" in words
    assert "New census" in words
    assert "The next invoice, for the dues of 2026 USD 1,250 → would become USD 1,500" in words


def test_accepting_holds_and_tells(client, kim, address):
    page = client.get(address)
    answer = client.post(address, {"act": "accept", "seen": seen_in(page)}, follow=True)

    assert said(answer) == ["Accepted. Maya Thapa is told by mail."]
    assert MemberFigure.objects.get(dues_year=2027).value == 2_000_000
    assert Mail.objects.get().kind == "proposal_accepted"
    assert "Accepted" in words_of(client.get(address))


def test_declining_needs_a_reason(client, kim, address):
    refused = client.post(address, {"act": "decline", "answer": " "})
    assert refused.status_code == 422
    assert "<title>Error:" in refused.content.decode()
    assert 'href="#id_answer"' in refused.content.decode()

    answer = client.post(address, {"act": "decline", "answer": "Not the city."}, follow=True)

    assert said(answer) == ["Declined. Maya Thapa is told by mail."]
    assert Proposal.objects.get().answer == "Not the city."
    assert not MemberFigure.objects.filter(dues_year=2027).exists()


def test_what_changed_after_the_page_was_read_is_shown_first(client, kim):
    member = kathmandu()
    maya = acting(member, "administrator")
    proposal = propose_change(member, {"name_ko": "칸티푸르"}, note="", by=maya)
    address = f"{LIST}{proposal.pk}/change/"
    seen = seen_in(client.get(address))
    Member.objects.filter(pk=member.pk).update(name_ko="카트만두시")

    answer = client.post(address, {"act": "accept", "seen": seen})

    assert answer.status_code == 422
    words = words_of(answer)
    assert "What stands changed since you read this page." in words
    assert "Name in Korean 카트만두 카트만두시 changed since 칸티푸르" in words
    assert Proposal.objects.get().state == "waiting"
    client.post(address, {"act": "accept", "seen": seen_in(answer)})
    assert Member.objects.get().name_ko == "칸티푸르"


def test_answered_twice_is_refused(client, kim, address):
    page = client.get(address)
    client.post(address, {"act": "decline", "answer": "No."})
    again = client.post(address, {"act": "accept", "seen": seen_in(page)})

    assert again.status_code == 422
    assert "This proposal is answered already: Declined." in words_of(again)


@pytest.mark.parametrize("answer", ["", "x", "99999999999999999999"])
def test_no_such_proposal(client, kim, answer):
    assert client.get(f"{LIST}{answer or 'none'}/change/").status_code == 404


@pytest.mark.parametrize("act", ["get", "post"])
def test_finance_may_not_answer(client, finance, address, act):
    client.force_login(finance)

    assert getattr(client, act)(address).status_code == 403
    assert Proposal.objects.get().state == "waiting"


def test_nobody_adds_or_deletes(client, administrator, address, proposal):
    client.force_login(administrator)

    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{proposal.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("count", [10, 60])
def test_list_takes_the_same_queries(client, kim, count, django_assert_max_num_queries):
    for number in range(count):
        member = add_member(f"City {number}", "NP")
        Proposal.objects.create(member=member, changes={"level": ["", "city"]})

    with django_assert_max_num_queries(12):
        assert client.get(LIST).status_code == 200
