"""One city votes for another (S30): in writing, both with a vote in the same meeting."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.meetings.electorate import find_voters
from events.models import Delegation, Meeting, Proxy
from events.policies import load_policies
from events.switches import ProxyRule
from members.models import User
from wego import audit, storage
from wego.uploads import Upload


@transaction.atomic
def give_proxy(
    giver: Delegation,
    holder: Delegation,
    *,
    paper: str,
    given_on: dt.date,
    file: Upload | None = None,
    voting_on: dt.date,
    on: dt.date,
    by: User | None,
) -> Proxy:
    """Let one delegation vote for another; `paper` says which writing gives it.

    `voting_on` is the day whose statuses decide who has a vote.

    Raises:
        ValidationError: not allowed at all, no vote on either side, another meeting, a holder with
            a proxy already, a chain, or nothing in writing.
    """
    meeting = Meeting.objects.select_for_update().get(pk=giver.meeting_id)
    refuse_proxy(meeting, giver, holder, paper=paper, given_on=given_on, on=on)
    refuse_without_vote(meeting, (giver, holder), voting_on)
    stored = store(meeting, file, on)
    proxy = Proxy.objects.create(
        meeting=meeting,
        giver=giver,
        holder=holder,
        paper=paper.strip(),
        given_on=given_on,
        recorded_by=by,
        **stored,
    )
    audit.record_act(
        "proxy.given",
        by=by,
        subject=meeting,
        file=giver.member or meeting,
        facts={"by": str(giver), "to": str(holder), "paper": proxy.paper},
    )
    return proxy


def store(meeting: Meeting, file: Upload | None, on: dt.date) -> dict[str, str]:
    """The written proxy in the private store, if its scan was handed in."""
    if file is None:
        return {}
    kept = storage.store_file(f"proxies/{meeting.code}/{on:%Y-%m-%d}{file.suffix}", file.content)
    return {"file_name": file.name, "file_path": kept.path, "file_sha256": kept.sha256}


def refuse_proxy(
    meeting: Meeting,
    giver: Delegation,
    holder: Delegation,
    *,
    paper: str,
    given_on: dt.date,
    on: dt.date,
) -> None:
    """S30 as it is set."""
    rule = load_policies().proxies
    if rule == ProxyRule.NONE:
        raise ValidationError(_("Proxies are not allowed (S30)."), code="not_allowed")
    if holder.meeting_id != meeting.pk:
        raise ValidationError(_("A proxy is given within one meeting (S30)."), code="meeting")
    if giver.pk == holder.pk:
        raise ValidationError(_("Choose another city to hold it."), code="itself")
    if not paper.strip():
        raise ValidationError(
            _("A proxy is given in writing (S30): say in which letter or mail."), code="paper"
        )
    if given_on > on:
        raise ValidationError(_("That day is still to come."), code="future")
    standing = Proxy.objects.standing().filter(meeting=meeting)
    if standing.filter(giver=giver).exists():
        raise ValidationError(
            _("%(giver)s has given its vote to another city: take that back first.")
            % {"giver": giver},
            code="given",
        )
    if rule == ProxyRule.ONE and standing.filter(holder=holder).exists():
        raise ValidationError(
            _("%(holder)s holds a proxy already: one is allowed (S30).") % {"holder": holder},
            code="held",
        )
    if standing.filter(giver=holder).exists() or standing.filter(holder=giver).exists():
        raise ValidationError(
            _("A vote that was given on cannot be given on again (S30)."), code="chain"
        )


def refuse_without_vote(
    meeting: Meeting, delegations: tuple[Delegation, ...], voting_on: dt.date
) -> None:
    """Both sides have a vote: observers, associates and other kinds have none."""
    voters = {member.pk for member in find_voters(meeting, on=voting_on)}
    for delegation in delegations:
        if delegation.member_id not in voters:
            raise ValidationError(
                _("%(who)s has no vote in this meeting.") % {"who": delegation}, code="no_vote"
            )


@transaction.atomic
def revoke_proxy(proxy: Proxy, *, on: dt.date, by: User | None) -> Proxy:
    """Take a proxy back; votes that were given with it stay."""
    row = Proxy.objects.select_for_update().get(pk=proxy.pk)
    if row.revoked_on is None:
        row.revoked_on = on
        row.save(update_fields=["revoked_on"])
        audit.record_act(
            "proxy.revoked",
            by=by,
            subject=row.meeting,
            file=row.giver.member or row.meeting,
            facts={"by": str(row.giver), "to": str(row.holder)},
        )
    return row
