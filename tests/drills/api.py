"""Requests made from the OpenAPI document against a running server: `python -m tests.drills.api`.

Every operation as every kind of token, valid and broken requests alike. 0 failures of the server
and 0 answers that the document does not promise.
"""

import argparse
import itertools
import sys
import tempfile
from pathlib import Path

import schemathesis

from tests.harness.api_house import api_house
from tests.harness.schema_cases import Report, run_cases

# A token may ask 600 times a minute: the next one takes over before that.
TURN = 500


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--examples", type=int, default=25)
    asked = parser.parse_args()
    total = Report()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/wego.sqlite3"
        with api_house(Path(folder), url, tokens=8) as house:
            schema = schemathesis.openapi.from_url(f"{house.address}/api/schema/")
            for role, secrets in {**house.tokens, "nobody": [""]}.items():
                before = total.cases
                run_cases(
                    schema,
                    turns(secrets),
                    examples=asked.examples,
                    report=total,
                    known=house.known,
                )
                wrong = len(total.server_errors) + len(total.mismatches)
                print(f"{role}: {total.cases - before} cases, {wrong} wrong so far", flush=True)
    print(f"{total.cases} cases, answers {dict(sorted(total.answers.items()))}")
    print(f"server errors {len(total.server_errors)}, mismatches {len(total.mismatches)}")
    for line in [*total.server_errors, *total.mismatches][:20]:
        print(line)
    sys.exit(bool(total.server_errors or total.mismatches))


def turns(secrets):
    """Headers with the tokens of a role, one after another."""
    count, ring = itertools.count(), itertools.cycle(secrets)
    state = {"secret": next(ring)}

    def headers():
        if next(count) % TURN == TURN - 1:
            state["secret"] = next(ring)
        return {"Authorization": f"Bearer {state['secret']}"} if state["secret"] else {}

    return headers


if __name__ == "__main__":
    main()
