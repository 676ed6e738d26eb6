"""Lists what is overdue and saves the PDFs: WEGO_TOKEN=wego_… python arrears.py ADDRESS FOLDER."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen


def fetch(url: str) -> bytes:
    """The body of an address, asked for with the token."""
    headers = {"Authorization": f"Bearer {os.environ['WEGO_TOKEN']}", "Accept-Language": "en"}
    with urlopen(Request(url, headers=headers), timeout=30) as answer:
        return answer.read()


def overdue(address: str) -> Iterator[dict[str, Any]]:
    """Every overdue invoice, page after page."""
    url = f"{address}/api/v1/invoices?overdue=true"
    while url:
        page = json.loads(fetch(url))
        yield from page["results"]
        url = page["next"]


address, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
for invoice in overdue(address):
    left = invoice["open"]
    print(invoice["number"], invoice["member_name_en"], left["currency"], left["amount"])
    if invoice["pdf_sha256"]:
        (folder / f"{invoice['number']}.pdf").write_bytes(fetch(invoice["pdf"]))
