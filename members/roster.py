"""The roster of a date, taken into the register (R1, R32, C1-C3, C22).

All or nothing, and taking the same roster in again changes nothing. The roster prints no statuses
in words: everybody on it is entered as a full member whose status is still to be confirmed (C3).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.announcements import announce_statuses
from members.history import Entry, status_on
from members.models import (
    ENTRY_ORDER,
    ON_ROSTER,
    Kind,
    Language,
    Member,
    Region,
    Status,
    StatusEntry,
    User,
    is_country,
)
from members.rows import Rejection, Row, Source, Table, as_truth, read_table, sameness
from wego import audit

REQUIRED = ("kind", "name_en", "name_ko", "country_code", "region", "is_capital")
OPTIONAL = ("level", "name_confidence", "note")
# What the roster prints of a member, and may correct in the register; an empty cell says nothing.
PRINTED = ("name_en", "name_ko", "region", "is_capital", "level", "name_confidence")
LONGEST = {"name_en": 200, "name_ko": 200, "level": 40, "name_confidence": 10, "note": 2000}
NAMED_IN_A_WARNING = 10


class Key(NamedTuple):
    """What makes two lines the same member."""

    kind: str
    country_code: str
    name: str


@dataclass
class RosterReport:
    """What a roster did to the register; nothing at all when `rejected` has lines."""

    created: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Kind.values, 0))
    unchanged: int = 0
    updated: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "created": self.created,
            "unchanged": self.unchanged,
            "updated": self.updated,
            "rejected": [rejection._asdict() for rejection in self.rejected],
            "warnings": self.warnings,
        }


def import_roster(source: Source, *, on: dt.date, by: User | None) -> RosterReport:
    """Enter the members of a roster as of a date; the columns are those of `REQUIRED`.

    New members are full members from that date, with `status_confirmed` off; members already in
    the register keep their history and get the printed facts.

    Raises:
        ValidationError: the file cannot be read at all (see `read_table`).
    """
    table = read_table(source, required=REQUIRED, known=OPTIONAL)
    report = RosterReport(rejected=table.rejected, warnings=table.warnings)
    if not table.rows and not table.rejected:
        raise ValidationError(_("The file has no rows under its first row."), code="unreadable")
    wanted = read_members(table, report)
    report.rejected.sort()
    if not report.rejected:
        report.warnings += [*warn_of_regions(wanted)]
        try:
            enter(wanted, report, on=on, by=by)
        except IntegrityError as error:
            raise ValidationError(
                _("The register changed while the file was read. Import it again."), code="changed"
            ) from error
    return report


def read_members(table: Table, report: RosterReport) -> dict[Key, Member]:
    """The members a table describes, not saved; what is wrong goes to the report."""
    wanted: dict[Key, Member] = {}
    first_seen: dict[Key, int] = {}
    for row in table.rows:
        problems = list(find_problems(row))
        report.rejected += problems
        if problems:
            continue
        member = build_member(row)
        key = key_of(member)
        if key in wanted:
            reason = _("The same member stands in row %(row)s already.") % {"row": first_seen[key]}
            report.rejected.append(Rejection(row.number, "name_en", reason))
            continue
        wanted[key], first_seen[key] = member, row.number
    return wanted


def find_problems(row: Row) -> Iterator[Rejection]:
    """Every cell of a row that cannot be taken, in the order of the columns."""
    cells = row.cells
    if cells["kind"].lower() not in Kind.values:
        yield refuse(row, "kind", _("“%(cell)s” is not one of %(choices)s."), Kind.values)
    if not cells["name_en"]:
        yield Rejection(row.number, "name_en", _("The name in English is empty."))
    for column, longest in LONGEST.items():
        if len(cells.get(column, "")) > longest:
            reason = _("The text is longer than %(longest)s characters.") % {"longest": longest}
            yield Rejection(row.number, column, reason)
    if not is_country(cells["country_code"].upper()):
        yield refuse(row, "country_code", _("“%(cell)s” is not a country code of ISO 3166."))
    if cells["region"].lower() not in Region.values:
        yield refuse(row, "region", _("“%(cell)s” is not one of %(choices)s."), Region.values)
    yield from find_capital_problem(row)


def find_capital_problem(row: Row) -> Iterator[Rejection]:
    """A city says whether it is a capital; nobody else can be one."""
    kind, capital = row.cells["kind"].lower(), as_truth(row.cells["is_capital"])
    if capital is None and (kind == Kind.CITY or row.cells["is_capital"]):
        yield refuse(row, "is_capital", _("“%(cell)s” is neither true nor false."))
    elif capital and kind in (Kind.INSTITUTION, Kind.COMPANY):
        yield Rejection(row.number, "is_capital", _("Only a city can be a capital."))


def refuse(row: Row, column: str, reason: str, choices: list[str] | None = None) -> Rejection:
    """A rejection that quotes the cell."""
    params = {"cell": row.cells[column][:40], "choices": ", ".join(choices or ())}
    return Rejection(row.number, column, reason % params)


def build_member(row: Row) -> Member:
    """The member a checked row describes; Korean members are written to in Korean."""
    cells = row.cells
    country = cells["country_code"].upper()
    return Member(
        kind=cells["kind"].lower(),
        name_en=cells["name_en"],
        name_ko=cells["name_ko"],
        country_code=country,
        region=cells["region"].lower(),
        is_capital=bool(as_truth(cells["is_capital"])),
        level=cells.get("level", ""),
        name_confidence=cells.get("name_confidence", ""),
        note=cells.get("note", ""),
        language=Language.KOREAN if country == "KR" else Language.ENGLISH,
        status_confirmed=False,
    )


def key_of(member: Member) -> Key:
    """The key of a member, stored or about to be."""
    return Key(member.kind, member.country_code, sameness(member.name_en))


@transaction.atomic
def enter(wanted: dict[Key, Member], report: RosterReport, *, on: dt.date, by: User | None) -> None:
    """Write what is new or different; the register's rows are locked meanwhile."""
    rows = list(Member.objects.select_for_update())
    known = {key_of(member): member for member in rows if not member.merged_into_id}
    gone = {key_of(member) for member in rows if member.merged_into_id} - known.keys()
    report.warnings += [*warn_of_merged(wanted, gone)]
    wanted = {key: member for key, member in wanted.items() if key not in gone}
    new = [member for key, member in wanted.items() if key not in known]
    changed = [
        known[key] for key, member in wanted.items() if key in known and correct(known[key], member)
    ]
    Member.objects.bulk_create(new)
    entries = [
        StatusEntry(
            member=member,
            status=Status.FULL,
            effective_on=on,
            reason=f"Shown as a member in the roster as of {on:%Y-%m-%d}.",
            recorded_by=by,
        )
        for member in new
    ]
    StatusEntry.objects.bulk_create(entries)
    announce_statuses(entries)
    if changed:
        Member.objects.bulk_update(changed, PRINTED, batch_size=500)
    report.created |= Counter(member.kind for member in new)
    report.updated = len(changed)
    report.unchanged = len(wanted) - len(new) - len(changed)
    if new or changed:
        facts = {"as_of": on.isoformat(), "created": len(new), "updated": len(changed)}
        audit.record_act("roster.imported", by=by, facts=facts)
    report.warnings += [*warn_of_history(wanted, known, on=on)]


def correct(member: Member, printed: Member) -> bool:
    """Bring a stored member to the printed facts; whether anything differed."""
    different = [
        name for name in PRINTED if getattr(printed, name) not in ("", getattr(member, name))
    ]
    for name in different:
        setattr(member, name, getattr(printed, name))
    return bool(different)


def warn_of_regions(wanted: dict[Key, Member]) -> Iterator[str]:
    """Countries that the file puts into two regions: likely a slip in one row."""
    regions = defaultdict(set)
    for member in wanted.values():
        regions[member.country_code].add(member.region)
    for country, found in sorted(regions.items()):
        if len(found) > 1:
            yield _("%(country)s stands in more than one region: %(regions)s.") % {
                "country": country,
                "regions": ", ".join(sorted(found)),
            }


def warn_of_merged(wanted: dict[Key, Member], gone: set[Key]) -> Iterator[str]:
    """Lines under the name of a duplicate: its survivor is the member."""
    if merged := [member for key, member in wanted.items() if key in gone]:
        yield _("Left out, being merged into another member: %(names)s.") % {
            "names": name_some(merged)
        }


def warn_of_history(
    wanted: dict[Key, Member], known: dict[Key, Member], *, on: dt.date
) -> Iterator[str]:
    """Where the register's history and the printed roster disagree about who was a member."""
    if not known:
        return
    lives: dict[int, list[Entry]] = defaultdict(list)
    lines = StatusEntry.objects.values_list("member_id", "status", "effective_on")
    for pk, status, effective_on in lines.order_by(*ENTRY_ORDER):
        lives[pk].append(Entry(status, effective_on))
    standing = {member.pk: status_on(lives[member.pk], on) for member in known.values()}
    left = [m for key, m in known.items() if key in wanted and standing[m.pk] not in ON_ROSTER]
    absent = [m for key, m in known.items() if key not in wanted and standing[m.pk] in ON_ROSTER]
    if left:
        yield _("On this roster, but no member then by the register: %(names)s.") % {
            "names": name_some(left)
        }
    if absent:
        yield _("Members then by the register, but not on this roster: %(names)s.") % {
            "names": name_some(absent)
        }


def name_some(members: list[Member]) -> str:
    """The first names of a list, and how many more there are."""
    names = ", ".join(member.name_en for member in members[:NAMED_IN_A_WARNING])
    rest = len(members) - NAMED_IN_A_WARNING
    return names if rest <= 0 else _("%(names)s and %(rest)s more") % {"names": names, "rest": rest}
