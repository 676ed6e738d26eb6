"""Bank statements read into lines: camt.053, MT940, CSV. No models, no database."""

from dues.statements.guessing import Suggestion, suggest_mapping
from dues.statements.lines import Balance, Original, Statement, StatementLine
from dues.statements.mapping import CsvMapping
from dues.statements.reading import read_statements

__all__ = [
    "Balance",
    "CsvMapping",
    "Original",
    "Statement",
    "StatementLine",
    "Suggestion",
    "read_statements",
    "suggest_mapping",
]
