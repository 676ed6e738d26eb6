"""Reading documents and samples."""

from pathlib import Path

from dues.statements import read_statements

SAMPLES = Path(__file__).with_name("samples")


def read(document):
    content = document if isinstance(document, bytes) else document.encode()
    return read_statements(content, "statement.xml")


def read_sample(name):
    return read_statements((SAMPLES / name).read_bytes(), name)


def amounts(statements):
    return [line.amount_cents for one in statements for line in one.lines]
