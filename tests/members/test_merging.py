import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members.biography import find_by_name
from members.census import membership_report
from members.hearings import propose_proceeding
from members.leaving import file_notice
from members.merging import merge_members, undo_merge
from members.models import (
    Affiliation,
    Application,
    Contact,
    Invitation,
    Member,
    MemberName,
    Proposal,
    User,
)
from members.roster import import_roster
from tests.members.bodies import add_associate, decide, life
from tests.register import add_figure, add_member
from wego.models import AuditEntry

ON = dt.date(2020, 3, 2)
DAY = dt.date(2019, 12, 31)


@pytest.fixture
def pair(db):
    """Ulyanovsk, and the line that was entered for it again."""
    survivor = add_member("Ulyanovsk", "RU", name_ko="울라놉스크", region="europe")
    duplicate = add_member("Ulianovsk", "RU", name_ko="율리아놉스크", region="europe")
    return duplicate, survivor


def merge(duplicate, survivor, **facts):
    return merge_members(
        duplicate, survivor, **{"on": ON, "reason": "One city", "by": None, **facts}
    )


def undo(duplicate):
    return undo_merge(duplicate, on=ON, reason="Two cities after all", by=None)


def everything():
    models = (Member, MemberName, Contact, Invitation, Application)
    roles = Affiliation.objects.values_list("user", "member", "role")
    return [sorted(roles), *(list(model.objects.order_by("pk").values()) for model in models)]


def refusal_of(act, *arguments, **facts):
    before = everything()
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        act(*arguments, **facts)
    assert everything() == before
    return refusal.value.messages[0]


def person(email):
    return User.objects.create_user(email, "correct horse battery", full_name=email)


def invite(member, **facts):
    now = timezone.now()
    return Invitation.objects.create(
        email="new@ulyanovsk.example",
        member=member,
        affiliation_role="reader",
        invited_at=now,
        expires_at=now,
        **facts,
    )


def test_merge_takes_names_people_contacts_and_invitations(pair, secretariat):
    duplicate, survivor = pair
    anna, boris = person("anna@u.example"), person("boris@u.example")
    MemberName.objects.create(member=duplicate, name_en="Simbirsk", used_until=dt.date(1924, 5, 8))
    for user, member in ((anna, duplicate), (boris, duplicate), (boris, survivor)):
        Affiliation.objects.create(user=user, member=member, role="finance")
    addresses = ((duplicate, "a@u.example"), (duplicate, "B@u.example"), (survivor, "b@u.example"))
    for member, email in addresses:
        Contact.objects.create(member=member, role="liaison", full_name="X", email=email)
    waiting, accepted = invite(duplicate), invite(duplicate, accepted_at=timezone.now())

    merge(duplicate, survivor, by=secretariat)

    names = survivor.other_names.order_by("pk").values_list("name_en", "name_ko", "used_until")
    assert list(names) == [
        ("Simbirsk", "", dt.date(1924, 5, 8)),
        ("Ulianovsk", "율리아놉스크", None),
    ]
    assert list(survivor.affiliations.order_by("user").values_list("user__email", "role")) == [
        ("anna@u.example", "finance"),
        ("boris@u.example", "finance"),
    ]
    assert not duplicate.affiliations.exists()
    kept = survivor.contacts.order_by("email").values_list("email", flat=True)
    assert sorted(kept) == ["a@u.example", "b@u.example"]
    assert list(survivor.invitations.all()) == [waiting]
    assert list(duplicate.invitations.all()) == [accepted]
    entry = AuditEntry.objects.get(act="member.merged")
    assert (entry.subject, entry.file, entry.by, entry.why) == (
        f"member:{duplicate.pk}",
        f"member:{survivor.pk}",
        secretariat,
        "One city",
    )


def test_merge_keeps_every_record_where_it_was_made(pair):
    duplicate, survivor = pair
    add_figure(duplicate, 627_705)

    merge(duplicate, survivor)

    assert life(duplicate) == life(survivor) == [("full", "2019-12-31")]
    assert duplicate.figures.count() == 1
    assert list(survivor.merged.all()) == [duplicate]


def test_a_merged_member_stands_nowhere(pair):
    duplicate, survivor = pair
    assert membership_report(DAY)["total"] == 2

    merge(duplicate, survivor)

    assert membership_report(DAY)["total"] == 1
    assert find_by_name("율리아놉스크") == [survivor]


def test_a_roster_does_not_raise_it_again(pair):
    duplicate, survivor = pair
    merge(duplicate, survivor)

    report = import_roster(
        "kind,name_ko,name_en,country_code,region,is_capital\n"
        "city,x,Ulianovsk,RU,europe,false\ncity,울라놉스크,Ulyanovsk,RU,europe,false\n",
        on=DAY,
        by=None,
    )

    assert report.warnings == ["Left out, being merged into another member: Ulianovsk."]
    assert (report.unchanged, report.updated, sum(report.created.values())) == (1, 0, 0)


def test_undo_puts_everything_back(pair):
    duplicate, survivor = pair
    boris = person("boris@u.example")
    for member in pair:
        Affiliation.objects.create(user=boris, member=member, role="finance")
    Contact.objects.create(member=duplicate, role="head", full_name="X", email="x@u.example")
    MemberName.objects.create(member=duplicate, name_en="Simbirsk")
    invite(duplicate)
    third = add_member("Uljanowsk", "RU", region="europe", merged_into=duplicate)
    before = everything()

    merge(duplicate, survivor)
    third.refresh_from_db()
    assert third.merged_into == survivor
    undo(duplicate)

    assert everything() == before
    assert AuditEntry.objects.latest("pk").act == "member.unmerged"


def test_merging_can_be_done_again_after_undoing(pair):
    merge(*pair)
    undo(pair[0])

    merge(*pair)

    assert Member.objects.standing_alone().get() == pair[1]


def test_undo_refuses_what_is_not_merged(pair):
    assert refusal_of(undo, pair[0]) == "Ulianovsk is not merged into another member."


def test_undo_refuses_when_the_name_is_taken(pair):
    merge(*pair)
    add_member("Ulianovsk", "RU", region="europe")

    assert refusal_of(undo, pair[0]) == "Ulianovsk is in the register already (City, Russia)."


@pytest.mark.parametrize(
    ("wait", "what"),
    [
        (
            lambda member: propose_proceeding(member, "expel", on=ON, reason="x", by=None),
            "a proposal to suspend or expel",
        ),
        (
            lambda member: file_notice(member, received_on=ON, reason="", by=None, on=ON),
            "a notice of withdrawal",
        ),
        (
            lambda member: Proposal.objects.create(member=member, changes={"level": ["", "x"]}),
            "a proposed change of its data",
        ),
    ],
)
def test_merge_refuses_while_something_waits(pair, wait, what):
    wait(pair[0])

    assert refusal_of(merge, *pair) == (
        f"Ulianovsk still has {what} that waits: answer it first, then merge."
    )
    merge(pair[1], pair[0])


def test_merge_refuses_itself_chains_and_silence(pair):
    duplicate, survivor = pair
    assert refusal_of(merge, survivor, survivor) == "Ulyanovsk cannot be merged into itself."
    assert refusal_of(merge, *pair, reason=" ") == "Say why."
    merge(*pair)
    third = add_member("Uljanowsk", "RU", region="europe")
    for one, other in ((duplicate, third), (third, duplicate)):
        assert refusal_of(merge, one, other) == (
            "Ulianovsk was merged into Ulyanovsk: work on that one."
        )


class TestApplications:
    def test_two_that_wait_are_not_merged(self, db):
        one, other = add_associate(), add_associate("Ulsan", number=2)

        assert refusal_of(merge, one, other) == (
            "Both have an application that waits for a decision: withdraw one first."
        )

    def test_an_associate_survivor_takes_it_over(self, db):
        survivor = add_member("Suncheon-si", status="associate", on=dt.date(2018, 3, 1))
        duplicate = add_associate()

        merge(duplicate, survivor, on=dt.date(2019, 4, 1))

        assert Application.objects.get().member == survivor
        undo(duplicate)
        assert Application.objects.get().member == duplicate

    def test_one_decided_on_stays(self, db):
        survivor = add_member("Suncheon-si", status="associate", on=dt.date(2018, 3, 1))
        duplicate = add_associate()
        merge(duplicate, survivor, on=dt.date(2019, 4, 1))
        decide((survivor, "approve"))

        assert refusal_of(undo, duplicate) == (
            "The application of Suncheon was decided on meanwhile: it stays with Suncheon-si."
        )

    def test_a_full_survivor_needs_none(self, db):
        survivor = add_member("Suncheon-si", on=dt.date(2018, 3, 1))
        duplicate = add_associate()

        assert refusal_of(merge, duplicate, survivor) == (
            "Application WA-2019-00001 of Suncheon waits for a decision, and Suncheon-si is no "
            "associate: withdraw it first, or merge the other way round."
        )
