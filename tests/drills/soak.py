"""Hours in minutes (L8): `python -m tests.drills.soak [--minutes 30]`.

Staff, members and programs read and write in a house of 200 members whose dues year was just
issued: documents are drawn, a payment comes every few seconds, the worker sweeps as always. Memory
of every web and worker process is taken after a warm-up and at the end: it grows by at most 5 %,
and nothing fails.
"""

import argparse
import sys
import time
import uuid

from tests.harness import crowds
from tests.harness.load_pages import PAGES
from tests.harness.running import celery_worker, web_server
from tests.harness.strollers import Stroller, reading, seen_by, strolling
from tests.harness.visitors import Browser
from tests.harness.written_payments import paying

GROWN = 0.05
PAUSE = 0.4
PAY_EVERY = 5.0
# Lines of a log that say that something failed.
FAILED = (" ERROR ", " CRITICAL ", "Traceback (most recent call last)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--warm-up", type=float, default=0, help="minutes; a quarter by default")
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--database", default="sqlite", choices=crowds.DATABASES)
    asked = parser.parse_args()
    with crowds.new_house(asked.database) as crowd:
        crowd.known = crowds.ask(
            crowd.house, "tests.harness.year_house", "people", str(asked.members)
        )
        sys.exit(bool(soak(crowd, asked)))


def soak(crowd, asked):
    """One long day; how many figures miss."""
    warm_up = 60 * (asked.warm_up or asked.minutes / 4)
    with web_server(crowd.house, crowd.folder) as web:
        people = strollers(crowd)
        with celery_worker(crowd.house, crowd.folder) as worker, strolling(people):
            time.sleep(warm_up)
            before = {**residents("web", web), **residents("worker", worker)}
            time.sleep(60 * asked.minutes - warm_up)
            after = {**residents("web", web), **residents("worker", worker)}
        total, wrong = seen_by(people)
        lines = failures(web.log) + failures(worker.log)
    print(
        f"{len(total.latencies):,} requests in {asked.minutes:g} min, "
        f"{total.rate:.1f} a second, p50 {1000 * total.median:.0f} ms, "
        f"p95 {1000 * total.percentile(0.95):.0f} ms, answers {dict(total.statuses)}"
    )
    missed = grow(before, after)
    print(f"{len(wrong)} requests failed, {len(lines)} lines of the logs say that something failed")
    for line in [*wrong, *lines][:20]:
        print(line)
    return missed + len(wrong) + len(lines)


def strollers(crowd):
    """Staff, a member's person, a program that reads, and one that records payments."""
    known, address = crowd.known, crowd.address
    staff = Browser(address).sign_in(known["staff"], known["password"]).headers
    member = Browser(address).sign_in(known["portal"][0], known["password"]).headers
    token, payer = ({"Authorization": f"Bearer {each}"} for each in known["tokens"][:2])
    headers = {"staff": staff, "member": member, "token": token}
    asks = {
        who: [reading(page.path, headers[who]) for page in PAGES if page.who == who]
        for who in headers
    }
    pay = paying(payer, lambda: uuid.uuid4().hex)
    return [
        *(Stroller(address, each, pause=PAUSE, seed=n) for n, each in enumerate(asks.values())),
        Stroller(address, [pay], pause=PAY_EVERY),
    ]


def residents(name, served):
    """Megabytes of every process that works, by what it is and its number."""
    return {f"{name} {each.pid}": each.memory_info().rss / 2**20 for each in served.workers()}


def grow(before, after):
    """Print what every process held; how many grew too much."""
    missed = 0
    for name, megabytes in after.items():
        if name not in before:
            print(f"{name}: {megabytes:.1f} MB, begun meanwhile")
            continue
        grown = megabytes / before[name] - 1
        missed += grown > GROWN
        print(
            f"{name}: {before[name]:.1f} MB after the warm-up, {megabytes:.1f} MB at the end "
            f"({100 * grown:+.1f} %, target {100 * GROWN:.0f} %)"
        )
    return missed


def failures(log):
    """The lines of a log that tell of a failure."""
    lines = log.read_text(errors="replace").splitlines()
    return [line for line in lines if any(word in line for word in FAILED)]


if __name__ == "__main__":
    main()
