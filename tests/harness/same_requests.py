"""The same POST many times at once (R14): its effects, and its answers."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from tests.harness.api_house import ApiHouse


class Race(NamedTuple):
    """What became of some keys: effects a key, different bodies a key, statuses over all."""

    effects: list
    bodies: list
    statuses: Counter


def race(house: ApiHouse, *, keys, parallel):
    """Send `parallel` identical payments for each of `keys` keys, all of a key at once."""
    effects, bodies, statuses = [], [], Counter()
    secrets = house.tokens["finance"]
    with ThreadPoolExecutor(parallel) as pool:
        for number in range(keys):
            key, note = uuid.uuid4().hex, f"race-{uuid.uuid4().hex}"
            secret = secrets[number % len(secrets)]
            body = {
                "member": house.member,
                "amount": {"amount": "1.00", "currency": "USD"},
                "received_on": "2020-03-20",
                "payer": note,
            }

            def send(_turn, key=key, secret=secret, body=body):
                return house.ask("POST", "/api/v1/payments", secret, body, Idempotency_Key=key)

            answers = list(pool.map(send, range(parallel)))
            statuses.update(status for status, _headers, _body in answers)
            bodies.append(len({found for status, _h, found in answers if status == 201}))
            effects.append(count_payments(house, note))
    return Race(effects, bodies, statuses)


def count_payments(house, note):
    """Payments with a note, counted in the database itself."""
    code = (
        "import django, sys; django.setup(); from dues.models import Payment; "
        "print(Payment.objects.filter(payer=sys.argv[1]).count())"
    )
    return int(house.instance.run("-c", code, note).stdout)
