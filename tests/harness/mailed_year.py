"""A year's invoices drawn and mailed by workers that are killed: how far it is, what came of it."""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager

from tests.harness.instances import ROOT, Instance, environment_of, fill
from tests.harness.smtp_sink import Sink
from tests.harness.workers import KINDS, REDIS, Workers, own_broker

FILL = """
from tests.dues.crowd import add_crowd
from members.models import Contact, Member
from dues.invoicing import issue_dues
add_crowd({members})
Contact.objects.bulk_create(
    Contact(member=member, role="finance", full_name="Choi Min-seo",
            email=f"treasurer{{member.pk}}@goyang.example")
    for member in Member.objects.all())
issue_dues(2020, by=None)
"""
PROGRESS = """
import django; django.setup()
import json, sys
from dues.models import InvoiceDocument, InvoiceMailing
from wego.models import Mail
for _line in sys.stdin:
    states = list(Mail.objects.values_list("state", flat=True))
    print(json.dumps({"documents": InvoiceDocument.objects.count(),
                      "mailings": InvoiceMailing.objects.count(),
                      "queued": states.count("queued"), "sending": states.count("sending"),
                      "mails": len(states)}), flush=True)
"""
AGE = """
import django; django.setup()
import datetime as dt
from django.utils import timezone
from wego.models import Mail
long_ago = timezone.now() - dt.timedelta(minutes=11)
print(Mail.objects.filter(state="sending").update(claimed_at=long_ago))
"""
FACTS = """
import django; django.setup()
import json
from collections import Counter
from django.conf import settings
from dues.models import Invoice, InvoiceDocument, InvoiceMailing, InvoiceSeries, ParkedDocument
from dues.proof import verify_books
from wego.models import Mail
rows = Invoice.objects.order_by("sequence")
print(json.dumps({
    "sequences": list(rows.values_list("sequence", flat=True)),
    "members": len(set(rows.values_list("member_id", flat=True))),
    "last_number": InvoiceSeries.objects.get(year=2020).last_number,
    "documents": InvoiceDocument.objects.count(),
    "files": sum(path.suffix == ".pdf" and not path.name.startswith(".")
                 for path in settings.DOCUMENTS_DIR.rglob("*.pdf")),
    "parked": ParkedDocument.objects.count(),
    "mailings": InvoiceMailing.objects.count(),
    "mails_to_one": max(Counter(Mail.objects.values_list("to_email", flat=True)).values(),
                        default=0),
    "states": dict(Mail.objects.values_list("message_id", "state")),
    "faults": [f"{fault.code}: {fault.words}" for fault in verify_books().faults],
}))
"""
# A worker's two processes, and one more that an earlier kill orphaned.
DOUBTS_A_KILL = 3
PATIENCE = 600


class Gauge:
    """Asks the house how far the year is, through one process that stays."""

    def __init__(self, ask, members):
        self.ask, self.members = ask, members
        self.last = {}

    def look(self):
        """How much is done: documents made, and mails that left the queue."""
        self.last = self.ask()
        return self.last["documents"] + self.last["mails"] - self.last["queued"]

    def ended(self):
        """Everything is drawn and every mail was tried."""
        return self.look() >= 2 * self.members and self.last["mailings"] == self.members

    def describe(self):
        left = self.last["mails"] - self.last["queued"]
        return f"{self.last['documents']} documents, {left} mails out"

    def wait_for(self, condition):
        """Whether it came true while the year went on."""
        best, until = -1, time.monotonic() + PATIENCE
        while not condition():
            done = self.look()
            if done > best:
                best, until = done, time.monotonic() + PATIENCE
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


def kill_all_along(workers, gauge, broker, *, kills, chance):
    """Kill at random moments spread over the whole year; wipe the broker at every fourth.

    Yields what each kill met, and whether it met work under way.
    """
    for number in range(1, kills + 1):
        share = chance.uniform(number - 0.9, number) / (kills + 1)
        wanted = share * 2 * gauge.members
        going = gauge.wait_for(lambda wanted=wanted: gauge.look() >= wanted)
        time.sleep(chance.uniform(0, 0.3))
        gauge.look()
        under_way = going and not gauge.ended()
        kind = workers.kill(chance.choice(KINDS), chance)
        wiped = number % 4 == 0
        if wiped:
            broker.flushdb()
        workers.start()
        yield f"kill {number}, {kind}, at {gauge.describe()}{', broker wiped' * wiped}", under_way


def judge(facts, taken, *, members, kills):
    """What is wrong with the year, in words; `taken` are the message ids the mail server took."""
    wrong = []
    numbers = list(range(1, members + 1))
    if facts["sequences"] != numbers or facts["last_number"] != members:
        wrong.append("the numbers have a gap or a double")
    wanted = dict.fromkeys(("members", "documents", "files", "mailings"), members)
    wanted |= {"parked": 0, "mails_to_one": 1}
    wrong += [
        f"{name}: {facts[name]} instead of {count}"
        for name, count in wanted.items()
        if facts[name] != count
    ]
    states = facts["states"]
    counts = Counter(taken)
    if len(states) != members:
        wrong.append(f"{len(states)} mails instead of {members}")
    wrong += [f"{number} delivered {count} times" for number, count in counts.items() if count > 1]
    wrong += [f"{number} is nobody's mail" for number in counts if number not in states]
    for number, state in states.items():
        if state not in ("sent", "unconfirmed"):
            wrong.append(f"{number} ended as {state}")
        if state == "sent" and number not in counts:
            wrong.append(f"{number} is noted as sent and was not taken")
    if (doubtful := list(states.values()).count("unconfirmed")) > DOUBTS_A_KILL * kills:
        wrong.append(f"{doubtful} mails in doubt")
    return wrong + facts["faults"]


@contextmanager
def talking(house, program):
    """A function that asks a program of the house, which answers every line with one of JSON."""
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=house.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask():
        process.stdin.write("\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    try:
        yield ask
    finally:
        process.communicate()


def kill_through_a_year(folder, url, *, members, kills, seed, pace=0.1):
    """Yield (line, whether right) for each kill and for what came of the year.

    `pace` is how long the mail server takes for a mail, in seconds: time to be killed in.
    """
    broker, sink, chance = own_broker(), Sink(), random.Random(seed)
    broker.flushdb()
    sink.on_text = lambda: time.sleep(pace)
    house = Instance(
        environment_of(folder, url, REDIS_URL=REDIS, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    )
    fill(house, FILL.format(members=members))
    try:
        with talking(house, PROGRESS) as ask:
            gauge = Gauge(ask, members)
            workers = Workers(house, folder)
            try:
                yield from kill_all_along(workers, gauge, broker, kills=kills, chance=chance)
                ended = gauge.wait_for(gauge.ended)
            finally:
                workers.stop()
            yield f"seed {seed}, to the end: {gauge.describe()}", ended
            lost = int(house.run("-c", AGE).stdout)
            workers = Workers(house, folder)
            try:
                settled = gauge.wait_for(lambda: gauge.look() and not gauge.last["sending"])
            finally:
                workers.stop()
            yield f"seed {seed}: {lost} mails whose sender was killed, given up", settled
        facts = json.loads(house.run("-c", FACTS).stdout.splitlines()[-1])
    finally:
        sink.stop()
        broker.flushdb()
        broker.close()
    wrong = judge(facts, sink.taken, members=members, kills=kills)
    yield f"seed {seed}: {tell(facts, sink.taken)} {'; '.join(wrong)}", not wrong


def tell(facts, taken):
    """A year in words."""
    counts, states = Counter(taken), facts["states"]
    unconfirmed = [number for number, state in states.items() if state == "unconfirmed"]
    arrived = sum(number in counts for number in unconfirmed)
    return (
        f"{len(facts['sequences'])} invoices, {facts['documents']} documents, "
        f"{len(states)} mails, {list(counts.values()).count(1)} delivered once, "
        f"{sum(count > 1 for count in counts.values())} twice, {len(unconfirmed)} unconfirmed "
        f"of which {arrived} had arrived"
    )
