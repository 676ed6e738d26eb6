"""Our data: what holds at once, what is proposed, and two people at the same form."""

import pytest

from members.details import MOST_CONTACTS
from members.models import Contact, Member, Proposal
from tests.members.portal import IN_NOVEMBER, acting, kathmandu, said, words_of
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
DATA, DETAILS, NAMES = "/portal/data/", "/portal/data/details/", "/portal/data/names/"
WANTED = {
    "address": "Bagdarbar\nKathmandu",
    "website": "https://kathmandu.gov.np",
    "language": "ko",
    "in_directory": "on",
}
ASHA = {
    "full_name": "Asha Shrestha",
    "position": "Treasurer",
    "email": "asha@kathmandu.example",
    "phone": "+977 1 4200000",
}


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to(IN_NOVEMBER, tick=False)


@pytest.fixture
def member():
    return kathmandu()


@pytest.fixture
def maya(client, member):
    user = acting(member, "administrator")
    client.force_login(user)
    return user


def seen_in(page):
    return page.context["form"]["seen"].value()


def test_page_shows_names_of_both_scripts_and_other_names(client, maya, member):
    member.other_names.create(name_en="Kantipur", name_ko="칸티푸르")
    words = words_of(client.get(DATA))

    assert "Name in English Kathmandu Name in Korean 카트만두" in words
    assert "Other names Kantipur · 칸티푸르" in words
    assert "Public directory shown" in words


def test_details_hold_at_once_and_are_audited(client, maya, member):
    page = client.get(DETAILS)
    answer = client.post(DETAILS, WANTED | {"seen": seen_in(page)}, follow=True)

    assert said(answer) == ["Your data is stored."]
    member.refresh_from_db()
    assert member.address.splitlines() == ["Bagdarbar", "Kathmandu"]
    assert (member.website, member.language) == ("https://kathmandu.gov.np", "ko")
    assert member.in_directory
    entry = AuditEntry.objects.get(act="member.changed")
    assert (entry.by, entry.facts["language"]) == (maya, ["en", "ko"])


def test_opting_out_of_the_directory(client, maya, member):
    page = client.get(DETAILS)
    client.post(DETAILS, {**WANTED, "in_directory": "", "seen": seen_in(page)})

    assert not Member.objects.get().in_directory


def test_saving_what_stands_changes_nothing(client, maya, member):
    form = client.get(DETAILS).context["form"]
    facts = {name: form[name].value() for name in form.fields}
    answer = client.post(DETAILS, {**facts, "in_directory": "on"}, follow=True)

    assert said(answer) == ["Nothing was changed."]
    assert not AuditEntry.objects.exists()


def test_wrong_website_is_refused_where_it_stands(client, maya):
    page = client.get(DETAILS)
    answer = client.post(DETAILS, WANTED | {"website": "javascript:x", "seen": seen_in(page)})

    assert answer.status_code == 422
    assert "<title>Error:" in answer.content.decode()
    assert 'href="#id_website"' in answer.content.decode()
    assert "Bagdarbar" in answer.content.decode()


def test_second_person_sees_both_values_and_may_keep_theirs(client, maya, member):
    seen = seen_in(client.get(DETAILS))
    Member.objects.filter(pk=member.pk).update(address="Singha Durbar")

    answer = client.post(DETAILS, WANTED | {"seen": seen})

    assert answer.status_code == 422
    words = words_of(answer)
    assert "Somebody else changed this while you were writing." in words
    assert "Postal address Singha Durbar Bagdarbar Kathmandu" in words
    assert Member.objects.get().address == "Singha Durbar"

    again = client.post(DETAILS, WANTED | {"seen": seen_in(answer)})

    assert again.status_code == 302
    assert Member.objects.get().address.splitlines() == ["Bagdarbar", "Kathmandu"]


def test_names_are_checked_with_their_effect_then_proposed(client, maya, member):
    form = client.get(NAMES).context["form"]
    facts = {name: form[name].value() or "" for name in form.fields}
    wanted = facts | {"name_en": "Kantipur", "kind": "institution", "note": "Decree"}

    check = client.post(NAMES, wanted | {"step": "check"})
    assert "Name in English Kathmandu Kantipur Kind City Institution" in words_of(check)
    assert "Your next invoice, for the dues of 2026 USD 1,250 → would become none" in words_of(
        check
    )
    assert not Proposal.objects.exists()
    back = client.post(NAMES, wanted | {"step": "change"})
    assert back.context["form"]["name_en"].value() == "Kantipur"

    sent = client.post(NAMES, wanted | {"step": "send"}, follow=True)

    assert said(sent) == ["Your proposal is with the secretariat."]
    proposal = Proposal.objects.get()
    assert proposal.changes == {
        "name_en": ["Kathmandu", "Kantipur"],
        "kind": ["city", "institution"],
    }
    assert Member.objects.get(pk=member.pk).name_en == "Kathmandu"
    assert "Waiting for the secretariat" in words_of(sent)


def test_proposing_nothing_says_so(client, maya):
    form = client.get(NAMES).context["form"]
    facts = {name: form[name].value() or "" for name in form.fields}
    answer = client.post(NAMES, facts | {"step": "check"})

    assert answer.status_code == 422
    assert "This is what stands already: nothing to propose." in words_of(answer)


def test_proposal_is_taken_back(client, maya, member):
    proposal = Proposal.objects.create(
        member=member, changes={"level": ["city", "metropolis"]}, proposed_by=maya
    )
    answer = client.post(f"{DATA}proposals/{proposal.pk}/", follow=True)

    assert said(answer) == ["The proposal is taken back."]
    assert Proposal.objects.get().state == "taken_back"
    again = client.post(f"{DATA}proposals/{proposal.pk}/", follow=True)
    assert said(again) == ["This proposal is answered already: Taken back."]


def test_contact_is_added_changed_and_removed(client, maya, member):
    assert said(client.post(f"{DATA}contacts/add/finance/", ASHA, follow=True)) == [
        "Asha Shrestha is stored."
    ]
    contact = Contact.objects.get()
    address = f"{DATA}contacts/{contact.pk}/"
    assert (contact.member, contact.role, contact.email) == (member, "finance", ASHA["email"])

    seen = seen_in(client.get(address))
    client.post(address, ASHA | {"position": "Head of finance", "seen": seen})
    contact.refresh_from_db()
    assert contact.position == "Head of finance"

    client.post(address, {"remove": "yes"})
    assert not Contact.objects.exists()
    acts = AuditEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["contact.added", "contact.changed", "contact.removed"]
    assert set(AuditEntry.objects.values_list("file", flat=True)) == {f"member:{member.pk}"}
    assert client.post(address, {"remove": "yes"}).status_code == 404


@pytest.mark.parametrize(
    "email", ["", "asha", "asha@k.example, evil@e.example", "a@k.example\nBcc: e@e.example"]
)
def test_contact_needs_one_mailbox(client, maya, email):
    answer = client.post(f"{DATA}contacts/add/finance/", ASHA | {"email": email})

    assert answer.status_code == 422
    assert not Contact.objects.exists()


def test_contacts_are_few(client, maya, member):
    for number in range(MOST_CONTACTS):
        Contact.objects.create(
            member=member, role="head", full_name=f"N{number}", email=f"n{number}@k.example"
        )
    answer = client.post(f"{DATA}contacts/add/finance/", ASHA)

    assert answer.status_code == 422
    assert Contact.objects.count() == MOST_CONTACTS


def test_two_people_at_one_contact(client, maya, member):
    contact = Contact.objects.create(
        member=member, role="head", full_name="Balen", email="b@k.example"
    )
    address = f"{DATA}contacts/{contact.pk}/"
    seen = seen_in(client.get(address))
    Contact.objects.update(email="mayor@k.example")

    answer = client.post(address, ASHA | {"seen": seen})

    assert "E-mail mayor@k.example asha@kathmandu.example" in words_of(answer)
    assert Contact.objects.get().full_name == "Balen"


def test_things_of_another_member_do_not_exist(client, maya, member):
    dhaka = add_member("Dhaka North", "BD")
    contact = Contact.objects.create(member=dhaka, role="head", full_name="X", email="x@d.example")
    proposal = Proposal.objects.create(member=dhaka, changes={"level": ["", "city"]})

    assert client.get(f"{DATA}contacts/{contact.pk}/").status_code == 404
    assert client.post(f"{DATA}contacts/{contact.pk}/", {"remove": "yes"}).status_code == 404
    assert client.post(f"{DATA}proposals/{proposal.pk}/").status_code == 404
    assert client.get(f"{DATA}contacts/add/treasurer/").status_code == 404
    assert Contact.objects.count() == 1
    assert Proposal.objects.get().state == "waiting"
