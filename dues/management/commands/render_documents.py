"""Make the missing PDFs of invoices and papers by hand, as the worker does by itself."""

import json
import multiprocessing
import os
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from dues.documents import Progress, pending, progress, render_pending
from dues.models import ParkedDocument, ParkedPaper
from dues.papers import render_papers, waiting_papers
from wego import pdf

SECONDS_BETWEEN_LINES = 1.0


def count_of_workers(text: str) -> int:
    """A whole number of processes, one at least."""
    if not text.isdecimal() or int(text) < 1:
        msg = f"{text} is not a number of processes"
        raise ArgumentTypeError(msg)
    return int(text)


class Command(BaseCommand):
    """Again, or beside a running worker, it makes only what is missing."""

    help = "Make the PDFs of issued invoices, and of papers of dues, that have none yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """As many processes as cores, unless told."""
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--workers",
            type=count_of_workers,
            default=os.cpu_count() or 1,
            help="processes to render in (default: one per core)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Sweep until nothing is pending and say what was done."""
        started = time.monotonic()
        before = progress()
        try:
            self.render(min(options["workers"], before.pending), quiet=options["json"])
            printed = render_papers().printed
        except pdf.PrinterMissingError as error:
            raise CommandError(str(error), returncode=2) from error
        after = progress()
        result = {
            "rendered": after.ready - before.ready,
            "already": before.ready,
            "papers": printed,
            "parked": [*parked_documents(), *parked_papers()],
            "pending": after.pending + waiting_papers().count(),
            "seconds": round(time.monotonic() - started, 2),
        }
        self.stdout.write(
            json.dumps(result, ensure_ascii=False) if options["json"] else words(result)
        )

    def render(self, workers: int, *, quiet: bool) -> None:
        """One process does its work here; several are forked once the first has warmed this one."""
        if workers <= 1:
            if pending().exists():
                render_pending()
            return
        render_pending(limit=1)
        connections.close_all()
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            sweeps = [pool.submit(render_share, part, workers) for part in range(workers)]
            self.watch(sweeps, quiet=quiet)

    def watch(self, sweeps: list[Future[None]], *, quiet: bool) -> None:
        """Print how far the sweeps are until they end, and raise what stopped one."""
        running = set(sweeps)
        while running:
            _done, running = wait(running, timeout=SECONDS_BETWEEN_LINES)
            if not quiet:
                self.stdout.write(line(progress()))
        for sweep in sweeps:
            sweep.result()


def render_share(part: int, parts: int) -> None:
    """One forked process's work, on connections of its own."""
    try:
        render_pending(part=part, parts=parts)
    finally:
        connections.close_all()


def parked_documents() -> Iterator[dict[str, str]]:
    """Number and reason of every document that waits for a retry."""
    parked = ParkedDocument.objects.filter(invoice__document__isnull=True)
    rows = parked.order_by("invoice__number").values_list("invoice__number", "reason")
    return ({"number": number, "reason": reason} for number, reason in rows)


def parked_papers() -> Iterator[dict[str, str]]:
    """The same of every paper that waits for a retry."""
    rows = ParkedPaper.objects.order_by("paper__pk").values_list("paper__reference", "reason")
    return ({"number": reference, "reason": reason} for reference, reason in rows)


def line(now: Progress) -> str:
    """`106 of 191 ready`, and what is parked."""
    parked = f", {now.parked} parked" if now.parked else ""
    return f"{now.ready} of {now.total} ready{parked}"


def words(result: dict[str, Any]) -> str:
    """The result for a person."""
    lines = [
        f"{result['rendered']} documents and {result['papers']} papers made in "
        f"{result['seconds']} s, {result['already']} documents were there already, "
        f"{result['pending']} pending."
    ]
    lines += [f"Parked: {row['number']}: {row['reason']}" for row in result["parked"]]
    return "\n".join(lines)
