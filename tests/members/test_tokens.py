"""Tokens: stored as digests, scoped, mortal, worth no more than the person behind them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import Affiliation, ApiToken, User
from members.tokens import MOST, SECONDS, count_use, find_caller, make_token, revoke_token
from tests.register import add_member
from wego.api.bearer import SECRET, digest_of
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
READ = ["members:read"]


def make(**facts):
    given = {"scopes": READ, "days": 30, "at": timezone.now(), "by": None, **facts}
    return make_token("Goyang city portal", **given)


def test_only_a_digest_of_the_token_is_stored(administrator):
    made = make(role="finance", by=administrator)

    assert SECRET.fullmatch(made.secret)
    stored = ApiToken.objects.values().get()
    assert made.secret not in str(stored)
    assert stored["digest"] == digest_of(made.secret)
    assert stored["shown"] == made.secret[:12]
    entry = AuditEntry.objects.get(act="token.made")
    assert entry.by == administrator
    assert made.secret not in str(entry.facts)


def test_a_token_speaks_for_its_role_or_its_member():
    goyang = add_member("Goyang")

    staff = find_caller(digest_of(make(role="finance").secret), at=timezone.now())
    city = find_caller(digest_of(make(member=goyang).secret), at=timezone.now())

    assert (staff.member, staff.scopes) == (None, frozenset(READ))
    assert staff.permits("dues.view_invoice")
    assert not staff.permits("members.change_member")
    assert city.member == goyang
    assert not city.permits("members.view_member")


@pytest.mark.parametrize("wrong", ["wego_", "", "x" * 64])
def test_an_unknown_token_opens_nothing(wrong):
    make(role="finance")

    assert find_caller(digest_of(wrong), at=timezone.now()) is None


def test_a_token_opens_nothing_once_taken_back_or_run_out(administrator):
    now = timezone.now()
    made = make(role="finance", days=1, at=now)
    digest = digest_of(made.secret)

    assert find_caller(digest, at=now + dt.timedelta(hours=23))
    assert find_caller(digest, at=now + dt.timedelta(hours=25)) is None

    revoke_token(made.token, at=now, by=administrator)

    assert find_caller(digest, at=now) is None
    with pytest.raises(ValidationError) as refused:
        revoke_token(made.token, at=now, by=administrator)
    assert refused.value.code == "revoked"
    assert AuditEntry.objects.filter(act="token.taken_back").count() == 1


def test_a_persons_token_dies_with_the_role(finance):
    digest = digest_of(make(role="finance", person=finance).secret)
    assert find_caller(digest, at=timezone.now()).person == finance

    User.objects.filter(pk=finance.pk).update(role="secretariat")
    assert find_caller(digest, at=timezone.now()) is None

    User.objects.filter(pk=finance.pk).update(role="finance", is_active=False)
    assert find_caller(digest, at=timezone.now()) is None


def test_a_persons_token_dies_when_they_leave_the_member(finance):
    goyang = add_member("Goyang")
    person = User.objects.create_user("choi@goyang.example", full_name="Choi Min-seo")
    Affiliation.objects.create(user=person, member=goyang, role="administrator")
    digest = digest_of(make(member=goyang, person=person).secret)
    assert find_caller(digest, at=timezone.now())

    Affiliation.objects.all().delete()

    assert find_caller(digest, at=timezone.now()) is None


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"role": "finance", "scopes": []}, "scopes"),
        ({"role": "finance", "scopes": ["everything"]}, "scopes"),
        ({"role": "finance", "days": 0}, "days"),
        ({"role": "finance", "days": 366}, "days"),
        ({}, "owner"),
        ({"role": "mayor"}, "owner"),
    ],
)
def test_what_makes_no_token_is_refused_and_nothing_is_stored(facts, code):
    with pytest.raises(ValidationError) as refused:
        make(**facts)

    assert refused.value.code == code
    assert not ApiToken.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_members_token_can_only_read(finance):
    goyang = add_member("Goyang")

    for scope in ("payments:write", "members:write", "reports:read"):
        with pytest.raises(ValidationError) as refused:
            make(member=goyang, scopes=[scope])
        assert refused.value.code == "scopes"

    with pytest.raises(ValidationError) as refused:
        make(role="administrator", person=finance)
    assert refused.value.code == "person"


def test_a_member_has_at_most_ten_tokens():
    goyang = add_member("Goyang")
    for _each in range(10):
        make(member=goyang)

    with pytest.raises(ValidationError) as refused:
        make(member=goyang)

    assert refused.value.code == "too_many"


def test_the_database_knows_no_token_of_both_or_of_neither():
    goyang = add_member("Goyang")
    later = timezone.now() + dt.timedelta(days=1)
    for owner in ({"role": "finance", "member": goyang}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.create(name="x", digest=str(owner)[:60], expires_at=later, **owner)


def test_s13_a_window_holds_so_many_requests_and_no_more():
    token = make(role="finance").token
    began = dt.datetime.fromtimestamp(SECONDS * 29_000_000, tz=dt.UTC)
    ApiToken.objects.filter(pk=token.pk).update(window=29_000_000, used=MOST - 1)
    token.refresh_from_db()

    last = count_use(token, began)
    token.refresh_from_db()
    over = count_use(token, began + dt.timedelta(seconds=30))

    assert (last.used, last.left, last.resets_in) == (MOST, 0, SECONDS)
    assert (over.used, over.left, over.resets_in) == (MOST + 1, 0, 30)
    token.refresh_from_db()
    assert token.used == MOST

    again = count_use(token, began + dt.timedelta(seconds=SECONDS))
    token.refresh_from_db()
    assert (again.used, again.left) == (1, MOST - 1)
    assert (token.window, token.used) == (29_000_001, 1)
