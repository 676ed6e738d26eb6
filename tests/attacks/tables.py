"""Files that are no tables, read as one by a process of its own (S7).

    python -m tests.attacks.tables

prints, as JSON, what came of each, the seconds of processor time it took, and the megabytes by
which the process grew.
"""

import json
import resource
import sys
import time
from importlib import import_module

from tests.dues.statements.bombs import CORPUS as OF_BANKS

HEAD = b"name,population,source,source_year\n"
MOST = 2 * 1024 * 1024
OWN = {
    "a million columns": b"name,population,source,source_year,"
    + b",".join(b"c%d" % n for n in range(240_000)),
    "a column half a million times": b"name,population,source,source_year" + b",x" * 500_000,
    "a million cells in a row": HEAD + b"a," * 1_000_000,
    "a million ragged rows": HEAD + b"a\n" * 1_000_000,
    "a million empty rows": HEAD + b"\n" * 2_000_000,
    "half a million damaged cells": HEAD + b"\x01,\x01,\x01,\x01\n" * 200_000,
    "an open quotation": HEAD + b'"' + b"a\n" * 1_000_000,
    "a formula": HEAD + b"=cmd|' /C calc'!A1,5,x,2019\n",
    "NUL in a name": HEAD + b"Goy\0ang,5,x,2019\n",
    "UTF-16": "name,population\nGoyang,5\n".encode("utf-16"),
    "UTF-7": HEAD + b"+ADw-script+AD4-,5,x,2019\n",
}
CORPUS = {name: content for name, (content, _code) in OF_BANKS.items()} | OWN


def read(content):
    from django.core.exceptions import ValidationError

    from members.rows import read_table

    try:
        table = read_table(content[:MOST], required=("name", "population"), known=("source",))
    except ValidationError as error:
        return error.code, error.messages[0]
    return "read", f"{len(table.rows)} rows, {len(table.rejected)} rejected"


def main():
    import_module("django").setup()
    read(HEAD)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {}
    for name, content in CORPUS.items():
        began = time.process_time()
        found[name] = (*read(content), round(time.process_time() - began, 3))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    json.dump({"found": found, "megabytes": grown}, sys.stdout)


if __name__ == "__main__":
    main()
