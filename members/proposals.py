"""What a member asks to have changed: its name, kind, level, country, or the figure of a dues year.

A proposal changes nothing. The secretariat sees it beside what stands now and accepts or declines
it whole; accepting calls the rules that rename, reclassify or record. When what stands changed
after the proposal was made, that is said and all three values are shown.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from members.changes import change_facts, change_kind, rename_member
from members.confirming import DEFINITION, figure_for, known_value, measure_of
from members.figures import record_figure, refuse_origin, refuse_value
from members.lifecycle import lock, refuse_twin
from members.models import (
    Kind,
    Member,
    Proposal,
    ProposalState,
    User,
    is_country,
)
from members.proposal_words import FACTS, FIELDS, FIGURE, NAMES, describe, mark_of_now
from members.rows import squeeze
from wego import audit, outbox

LONGEST = {"name_en": 200, "name_ko": 200, "level": 40}
LONGEST_NOTE = 2000


@transaction.atomic
def propose_change(member: Member, changes: Mapping[str, Any], *, note: str, by: User) -> Proposal:
    """Ask the secretariat for a change; `changes` holds what is wanted, by field.

    A figure is the field "figure": dues_year, value, source, source_year.

    Raises:
        ValidationError: nothing would change, a value is none (by field), or one of these fields
            waits for the secretariat already (`waiting`).
    """
    locked = lock(member)
    wanted = {name: changes[name] for name in FIELDS if name in changes}
    pairs = {
        name: [getattr(locked, name), squeeze(str(value))]
        for name, value in wanted.items()
        if squeeze(str(value)) != getattr(locked, name)
    }
    refuse_facts(locked, {name: pair[1] for name, pair in pairs.items()})
    if FIGURE in changes:
        pairs[FIGURE] = figure_pair(locked, changes[FIGURE])
    if not pairs:
        raise ValidationError(_("This is what stands already: nothing to propose."), code="same")
    refuse_waiting(locked, pairs)
    if len(note) > LONGEST_NOTE:
        raise ValidationError({"note": too_long(LONGEST_NOTE)})
    proposal = Proposal.objects.create(
        member=locked, changes=pairs, note=note.strip(), proposed_by=by
    )
    record(proposal, "proposal.made", by=by, why=proposal.note)
    return proposal


def figure_pair(member: Member, wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figure that stands and the one proposed, as they are kept."""
    measure, year = measure_of(member), int(wanted["dues_year"])
    try:
        refuse_value(measure, Decimal(wanted["value"]))
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from error
    source_year = wanted.get("source_year")
    try:
        refuse_origin(year, wanted["source"], source_year, DEFINITION)
    except ValidationError as error:
        raise ValidationError({"source": error.messages}) from error
    value = int(wanted["value"])
    if figure_for(member, year) and value == known_value(member, year):
        raise ValidationError(
            {"value": _("This figure is recorded for %(year)s already.") % {"year": year}}
        )
    base = {"measure": measure, "dues_year": year}
    return [
        {**base, "value": known_value(member, year)},
        {
            **base,
            "value": value,
            "source": str(wanted["source"]).strip(),
            "source_year": source_year,
            "definition": DEFINITION,
        },
    ]


def refuse_facts(member: Member, wanted: Mapping[str, str]) -> None:
    """Refuse what no member can be: no name, another's name, no kind or country."""
    problems: dict[str, str] = {}
    if "name_en" in wanted and not wanted["name_en"]:
        problems["name_en"] = _("A member needs a name in English.")
    for name, longest in LONGEST.items():
        if len(wanted.get(name, "")) > longest:
            problems[name] = too_long(longest)
    if "kind" in wanted and wanted["kind"] not in Kind.values:
        problems["kind"] = _("Choose city, institution or company.")
    if "country_code" in wanted and not is_country(wanted["country_code"]):
        problems["country_code"] = _("Choose a country.")
    if problems:
        raise ValidationError(problems)
    if wanted:
        refuse_twin(
            Member(
                pk=member.pk,
                kind=wanted.get("kind", member.kind),
                country_code=wanted.get("country_code", member.country_code),
                name_en=wanted.get("name_en", member.name_en),
            )
        )


def too_long(longest: int) -> str:
    """What to say of a text that cannot be kept."""
    return _("The text is longer than %(longest)s characters.") % {"longest": longest}


def refuse_waiting(member: Member, fields: Iterable[str]) -> None:
    """Two people propose the same: the second is told, and sees the first one's value."""
    wanted = set(fields)
    for proposal in waiting_of(member):
        if shared := wanted & set(proposal.changes):
            rows = describe(proposal, shared)
            raise ValidationError(
                _("%(person)s has already proposed %(what)s. Take that back first.")
                % {
                    "person": proposal.proposed_by or _("Somebody"),
                    "what": ", ".join(f"{row.label}: {row.wanted}" for row in rows),
                },
                code="waiting",
            )


def waiting_of(member: Member) -> list[Proposal]:
    """The member's proposals that nobody has answered, the newest first."""
    rows = Proposal.objects.filter(member=member, state=ProposalState.WAITING)
    return list(rows.select_related("proposed_by"))


@transaction.atomic
def accept_proposal(proposal: Proposal, *, seen: str, on: dt.date, by: User) -> Proposal:
    """Do what was proposed, by the rules for it, and tell the proposer.

    `seen` is the mark of what stood when the page was read (`mark_of_now`).

    Raises:
        ValidationError: it is answered already, what stands changed since the page was read
            (`changed_meanwhile`), or one of the rules refuses.
    """
    locked = lock_waiting(proposal)
    if seen != mark_of_now(locked):
        raise ValidationError(
            _("What stands changed since you read this page. Look again, then decide."),
            code="changed_meanwhile",
        )
    apply(locked, on=on, by=by)
    answer(locked, ProposalState.ACCEPTED, "", by=by)
    record(locked, "proposal.accepted", by=by)
    tell_proposer(locked, "proposal_accepted")
    return locked


@transaction.atomic
def decline_proposal(proposal: Proposal, *, text: str, by: User) -> Proposal:
    """Leave everything as it is, say why, and tell the proposer.

    Raises:
        ValidationError: it is answered already, or no reason is given.
    """
    locked = lock_waiting(proposal)
    if not text.strip() or len(text) > LONGEST_NOTE:
        raise ValidationError({"answer": _("Say why in at most 2,000 characters.")})
    answer(locked, ProposalState.DECLINED, text.strip(), by=by)
    record(locked, "proposal.declined", by=by, why=locked.answer)
    tell_proposer(locked, "proposal_declined", answer=locked.answer)
    return locked


@transaction.atomic
def take_back_proposal(proposal: Proposal, *, by: User) -> Proposal:
    """The member thinks better of it.

    Raises:
        ValidationError: it is answered already.
    """
    locked = lock_waiting(proposal)
    answer(locked, ProposalState.TAKEN_BACK, "", by=by)
    record(locked, "proposal.taken_back", by=by)
    return locked


def lock_waiting(proposal: Proposal) -> Proposal:
    """The row, held until the transaction ends, if nobody has answered it."""
    member = lock(proposal.member)
    locked = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("proposed_by")
        .get(pk=proposal.pk)
    )
    locked.member = member
    if locked.state != ProposalState.WAITING:
        raise ValidationError(
            _("This proposal is answered already: %(state)s.")
            % {"state": locked.get_state_display()},
            code="answered",
        )
    return locked


def apply(proposal: Proposal, *, on: dt.date, by: User) -> None:
    """Hand each part to its rule."""
    member, wanted = proposal.member, {name: new for name, (_old, new) in proposal.changes.items()}
    reason = _reason(proposal)
    if "kind" in wanted:
        change_kind(member, wanted["kind"], on=on, reason=reason, by=by)
    if not wanted.keys().isdisjoint(NAMES):
        rename_member(
            member,
            name_en=wanted.get("name_en", member.name_en),
            name_ko=wanted.get("name_ko", member.name_ko),
            on=on,
            reason=reason,
            by=by,
        )
    if facts := {name: wanted[name] for name in FACTS if name in wanted}:
        change_facts(member, facts, on=on, reason=reason, by=by)
    if FIGURE in wanted:
        figure = wanted[FIGURE]
        record_figure(
            member,
            figure["measure"],
            year=figure["dues_year"],
            value=figure["value"],
            source=figure["source"],
            source_year=figure["source_year"],
            definition=figure["definition"],
            by=by,
        )


def _reason(proposal: Proposal) -> str:
    """Why, as the history of the member keeps it."""
    why = f": {proposal.note}" if proposal.note else ""
    return f"Proposed by {proposal.proposed_by}{why}"[:300]


def answer(proposal: Proposal, state: ProposalState, text: str, *, by: User) -> None:
    """Close a locked proposal."""
    proposal.state, proposal.answer = state, text
    proposal.answered_by, proposal.answered_at = by, timezone.now()
    proposal.save(update_fields=["state", "answer", "answered_by", "answered_at"])


def record(proposal: Proposal, act: str, *, by: User, why: str = "") -> None:
    """On the file of the member, with what it was about."""
    audit.record_act(
        act, by=by, subject=proposal, file=proposal.member, why=why, facts=proposal.changes
    )


def tell_proposer(proposal: Proposal, kind: str, **facts: str) -> None:
    """Mail the answer in the proposer's language; somebody who left is not written to."""
    person = proposal.proposed_by
    if person is None or not person.is_active:
        return
    with translation.override(person.language):
        lines = [f"{row.label}: {row.then} → {row.wanted}" for row in describe(proposal)]
        member = str(proposal.member)
    outbox.post_mail(
        kind,
        to=outbox.Mailbox(person.email, person.full_name, person.language),
        facts={
            "person": str(person),
            "member": member,
            "changes": "\n".join(lines),
            "link": settings.PUBLIC_URL + reverse("portal:data"),
            **facts,
        },
        file=proposal.member,
    )
