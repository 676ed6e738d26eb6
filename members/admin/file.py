"""The member's file: everything known of one member on one page, for reading; acts lead from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.admin.acts import records_of
from members.admin.file_rows import find_member, read_who
from members.admin.pages import CHANGE
from members.models import (
    Application,
    Letter,
    Member,
    MemberFigure,
    Outcome,
)
from members.timeline import Page, read_timeline
from members.timeline_sources import Owner, owner_of
from members.timeline_words import SORT_LABELS
from wego.admin.pages import show
from wego.models import Mail, MailState
from wego.templatetags.charts import Bar
from wego.templatetags.ui import Chip, day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FILE = "admin:members_member_change"
FEW = 5
MOST_BARS = 8
LONG_NUMBER = 6
MAIL_TONES: dict[str, str] = {MailState.SENT: "ok", MailState.FAILED: "bad"}
# What may be done about a member, in the order of how often it is.
ACTS = (
    ("admin:members_member_figure", gettext_lazy("Record a figure"), "members.add_memberfigure"),
    ("admin:members_member_facts", gettext_lazy("Edit facts"), CHANGE),
    ("admin:members_member_rename", gettext_lazy("Record a new name"), CHANGE),
    ("admin:members_member_change_kind", gettext_lazy("Change the kind"), CHANGE),
    ("admin:members_member_notice", gettext_lazy("File a notice of withdrawal"), CHANGE),
    ("admin:members_member_propose", gettext_lazy("Propose to suspend or expel"), CHANGE),
    ("admin:members_member_status", gettext_lazy("Record a status"), CHANGE),
    ("admin:members_member_merge", gettext_lazy("Merge a duplicate"), CHANGE),
)
INVITE, UNDO_MERGE = "admin:members_invitation_add", "admin:members_member_unmerge"


class Flag(NamedTuple):
    """Something a reader must not miss: how grave, in words, and where to settle it."""

    tone: str
    words: str
    url: str = ""

    @property
    def text(self) -> str:
        """The words, and the way to settle it."""
        if not self.url:
            return self.words
        return format_html('{} <a href="{}">{}</a>', self.words, self.url, _("Settle it"))


class Paper(NamedTuple):
    """A letter, mail or application: what it is, when and to whom, where, and how far."""

    title: str
    detail: str
    url: str
    tone: str = ""
    state: str = ""


def show_file(request: HttpRequest, pk: str) -> HttpResponse:
    """The page; at most 15 queries, however long the life."""
    member = find_member(pk)
    names, people = read_who(member)
    applications = list(member.applications.all()[:FEW])
    owner = owner_of(
        member,
        merged=[name.pk for name in names if name.pk is not None],
        applications=[application.pk for application in applications],
    )
    records = records_of(member)
    timeline = read_timeline(
        member,
        owner,
        user=request.user,
        sort=request.GET.get("sort", ""),
        number=read_number(request.GET.get("page", "")),
    )
    return show(
        request,
        "admin/members/member/file.html",
        title=str(member),
        member=member,
        acts=acts_on(member, request.user),
        flags=flags_of(member, request.user),
        **records,
        names=names,
        contacts=[person for person in people if person.sort == "contact"],
        acting=[person for person in people if person.sort == "acts"],
        invited=[person for person in people if person.sort == "invited"],
        bars=bars_of(records["figures"]),
        papers=papers_of(member, applications, owner, request.user),
        timeline=timeline,
        chips=chips_of(member, timeline),
    )


def acts_on(member: Member, user: AbstractBaseUser | AnonymousUser) -> list[tuple[str, Any]]:
    """Address and words of what this person may do; a duplicate can only be taken out again."""
    may = getattr(user, "has_perm", lambda _permission: False)
    if member.merged_into_id:
        undo = (reverse(UNDO_MERGE, args=[member.pk]), _("Undo the merge"))
        return [undo] if may(CHANGE) else []
    acts: list[tuple[str, Any]] = [
        (reverse(name, args=[member.pk]), words)
        for name, words, permission in ACTS
        if may(permission)
    ]
    if may("members.add_invitation"):
        acts.insert(2, (f"{reverse(INVITE)}?member={member.pk}", _("Invite somebody")))
    return acts


def flags_of(member: Any, user: AbstractBaseUser | AnonymousUser) -> list[Flag]:  # noqa: ANN401 annotated by the queryset
    """What a reader must not miss."""
    may = getattr(user, "has_perm", lambda _permission: False)
    flags: list[Flag] = []
    if member.merged_into:
        words = _("This is a duplicate, merged into %(member)s: its life goes on there.")
        url = reverse(FILE, args=[member.merged_into_id])
        flags.append(Flag("warn", words % {"member": member.merged_into}, url))
    if not member.status_confirmed:
        url = reverse("admin:members_member_checklist") if may(CHANGE) else ""
        flags.append(Flag("warn", _("Nobody has confirmed the status yet."), url))
    if member.notice_on:
        words = _("A notice of withdrawal, received on %(day)s, waits to be acknowledged.")
        url = reverse("admin:members_member_acknowledge", args=[member.pk]) if may(CHANGE) else ""
        flags.append(Flag("warn", words % {"day": day(member.notice_on)}, url))
    if member.proposed:
        words = _("Proposed: %(outcome)s. The member may be heard until %(day)s.")
        facts = {"outcome": Outcome(member.proposed).label, "day": day(member.heard_until)}
        hearing = [member.pk, member.proceeding]
        url = reverse("admin:members_member_hearing", args=hearing) if may(CHANGE) else ""
        flags.append(Flag("warn", words % facts, url))
    if member.waiting:
        url = reverse("admin:members_proposal_changelist") if may(CHANGE) else ""
        flags.append(
            Flag("info", _("The member proposed a change, which waits for an answer."), url)
        )
    return flags


def papers_of(
    member: Member,
    applications: Iterable[Application],
    owner: Owner,
    user: AbstractBaseUser | AnonymousUser,
) -> list[tuple[StrOrPromise, list[Paper], StrOrPromise]]:
    """Newest letters, mails and applications, each under its heading, with a sentence for none."""
    may = getattr(user, "has_perm", lambda _permission: False)
    letters = member.letters.select_related("document", "parked").defer("snapshot")[:FEW]
    papers: list[tuple[StrOrPromise, list[Paper], StrOrPromise]] = [
        (
            _("Letters and certificates"),
            [paper_of_letter(letter, may_open=may("members.view_letter")) for letter in letters],
            _("No letter has been written to this member yet."),
        )
    ]
    if may("wego.view_mail"):
        mails = Mail.objects.filter(file__in=[*owner.files, *owner.applications])
        papers.append(
            (
                _("Mails"),
                [paper_of_mail(mail) for mail in mails.defer("text", "html", "attachments")[:FEW]],
                _("No mail has been sent to this member yet."),
            )
        )
    if may("members.view_application") and (found := [*map(paper_of_application, applications)]):
        papers.append((_("Applications"), found, ""))
    return papers


def paper_of_letter(letter: Letter, *, may_open: bool) -> Paper:
    """A letter, and whether its PDF is made."""
    state = ("", "")
    if hasattr(letter, "parked"):
        state = ("bad", _("could not be made"))
    elif not hasattr(letter, "document"):
        state = ("info", _("being made"))
    url = reverse("admin:members_letter_pdf", args=[letter.pk]) if may_open and not state[0] else ""
    detail = f"{day(letter.issued_on)} · {letter.reference}"
    return Paper(letter.get_kind_display(), detail, url, *state)


def paper_of_mail(mail: Mail) -> Paper:
    """A mail and how far it is; of a private one not even the subject is shown."""
    return Paper(
        _("Private mail") if mail.private else mail.subject,
        f"{day(mail.queued_at)} · {mail.to_email}",
        reverse("admin:wego_mail_change", args=[mail.pk]),
        MAIL_TONES.get(mail.state, "info"),
        mail.get_state_display(),
    )


def paper_of_application(application: Application) -> Paper:
    """An application and where it stands."""
    return Paper(
        application.reference,
        day(application.submitted_on),
        reverse("admin:members_application_change", args=[application.pk]),
        "quiet",
        application.get_state_display(),
    )


def bars_of(figures: Iterable[MemberFigure]) -> list[Bar]:
    """The figure that holds of each of the last years, oldest first; none for a single year."""
    newest: dict[int, MemberFigure] = {}
    for row in figures:
        newest.setdefault(row.dues_year, row)
    years = sorted(newest)[-MOST_BARS:]
    return [Bar(str(year), newest[year].value) for year in years]


def chips_of(member: Member, timeline: Page) -> list[Chip]:
    """The sorts of lines there are, each a link that keeps the reader at the timeline."""
    url = reverse(FILE, args=[member.pk])
    chips = [
        Chip(
            SORT_LABELS[sort],
            f"{url}?sort={sort}#timeline",
            count,
            chosen=sort == timeline.sort,
        )
        for sort, count in timeline.counts.items()
    ]
    everything = sum(timeline.counts.values())
    return [Chip(_("All"), f"{url}#timeline", everything, chosen=not timeline.sort), *chips]


def read_number(typed: str) -> int:
    """The number of a page as typed into an address; the first for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONG_NUMBER else 1
