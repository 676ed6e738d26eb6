"""Payments as a program records them, each under a key of its own."""

import datetime as dt
import itertools
import json

MEMBERS = 200


def paying(headers, new_key):
    """What a stroller does to record a payment: one dollar of each member in turn."""
    members = itertools.cycle(range(1, MEMBERS + 1))

    def pay():
        body = {
            "member": next(members),
            "amount": {"amount": "1.00", "currency": "USD"},
            "received_on": dt.datetime.now(dt.UTC).date().isoformat(),
            "payer": "City",
        }
        sent = {**headers, "Idempotency-Key": new_key(), "Content-Type": "application/json"}
        return "POST", "/api/v1/payments", sent, json.dumps(body)

    return pay
