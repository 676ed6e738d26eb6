"""Whether what must be safe was seen to be safe lately: backup, books, audit trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from wego import questions
from wego.condition.lines import BAD, INFO, OK, WARN, Factors, Line, age, size_of
from wego.models import Operation, OperationKind

# A night may be missed, not two.
OLD_AFTER = dt.timedelta(days=2)
Last = Mapping[str, Operation]


def is_old(operation: Operation, now: dt.datetime) -> bool:
    """Whether it was done so long ago that it says little."""
    return now - operation.finished_at > OLD_AFTER


def tell_backup(last: Last, now: dt.datetime) -> Iterator[Line]:
    """The last backup, its age and size, and that it was read back."""
    backup = last.get(OperationKind.BACKUP)
    serious = BAD if settings.HTTPS else INFO
    todo = _("Run “manage.py backup FOLDER” every night, and keep a copy on another machine.")
    if backup is None:
        yield Line("backup", _("Backup"), serious, _("none was made here"), todo)
    elif not backup.ok:
        value = _("the last one failed %(age)s") % {"age": age(backup.finished_at, now)}
        reason = str(backup.facts.get("error", ""))
        yield Line("backup", _("Backup"), BAD, value, todo, details=[reason])
    else:
        old = is_old(backup, now)
        facts = backup.facts
        yield Line(
            "backup",
            _("Backup"),
            serious if old else OK,
            _("%(age)s, %(size)s, read back whole")
            % {
                "age": age(backup.finished_at, now),
                "size": size_of(int(facts.get("size", 0))),
            },
            todo if old else "",
            details=[
                str(facts.get("file", "")),
                _("%(rows)s rows, %(files)s documents")
                % {"rows": f"{facts.get('rows', 0):,}", "files": f"{facts.get('files', 0):,}"},
                f"SHA-256 {facts.get('sha256', '')}",
            ],
        )


def tell_books(last: Last, now: dt.datetime) -> Iterator[Line]:
    """The last proof of the books."""
    yield tell_proof(
        last.get(OperationKind.BOOKS),
        now,
        Line(
            "books",
            _("Proof of the books"),
            OK,
            _("right, %(age)s"),
            _(
                "Change nothing in the books before it is explained: each fault names its row. "
                "“manage.py verify_books” proves anew; a restored backup shows what was there."
            ),
        ),
    )


def tell_audit(last: Last, now: dt.datetime) -> Iterator[Line]:
    """The last proof of the audit trail, and its head."""
    yield tell_proof(
        last.get(OperationKind.AUDIT),
        now,
        Line(
            "audit",
            _("Proof of the audit trail"),
            OK,
            _("as it was sealed, %(age)s"),
            _(
                "Somebody altered what is never altered, or a part is lost. Keep this database as "
                "it is, and compare it with the last backup."
            ),
        ),
    )


def tell_proof(proof: Operation | None, now: dt.datetime, line: Line) -> Line:
    """A proof in the words of `line`, which says what is right and what to do if not."""
    if proof is None:
        return Line(
            line.code,
            line.label,
            INFO,
            _("not proved yet"),
            _("The worker proves it every night after three, Seoul time."),
        )
    facts = proof.facts
    if not proof.ok:
        found = sum(facts.get("found", {}).values()) or len(facts.get("faults", [])) or 1
        value = _("%(n)s faults, %(age)s") % {"n": found, "age": age(proof.finished_at, now)}
        faults = [*facts.get("faults", []), *filter(None, [facts.get("error", "")])]
        return Line(line.code, line.label, BAD, value, line.todo, details=faults)
    old = is_old(proof, now)
    return Line(
        line.code,
        line.label,
        WARN if old else OK,
        line.value % {"age": age(proof.finished_at, now)},
        _("It is old: see that a worker runs, it proves every night.") if old else "",
        details=details_of(facts),
    )


def details_of(facts: Mapping[str, object]) -> list[str]:
    """What a proof counted and summed, in words."""
    counts, sums, head = facts.get("counts"), facts.get("sums"), facts.get("head")
    found = []
    if isinstance(counts, dict):
        found.append(", ".join(f"{number:,} {name}" for name, number in counts.items()))
    if isinstance(sums, dict):
        moved = {name: amount for name, amount in sums.items() if amount != "0.00"}
        found.append(", ".join(f"{name} {amount}" for name, amount in moved.items()))
    if head:
        found.append(_("Head: %(head)s") % {"head": head})
    return [each for each in found if each]


def tell_factors() -> Iterator[Line]:
    """How many of the staff a stolen password does not open."""
    answers: list[Factors] = questions.ask("second factors")
    staff = sum(each.staff for each in answers)
    guarded = sum(each.guarded for each in answers)
    lacking = staff - guarded
    if staff:
        yield Line(
            "factors",
            _("Second factors"),
            OK if not lacking else WARN if settings.SECOND_FACTOR_REQUIRED else INFO,
            _("%(n)s of %(total)s people of staff have one") % {"n": guarded, "total": staff},
            _("The others are asked for one when they sign in next.")
            if lacking and settings.SECOND_FACTOR_REQUIRED
            else _("Set SECOND_FACTOR=1 to require it.")
            if lacking
            else "",
            page="admin:members_user_changelist" if lacking else "",
        )
