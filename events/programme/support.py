"""Speaker support: asked for, consulted on, granted with a cap or not, settled by receipts (R27).

Nothing is promised by itself: a grant is somebody's act after a consultation, and the database
knows none without a person and a cap. Amounts are US cents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from dues.arrears import find_arrears
from events.models import (
    Speaker,
    SupportOf,
    SupportReceipt,
    SupportRequest,
    SupportState,
    SupportStep,
)
from members.models import User
from wego import audit, money, storage
from wego.uploads import Upload

# What may follow what.
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    SupportState.REQUESTED: (SupportState.CONSULTATION, SupportState.DECLINED),
    SupportState.CONSULTATION: (SupportState.GRANTED, SupportState.DECLINED),
    SupportState.GRANTED: (SupportState.SETTLED,),
    SupportState.DECLINED: (),
    SupportState.SETTLED: (),
}
MOST_CENTS = 2_000_000


@dataclass(frozen=True)
class Travel:
    """What a speaker asks for."""

    travel_from: str
    arrives_on: dt.date
    leaves_on: dt.date
    wants_lodging: bool = False
    wants_airfare: bool = False
    note: str = ""


@transaction.atomic
def request_support(
    speaker: Speaker, travel: Travel, *, on: dt.date, by: User | None
) -> SupportRequest:
    """Ask that a speaker's lodging or airfare be paid; nothing is promised by it.

    Raises:
        ValidationError: no speaker of a member, asked before, nothing asked for, or days that
            cannot be.
    """
    locked = Speaker.objects.select_for_update().get(pk=speaker.pk)
    if locked.member is None or locked.left_on:
        raise ValidationError(_("Support is for speakers of members."), code="no_member")
    if SupportRequest.objects.filter(speaker=locked).exists():
        raise ValidationError(_("Support was asked for already."), code="known")
    refuse_travel(travel)
    fields = vars(travel) | {"travel_from": travel.travel_from.strip()}
    request = SupportRequest.objects.create(
        speaker=locked, requested_on=on, requested_by=by, **fields
    )
    add_step(request, SupportState.REQUESTED, on=on, by=by)
    return request


def refuse_travel(travel: Travel) -> None:
    """Something is asked for, from somewhere, on days in their order.

    Raises:
        ValidationError: by field, what is wrong.
    """
    problems = {}
    if not travel.travel_from.strip():
        problems["travel_from"] = _("Say from which city the speaker travels.")
    if travel.leaves_on < travel.arrives_on:
        problems["leaves_on"] = _("The speaker leaves before arriving.")
    if not (travel.wants_lodging or travel.wants_airfare):
        problems["wants_lodging"] = _("Choose lodging, airfare or both.")
    if problems:
        raise ValidationError(problems)


def state_of(request: SupportRequest) -> str:
    """How far a request has come: its last step."""
    step = request.steps.order_by("-pk").first()
    return step.state if step else SupportState.REQUESTED


def say_arrears(request: SupportRequest, *, on: dt.date) -> str:
    """What to know before anything is granted: what the member owes; "" when nothing (4.5)."""
    member = request.speaker.member
    arrears = find_arrears(member, on=on) if member else []
    if not arrears:
        return ""
    return _("%(member)s is in arrears with %(amount)s.") % {
        "member": member,
        "amount": money.display(sum(arrear.amount_cents for arrear in arrears)),
    }


@transaction.atomic
def begin_consultation(
    request: SupportRequest, *, note: str = "", on: dt.date, by: User | None
) -> SupportStep:
    """Talk with the member about what can be paid."""
    locked = lock_request(request, SupportState.CONSULTATION)
    return add_step(locked, SupportState.CONSULTATION, note=note, on=on, by=by)


@transaction.atomic
def grant_support(
    request: SupportRequest,
    *,
    lodging_cents: int | None = None,
    airfare_cents: int | None = None,
    note: str = "",
    on: dt.date,
    by: User | None,
) -> SupportStep:
    """Promise to pay lodging, airfare or both, each up to a cap (US cents).

    Raises:
        ValidationError: before a consultation, by nobody, without a cap, or for what nobody
            asked for.
    """
    locked = lock_request(request, SupportState.GRANTED)
    if by is None:
        raise ValidationError(_("Support is granted by a person, never by itself."), code="nobody")
    refuse_caps(locked, lodging_cents, airfare_cents)
    return add_step(
        locked,
        SupportState.GRANTED,
        note=note,
        lodging_cap_cents=lodging_cents,
        airfare_cap_cents=airfare_cents,
        on=on,
        by=by,
    )


def refuse_caps(
    request: SupportRequest, lodging_cents: int | None, airfare_cents: int | None
) -> None:
    """A grant has a sensible cap, for what was asked.

    Raises:
        ValidationError: by field, what is wrong.
    """
    problems = {}
    asked = {
        "lodging_cents": (lodging_cents, request.wants_lodging),
        "airfare_cents": (airfare_cents, request.wants_airfare),
    }
    for name, (cents, wanted) in asked.items():
        if cents is None:
            continue
        if not wanted:
            problems[name] = _("Nobody asked for this.")
        elif not 0 < cents <= MOST_CENTS:
            problems[name] = _("Enter an amount between USD 1 and %(most)s.") % {
                "most": money.short(MOST_CENTS)
            }
    if lodging_cents is None and airfare_cents is None:
        problems["lodging_cents"] = _("Say how much is paid at most, for lodging or airfare.")
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def decline_support(
    request: SupportRequest, *, note: str, on: dt.date, by: User | None
) -> SupportStep:
    """Say that nothing is paid, and why.

    Raises:
        ValidationError: no reason, or it was granted.
    """
    locked = lock_request(request, SupportState.DECLINED)
    if not note.strip():
        raise ValidationError({"note": _("Say why: the member reads it.")})
    return add_step(locked, SupportState.DECLINED, note=note, on=on, by=by)


@dataclass(frozen=True)
class Paid:
    """A receipt: for what, how much (US cents), and what it says."""

    of: str
    amount_cents: int
    described: str
    file: Upload | None = None


@transaction.atomic
def add_receipt(
    request: SupportRequest, paid: Paid, *, on: dt.date, by: User | None
) -> SupportReceipt:
    """Keep a receipt under a grant; together they never go beyond its cap.

    Raises:
        ValidationError: nothing is granted for it, or the cap is passed.
    """
    locked = lock_request(request, SupportState.SETTLED)
    caps = caps_of(locked)
    cap = caps.get(paid.of)
    if cap is None:
        raise ValidationError({"of": _("Nothing was granted for this.")})
    if not paid.described.strip():
        raise ValidationError({"described": _("Say what the receipt is for.")})
    left = cap - spent_on(locked, paid.of)
    if not 0 < paid.amount_cents <= left:
        raise ValidationError(
            {
                "amount_cents": _("Of the cap of %(cap)s, %(left)s is left.")
                % {"cap": money.display(cap), "left": money.display(left)}
            }
        )
    receipt = SupportReceipt.objects.create(
        request=locked,
        of=paid.of,
        amount_cents=paid.amount_cents,
        described=paid.described.strip(),
        received_on=on,
        recorded_by=by,
        **store_receipt(locked, paid.file),
    )
    audit.record_act(
        "support.receipt",
        by=by,
        subject=receipt,
        file=locked.speaker.member,
        facts={"for": paid.of, "amount": money.display(paid.amount_cents)},
    )
    return receipt


def store_receipt(request: SupportRequest, file: Upload | None) -> dict[str, str]:
    """The columns of a file that came with a receipt."""
    if file is None:
        return {}
    stored = storage.store_file(f"support/{request.pk}/receipt{file.suffix}", file.content)
    return {
        "file_name": file.name,
        "file_path": stored.path,
        "file_sha256": stored.sha256,
    }


def caps_of(request: SupportRequest) -> dict[str, int]:
    """What was granted at most, by what it is for (US cents); empty before a grant."""
    grant = request.steps.filter(state=SupportState.GRANTED).last()
    if grant is None:
        return {}
    caps = {
        SupportOf.LODGING.value: grant.lodging_cap_cents,
        SupportOf.AIRFARE.value: grant.airfare_cap_cents,
    }
    return {name: cents for name, cents in caps.items() if cents is not None}


def spent_on(request: SupportRequest, of: str) -> int:
    """What receipts add up to (US cents)."""
    found = request.receipts.filter(of=of).aggregate(sum=Sum("amount_cents"))
    return int(found["sum"] or 0)


@transaction.atomic
def settle_support(
    request: SupportRequest, *, note: str = "", on: dt.date, by: User | None
) -> SupportStep:
    """Close a grant: what its receipts say is paid, the rest is free again."""
    locked = lock_request(request, SupportState.SETTLED)
    return add_step(locked, SupportState.SETTLED, note=note, on=on, by=by)


def lock_request(request: SupportRequest, state: str) -> SupportRequest:
    """The request, held until the transaction ends, if the state may follow.

    Raises:
        ValidationError: it may not.
    """
    rows = SupportRequest.objects.select_for_update(of=("self",))
    locked = rows.select_related("speaker__member").get(pk=request.pk)
    now = state_of(locked)
    if state not in FOLLOWS[now]:
        raise ValidationError(
            _("“%(next)s” cannot follow “%(now)s”.")
            % {"next": SupportState(state).label, "now": SupportState(now).label},
            code="order",
        )
    return locked


def add_step(
    request: SupportRequest,
    state: str,
    *,
    note: str = "",
    lodging_cap_cents: int | None = None,
    airfare_cap_cents: int | None = None,
    on: dt.date,
    by: User | None,
) -> SupportStep:
    """The row, and its entry on the trail."""
    step = SupportStep.objects.create(
        request=request,
        state=state,
        on=on,
        note=note.strip(),
        lodging_cap_cents=lodging_cap_cents,
        airfare_cap_cents=airfare_cap_cents,
        recorded_by=by,
    )
    audit.record_act(
        f"support.{state}",
        by=by,
        subject=request,
        file=request.speaker.member,
        why=step.note,
    )
    return step
