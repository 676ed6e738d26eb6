"""How much the house bears (L1-L4, L7): `python -m tests.drills.load`.

The production web server (`wego/gunicorn.py`, two processes) over houses with few and with many
members, asked by eight connections at once. Every page stands beside a bare view of the same run,
asked before and after it: the ratio is what travels between machines. The bare view passes every
middleware of the house without a cookie, so no session, person or second factor is looked up.
"""

import argparse
import json
import statistics
import sys
import time
from dataclasses import dataclass, field

from tests.harness import crowds
from tests.harness.load_pages import API, LIST, PAGES, PORTAL, SEARCH, SUM
from tests.harness.running import web_server
from tests.harness.visitors import Browser, Tally, request_bytes, visit

AT_ONCE = 8
# Least share of the bare view's answers a second (L2), in a small house and in a large one.
SHARE, SHARE_LARGE = 0.12, 0.10
SPREAD = 3.0  # p95 / p50 (L3)
GROWTH = 1.5  # p50 in the large house / p50 in the small one (L4)
WITHIN = 0.3  # seconds, asked alone (L7)
MOST = {API: 6}  # queries (L1)
MOST_OF_A_PAGE, MOST_OF_ALL = 12, 15
LIGHT = (LIST, SEARCH, PORTAL, API)


@dataclass
class Found:
    """What was measured of one page in one house."""

    ratios: list = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    alone: float = 0.0
    queries: int = 0

    @property
    def ratio(self):
        """Answers a second beside the bare view's: the median of the rounds."""
        return statistics.median(self.ratios)

    @property
    def spread(self):
        """p95 / p50."""
        return self.tally.percentile(0.95) / self.tally.median


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", default="200,20000", help="few, many")
    parser.add_argument("--database", default="both", choices=[*crowds.DATABASES, "both"])
    parser.add_argument("--seconds", type=float, default=2.0, help="of every page and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    asked = parser.parse_args()
    sizes = [int(each) for each in asked.members.split(",")]
    missed = 0
    for vendor in crowds.chosen_databases(asked.database):
        measured = {size: measure(vendor, size, asked) for size in sizes}
        missed += show(vendor, measured)
    print(f"{missed} figures miss their target")
    sys.exit(bool(missed))


def measure(vendor, members, asked):
    """Every page of one house."""
    pages = [page for page in PAGES if asked.only in page.name]
    with crowds.crowd(vendor, members) as crowd:
        counted = crowds.ask(
            crowd.house, "tests.harness.page_queries", given=json.dumps(crowd.known)
        )
        rows = ", ".join(f"{count:,} {name}" for name, count in crowd.known["rows"].items())
        print(f"{vendor}, filled in {crowd.known['seconds']:.0f} s: {rows}", flush=True)
        began = time.monotonic()
        with web_server(crowd.house, crowd.folder):
            found = ask_pages(crowd, pages, asked)
        print(f"measured in {time.monotonic() - began:.0f} s", flush=True)
    for page in pages:
        found[page].queries = counted[page.name]
    return found


def ask_pages(crowd, pages, asked):
    """Bare, page, bare, page …, so many rounds, after one look at each page alone."""
    requests = requests_of(crowd, pages)
    bare = [request_bytes(crowd.address, "/bare/")]
    found = {page: Found() for page in pages}
    for page in pages:
        # Until both processes keep what they keep.
        for _turn in range(3):
            visit(crowd.address, requests[page], seconds=0.5, at_once=AT_ONCE)
        found[page].alone = visit(
            crowd.address, requests[page], seconds=asked.seconds, at_once=1, most=5
        ).median
    visit(crowd.address, bare, seconds=0.5, at_once=AT_ONCE)
    before = visit(crowd.address, bare, seconds=asked.seconds / 2, at_once=AT_ONCE)
    for _round in range(asked.rounds):
        for page in pages:
            tally = visit(crowd.address, requests[page], seconds=asked.seconds, at_once=AT_ONCE)
            after = visit(crowd.address, bare, seconds=asked.seconds / 2, at_once=AT_ONCE)
            if set(tally.statuses) != {200}:
                raise SystemExit(f"{page.path} answers {dict(tally.statuses)}")
            found[page].ratios.append(2 * tally.rate / (before.rate + after.rate))
            found[page].tally.add(tally)
            before = after
    return found


def requests_of(crowd, pages):
    """The requests of every page, of people who have signed in and of programs with tokens."""
    known, address = crowd.known, crowd.address
    staff = Browser(address).sign_in(known["staff"], known["password"]).headers
    people = [
        Browser(address).sign_in(email, known["password"]).headers for email in known["portal"]
    ]
    # A token may ask 600 times a minute: they take turns.
    tokens = [{"Authorization": f"Bearer {token}"} for token in known["tokens"]]
    who = {"staff": [staff], "member": people, "token": tokens}
    return {
        page: [request_bytes(address, page.path, headers) for headers in who[page.who]]
        for page in pages
    }


def show(vendor, measured):
    """One table of a database; how many figures miss their target."""
    sizes = list(measured)
    few, many = sizes[0], sizes[-1]
    lines, missed = [], 0
    for page in measured[few]:
        small, large = measured[few][page], measured[many][page]
        growth = grown(small, large)
        faults = judge(page, small, large, growth if few != many else 0.0)
        missed += len(faults)
        lines.append(
            f"{page.name:<20} {small.queries:>3} {large.queries:>3} "
            f"{small.tally.rate:>7.1f} {large.tally.rate:>7.1f} "
            f"{small.ratio:>7.3f} {large.ratio:>7.3f} "
            f"{small.spread:>6.2f} {large.spread:>6.2f} {growth:>7.2f} "
            f"{1000 * small.alone:>7.0f} {1000 * large.alone:>7.0f}  {' '.join(faults)}"
        )
    print(f"\n{vendor}: {few:,} and {many:,} members, {AT_ONCE} connections, medians")
    print(
        f"{'':<20} {'queries':>7} {'requests/s':>15} {'ratio to bare':>15} {'p95/p50':>13} "
        f"{'growth':>7} {'alone, ms':>15}"
    )
    print("\n".join(lines), flush=True)
    return missed


def grown(small, large):
    """How much slower a page is in the large house, the weather of both taken out."""
    return small.ratio / large.ratio


def judge(page, small, large, growth):
    """Which of the figures a page misses."""
    most = MOST.get(page.sort, MOST_OF_ALL if page.name in JOINED else MOST_OF_A_PAGE)
    light = page.sort in LIGHT
    wrong = {
        "L1": small.queries != large.queries or large.queries > most,
        "L2": light and (small.ratio < SHARE or large.ratio < SHARE_LARGE),
        "L3": max(small.spread, large.spread) > SPREAD,
        "L4": growth > GROWTH,
        "L7": page.sort == SUM and large.alone > WITHIN,
    }
    return [name for name, missed in wrong.items() if missed]


# Pages on which every app has its part.
JOINED = ("Today", "a member's file", "portal: home")

if __name__ == "__main__":
    main()
