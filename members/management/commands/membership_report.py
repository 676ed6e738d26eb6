"""The membership of a date, counted."""

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from members.census import SECTIONS, membership_report


class Command(BaseCommand):
    """`membership_report --on 2019-12-31 [--json]`."""

    help = "Count the members of a date by kind, region, country, capital and status."

    def add_arguments(self, parser: CommandParser) -> None:
        """The date and the form of the answer."""
        parser.add_argument("--on", required=True, type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, on: dt.date, as_json: bool, **_options: Any) -> None:
        """Count and tell."""
        report = membership_report(on)
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        kinds = ", ".join(f"{count} {kind}" for kind, count in report["by_kind"].items())
        statuses = ", ".join(f"{count} {status}" for status, count in report["by_status"].items())
        self.stdout.write(f"Members on {report['on']}: {report['total']} ({kinds}; {statuses})")
        for name in SECTIONS:
            self.tell(name, report[name])

    def tell(self, name: str, section: dict[str, Any]) -> None:
        """One kind: a line of totals, a line of regions, a line of countries."""
        capitals = ""
        if "capital" in section:
            capitals = f" (capital {section['capital']}, other {section['other']})"
        self.stdout.write(f"\n{name}: {section['total']}{capitals}")
        for part in ("by_region", "by_country"):
            counts = ", ".join(f"{key} {count}" for key, count in section[part].items())
            self.stdout.write(f"  {part.replace('_', ' ')}: {counts or 'none'}")
