"""`count_ballots FILE`: counts published ballots anew and says whether one was altered.

It asks no database: anybody with the file and the commitment that was announced can run it.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.balloting.published import Recount, recount


class Command(BaseCommand):
    """Recount a round of voting from its published ballots."""

    help = "Counts the published ballots of a round anew and looks for altered ones."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what to hold it against."""
        parser.add_argument("file", type=Path, help="published ballots, JSON")
        parser.add_argument("--commitment", default="", help="as it was announced")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 Django's signature
        """Count, print, and fail when something was altered.

        Raises:
            CommandError: no such file, or a ballot is not the one that was counted.
        """
        data = read_file(options["file"])
        found = recount(data)
        faults = list(found.faults)
        if options["commitment"] and options["commitment"].lower() != found.commitment:
            faults.append("These are not the ballots that were counted: the commitment differs.")
        report = describe(data, found, faults)
        self.stdout.write(
            json.dumps(report, ensure_ascii=False) if options["json"] else in_words(report)
        )
        if faults:
            raise CommandError(" ".join(faults))


def read_file(path: Path) -> dict[str, Any]:
    """A published file. Raises CommandError when it is none."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        recount(data)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise CommandError(f"{path} is no file of published ballots.") from error
    return data


def describe(data: dict[str, Any], found: Recount, faults: list[str]) -> dict[str, Any]:
    """The result by the candidates' names."""
    names = data["candidates"]
    return {
        "election": data["election"],
        "round": data["round"],
        "cast": found.cast,
        "votes": {names[code]: count for code, count in found.tally.votes.items()},
        "blank": found.tally.blank,
        "invalid": found.tally.invalid,
        "elected": [names[code] for code in found.outcome.elected],
        "tied": [names[code] for code in found.outcome.tied],
        "commitment": found.commitment,
        "faults": faults,
    }


def in_words(report: dict[str, Any]) -> str:
    """The result as lines."""
    lines = [f"{report['election']}, round {report['round']}: {report['cast']} ballots"]
    lines += [f"  {count:>4}  {name}" for name, count in report["votes"].items()]
    lines += [f"  {report['blank']:>4}  blank", f"  {report['invalid']:>4}  invalid"]
    lines += [f"Elected: {', '.join(report['elected']) or 'nobody'}"]
    if report["tied"]:
        lines.append(f"Tied: {', '.join(report['tied'])}")
    return "\n".join([*lines, f"Commitment: {report['commitment']}"])
