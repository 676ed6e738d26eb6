"""Write a dues year to files for finance: ZIP, merged PDF, XLSX, CSV."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dues import reports
from dues.management.commands._whole_file import whole_file
from dues.register import DAMAGED, PARKED, READY, WAITING, Tally, latest_issue_day
from wego.money import USD, display, plain

FORMATS = {
    "zip": "all PDFs with an index",
    "merged": "all PDFs as one document",
    "xlsx": "the register, for people",
    "csv": "the register, for programs",
}


@dataclass(frozen=True)
class Written:
    """One file that was written; `items` counts the invoices in it."""

    format: str
    path: str
    items: int
    bytes: int
    seconds: float


class Command(BaseCommand):
    """A file appears whole or not at all; what could not be included is said."""

    help = "Export the invoices of a dues year; name at least one file to write."

    def add_arguments(self, parser: CommandParser) -> None:
        """Any of the four formats, each with the file to write."""
        parser.add_argument("year", type=int, help="dues year")
        for name, words in FORMATS.items():
            parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=words)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check the order, write each file, say what was written and what is missing."""
        wanted = {name: options[name] for name in FORMATS if options[name]}
        written: list[Written] = []
        refused: list[str] = []
        tallies: list[Tally] = []
        try:
            check_order(wanted)
            latest_issue_day(options["year"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        for name, path in wanted.items():
            try:
                for file, tally in WRITERS[name](options["year"], path):
                    written.append(file)
                    tallies.append(tally)
            except ValidationError as error:
                refused += error.messages
            except OSError as error:
                refused.append(f"{path} cannot be written: {error.strerror}.")
        if tallies:
            # The first comes from the most careful writer: ZIP and merged PDF prove every file.
            self.report(tallies[0], written, as_json=options["json"])
        if refused:
            raise CommandError(" ".join(refused), returncode=2)

    def report(self, tally: Tally, written: list[Written], *, as_json: bool) -> None:
        """What was written goes to standard output, what is missing also to standard error."""
        if as_json:
            self.stdout.write(json.dumps(as_data(tally, written), ensure_ascii=False))
        else:
            for file in written:
                self.stdout.write(
                    f"{file.format:<7}{file.path}: {file.items} invoices, "
                    f"{file.bytes:,} bytes, {file.seconds:.2f} s"
                )
            self.stdout.write(
                f"Dues {tally.year}: {tally.invoices} invoices, {display(tally.total_cents)}; "
                f"{tally.states[READY]} PDFs ready."
            )
        if not tally.complete:
            self.stderr.write(f"INCOMPLETE: {tally.sentence}")


def check_order(wanted: Mapping[str, Path]) -> None:
    """Refuse an order for nothing, for one file twice, or for a place that cannot be.

    Raises:
        ValidationError: one sentence.
    """
    if not wanted:
        names = ", ".join(f"--{name} FILE" for name in FORMATS)
        raise ValidationError(f"Nothing to write: give at least one of {names}.")
    if len({path.resolve() for path in wanted.values()}) < len(wanted):
        raise ValidationError("Two of the files are the same: give each its own name.")
    for path in wanted.values():
        if not path.parent.is_dir():
            raise ValidationError(f"The folder {path.parent} does not exist.")
        if path.is_dir():
            raise ValidationError(f"{path} is a folder: give the name of a file.")


def write_stream(
    name: str, path: Path, write: Callable[[IO[bytes]], Tally]
) -> tuple[Written, Tally]:
    """Write one file through a stream and measure it."""
    started = time.perf_counter()
    with whole_file(path) as place:
        with place.open("wb") as stream:
            tally = write(stream)
        items = tally.states[READY] if name == "zip" else tally.invoices
        size = place.stat().st_size
    return Written(name, str(path), items, size, time.perf_counter() - started), tally


def write_zip(year: int, path: Path) -> Iterator[tuple[Written, Tally]]:
    """All PDFs and the index."""

    def write(stream: IO[bytes]) -> Tally:
        archive = reports.zip_stream(year)
        for chunk in archive:
            stream.write(chunk)
        return archive.tally

    yield write_stream("zip", path, write)


def write_merged(year: int, path: Path) -> Iterator[tuple[Written, Tally]]:
    """One PDF, or `name-1.pdf`, `name-2.pdf` and so on when the year needs parts."""
    parts = reports.count_merged_parts(year)
    for part in range(1, parts + 1):
        started = time.perf_counter()
        target = path if parts == 1 else path.with_stem(f"{path.stem}-{part}")
        with whole_file(target) as place:
            merged = reports.write_merged(year, place, part=part)
            size = place.stat().st_size
        seconds = time.perf_counter() - started
        yield Written("merged", str(target), merged.documents, size, seconds), merged.tally


def write_xlsx(year: int, path: Path) -> Iterator[tuple[Written, Tally]]:
    """The register as a workbook."""
    yield write_stream("xlsx", path, partial(reports.write_xlsx, year))


def write_csv(year: int, path: Path) -> Iterator[tuple[Written, Tally]]:
    """The register as comma-separated values."""
    yield write_stream("csv", path, partial(reports.write_csv, year))


def as_data(tally: Tally, written: list[Written]) -> dict[str, Any]:
    """The outcome as JSON: seconds in milliseconds' precision, money as text."""
    states = (READY, WAITING, PARKED, DAMAGED)
    return {
        "year": tally.year,
        "invoices": tally.invoices,
        "total": plain(tally.total_cents),
        "currency": USD,
        "complete": tally.complete,
        "documents": {state: tally.states[state] for state in states},
        "written": [asdict(file) | {"seconds": round(file.seconds, 3)} for file in written],
    }


WRITERS = {"zip": write_zip, "merged": write_merged, "xlsx": write_xlsx, "csv": write_csv}
