import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.delegating.credentials import hand_in_credentials
from events.delegating.naming import (
    Person,
    answer_invitation,
    ask_to_take_part,
    change_delegate,
    name_delegate,
    remove_delegate,
    standing_delegates,
)
from events.models import Credential, Delegate, Delegation
from members.models import Affiliation, User
from tests.dues.builders import one_page_pdf
from tests.events.builders import add_delegate, add_delegation, add_meeting
from tests.register import add_member
from wego import storage
from wego.models import AuditEntry
from wego.uploads import Upload

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 8, 1)
HEAD = Person("Lee  Dong-hwan", "head", "Mayor", "Mayor@Goyang.example")
LETTER = Upload("letter.pdf", one_page_pdf(), "application/pdf", ".pdf")


@pytest.fixture
def goyang():
    return add_member("Goyang", name_ko="고양")


@pytest.fixture
def delegation(goyang):
    return add_delegation(add_meeting(), goyang)


def name(delegation, person=HEAD):
    return name_delegate(delegation, person, on=DAY, by=None)


def refused(delegation, person):
    before = Delegate.objects.count()
    with pytest.raises(ValidationError) as caught:
        name(delegation, person)
    assert Delegate.objects.count() == before
    return caught.value.message_dict


def test_r18_a_city_without_a_seat_takes_part_as_an_observer(goyang):
    meeting = add_meeting("excom-2024", "excom")

    delegation = ask_to_take_part(meeting, goyang, on=DAY, by=None)
    again = ask_to_take_part(meeting, goyang, on=DAY, by=None)

    assert (delegation.kind, delegation.answer, delegation.invited_on) == (
        "observer",
        "coming",
        None,
    )
    assert again == delegation
    assert AuditEntry.objects.get().act == "delegation.asked"


def test_r18_whoever_was_invited_to_vote_stays_so(delegation, goyang):
    assert ask_to_take_part(delegation.meeting, goyang, on=DAY, by=None).kind == "voting"


def test_a_former_member_does_not_ask_itself_in():
    moscow = add_member("Moscow", "RU", status="withdrawn", region="europe")

    with pytest.raises(ValidationError, match="is no member"):
        ask_to_take_part(add_meeting(), moscow, on=DAY, by=None)

    assert not Delegation.objects.exists()


def test_naming_the_head_says_that_the_city_comes(delegation, secretariat):
    mayor = User.objects.create_user("mayor@goyang.example", full_name="Lee")
    Affiliation.objects.create(user=mayor, member=delegation.member, role="delegate")

    delegate = name_delegate(delegation, HEAD, on=DAY, by=secretariat)

    assert (delegate.name, delegate.position, delegate.email, delegate.user) == (
        "Lee Dong-hwan",
        "Mayor",
        "mayor@goyang.example",
        mayor,
    )
    delegation.refresh_from_db()
    assert (delegation.answer, delegation.answered_on) == ("coming", DAY)
    acts = AuditEntry.objects.order_by("pk").values_list("act", "file", "by")
    assert list(acts) == [
        ("delegation.answered", f"member:{delegation.member.pk}", secretariat.pk),
        ("delegate.named", f"member:{delegation.member.pk}", secretariat.pk),
    ]


def test_an_account_of_another_member_is_not_linked(delegation):
    other = User.objects.create_user("mayor@goyang.example", full_name="Kim")
    Affiliation.objects.create(user=other, member=add_member("Jeju"), role="delegate")

    assert name(delegation).user is None


def test_a_delegation_has_one_head_and_only_sensible_people(delegation):
    name(delegation)

    assert refused(delegation, Person("Kim", "head")) == {
        "role": ["Lee Dong-hwan is head of the delegation: there is one."]
    }
    assert set(refused(delegation, Person(" ", "boss", "", "a@b, c@d", "by_post"))) == {
        "name",
        "role",
        "email",
        "takes_part",
    }
    for number in range(11):
        name(delegation, Person(f"Observer {number}", "observer"))
    with pytest.raises(ValidationError, match="12 people are named already"):
        name(delegation, Person("One more", "observer"))
    assert [each.role for each in standing_delegates(delegation)][:2] == ["head", "observer"]


@pytest.mark.parametrize(
    ("mode", "takes_part", "said"),
    [("online", "on_site", "This meeting is online."), ("on_site", "online", "joined online")],
)
def test_people_take_part_as_the_meeting_is_attended(goyang, mode, takes_part, said):
    delegation = add_delegation(add_meeting(mode=mode), goyang)

    problems = refused(delegation, Person("Lee", "head", takes_part=takes_part))

    assert said in problems["takes_part"][0]


def test_a_head_can_be_followed_by_another(delegation):
    first = name(delegation)

    remove_delegate(first, on=DAY, by=None)
    second = name(delegation, Person("Kim Seo-yeon", "head"))

    assert standing_delegates(Delegation.objects.get()) == [second]
    assert Delegate.objects.get(pk=first.pk).left_on == DAY
    with pytest.raises(ValidationError, match="no longer named"):
        remove_delegate(first, on=DAY, by=None)


def test_a_correction_is_on_the_trail_and_nothing_is_for_nothing(delegation):
    delegate = add_delegate(delegation, "Lee Dong-hwan", email="mayor@goyang.example")

    change_delegate(delegate, Person("Lee Dong-hwan", "deputy", "Mayor", delegate.email), by=None)
    changed = change_delegate(
        delegate, Person("Lee Dong-hwan", "deputy", "Mayor", delegate.email), by=None
    )

    assert (changed.role, changed.position) == ("deputy", "Mayor")
    entry = AuditEntry.objects.get()
    assert entry.facts == {"role": ["head", "deputy"], "position": ["", "Mayor"]}


def test_an_invitation_is_answered_and_answered_otherwise(delegation):
    answer_invitation(delegation, "declined", on=DAY, by=None)
    answer_invitation(delegation, "declined", on=DAY, by=None)
    answered = answer_invitation(delegation, "coming", on=dt.date(2026, 8, 2), by=None)

    assert (answered.answer, answered.answered_on) == ("coming", dt.date(2026, 8, 2))
    assert AuditEntry.objects.count() == 2
    with pytest.raises(ValidationError, match="Say whether you come"):
        answer_invitation(delegation, "awaited", on=DAY, by=None)


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_nobody_is_registered_for_a_meeting_that_is_over(goyang, state):
    delegation = add_delegation(add_meeting(state=state), goyang)

    for act in (
        lambda: name(delegation),
        lambda: answer_invitation(delegation, "coming", on=DAY, by=None),
        lambda: hand_in_credentials(delegation, LETTER, on=DAY, by=None),
    ):
        with pytest.raises(ValidationError, match="over or cancelled"):
            act()

    assert not AuditEntry.objects.exists()


def test_the_signed_letter_is_kept_as_it_came_at_most_five_times(delegation):
    letters = [hand_in_credentials(delegation, LETTER, on=DAY, by=None) for _turn in range(5)]

    kept = letters[-1]
    assert storage.read_file(kept.file_path, sha256=kept.file_sha256) == LETTER.content
    with pytest.raises(ValidationError, match="5 letters"):
        hand_in_credentials(delegation, LETTER, on=DAY, by=None)
    assert Credential.objects.count() == 5
