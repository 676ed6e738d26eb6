"""A year's documents are drawn while people work (L6): `python -m tests.drills.year`.

A year is issued for 200 members and two worker processes draw and store its PDFs, as the page that
issues one asks them to; meanwhile staff go on reading. Told apart: how long all of it took,
how long a page took then and with the workers idle, whether the second half went as quickly as the
first, and what a worker process held at most. `--members 2000` and more for the latter two.
"""

import argparse
import sys
import time

import psutil

from tests.harness import crowds
from tests.harness.mailed_year import talking
from tests.harness.running import celery_worker, web_server
from tests.harness.strollers import Stroller, reading, seen_by, strolling
from tests.harness.visitors import Browser
from tests.harness.workers import REDIS, own_broker

WITHIN = 60.0  # seconds for 200 documents
SLOWER = 2.0  # p95 of a page while documents are drawn / with idle workers
UNEVEN = 0.1  # the second half's seconds beside the first's
MOST_HELD = 300.0  # megabytes of a worker process
EVENLY_FROM = 1_000  # documents: fewer are drawn too soon to tell halves apart
IDLE, PAUSE, PEOPLE = 30.0, 0.3, 2
PAGES = (
    "/admin/",
    "/admin/members/member/",
    "/admin/dues/invoice/",
    "/admin/dues/payment/",
    "/admin/dues/year/2020/board/",
    "/admin/dues/books/aging/",
)
COUNT = """
import django; django.setup()
import sys
from dues.models import InvoiceDocument
for _line in sys.stdin:
    print(InvoiceDocument.objects.count(), flush=True)
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--database", default="both", choices=[*crowds.DATABASES, "both"])
    asked = parser.parse_args()
    broker, missed = own_broker(), 0
    try:
        for vendor in crowds.chosen_databases(asked.database):
            broker.flushdb()
            with crowds.new_house(vendor, REDIS_URL=REDIS) as crowd:
                crowd.known = ask_year_house(crowd, "register", str(asked.members))
                missed += tell(vendor, asked.members, draw_a_year(crowd, asked.members))
    finally:
        broker.flushdb()
        broker.close()
    sys.exit(bool(missed))


def draw_a_year(crowd, members):
    """What was measured: pages before and meanwhile, the clock of the documents, memory."""
    with web_server(crowd.house, crowd.folder), celery_worker(crowd.house, crowd.folder) as worker:
        with strolling(list(staff(crowd))) as people:
            time.sleep(IDLE)
        idle, wrong = seen_by(people)
        with talking(crowd.house, COUNT) as count, strolling(list(staff(crowd))) as people:
            clock, held = watch(crowd, worker, count, members)
        busy, wrong_too = seen_by(people)
    return {"idle": idle, "busy": busy, "wrong": wrong + wrong_too, "clock": clock, "held": held}


def staff(crowd):
    """Two people of the secretariat, each in a session of their own."""
    known, address = crowd.known, crowd.address
    for seed in range(PEOPLE):
        headers = Browser(address).sign_in(known["staff"], known["password"]).headers
        asks = [reading(path, headers) for path in PAGES]
        yield Stroller(address, asks, pause=PAUSE, seed=seed)


def watch(crowd, worker, count, members):
    """Issue the year and wait: seconds by how many documents were there, and megabytes held."""
    began, clock, held = time.monotonic(), [(0.0, 0)], 0.0
    ask_year_house(crowd, "issue")
    while clock[-1][1] < members:
        time.sleep(0.25)
        clock.append((time.monotonic() - began, count()))
        held = max(held, *(megabytes(each) for each in worker.workers()))
        if clock[-1][0] > members:
            raise SystemExit(f"{clock[-1][1]} of {members} documents after {clock[-1][0]:.0f} s")
    return clock, held


def megabytes(process):
    """Resident memory; nothing of a process that has just ended."""
    try:
        return process.memory_info().rss / 2**20
    except psutil.NoSuchProcess:
        return 0.0


def ask_year_house(crowd, *arguments):
    """Fill the register, or issue the year."""
    return crowds.ask(crowd.house, "tests.harness.year_house", *arguments)


def tell(vendor, members, found):
    """Print the figures of a database; how many miss their target."""
    clock, idle, busy = found["clock"], found["idle"], found["busy"]
    whole = clock[-1][0]
    first = next(at for at, done in clock if done)
    half = next(at for at, done in clock if 2 * done >= members)
    uneven = (whole - half) / (half - first) - 1 if half > first else 0.0
    slower = busy.percentile(0.95) / idle.percentile(0.95)
    allowed = WITHIN * members / 200
    faults = {
        "seconds": whole > allowed,
        "pages": slower > SLOWER,
        "halves": members >= EVENLY_FROM and abs(uneven) > UNEVEN,
        "memory": found["held"] > MOST_HELD,
        "failed pages": bool(found["wrong"]),
    }
    print(
        f"{vendor}: {members:,} documents in {whole:.1f} s (target {allowed:.0f}), "
        f"{members / whole:.1f} a second, second half {100 * uneven:+.0f} % of the first; "
        f"pages p95 {1000 * idle.percentile(0.95):.0f} ms idle, "
        f"{1000 * busy.percentile(0.95):.0f} ms meanwhile: {slower:.2f} times "
        f"(target {SLOWER:g}), {len(busy.latencies)} answers; "
        f"a worker process held {found['held']:.0f} MB at most (target {MOST_HELD:.0f})"
    )
    for line in found["wrong"][:20]:
        print(line)
    missed = [name for name, wrong in faults.items() if wrong]
    print(f"{vendor}: {'missed: ' + ', '.join(missed) if missed else 'held'}", flush=True)
    return len(missed)


if __name__ == "__main__":
    main()
