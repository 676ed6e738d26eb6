"""Field :86:, where every bank says in its own way who paid and why.

Four ways are told apart: German and Polish numbered parts (`166?00...?20...?32...`) with SEPA's
words in the text (`EREF+`, `SVWZ+`), Dutch words between strokes (`/NAME/.../REMI/...`), and plain
text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dues.statements.lines import Original
from dues.statements.references import known, tell

NUMBERED = re.compile(r"([0-9]{3})([^0-9A-Za-z\s])[0-9]{2}")
PARTS = "00|10|2[0-9]|3[0-48]|6[0-5]"
# Banks cut texts into parts and lines of these lengths, through words.
PART, LINE = 27, 65
LONGEST_REFERENCE = 35
SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|OAMT|COAM|MDAT)\+")
STROKES = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|PREF|PURP|ORDP|BENM|CNTP|ISDT|TRCD|RTRN|ULTD|ULTC"
    r"|ADDR|INIT|BPAI|NRTX|TRXD|OCMT|EXCH)/"
)
ORIGINAL = re.compile(r"/OCMT/([A-Z]{3})([0-9]{1,15}(?:,[0-9]{0,5})?)(?![0-9,])")
RATE = re.compile(r"/EXCH/([0-9]{1,9}(?:,[0-9]{0,9})?)(?![0-9,])")


@dataclass(frozen=True, slots=True)
class Details:
    """What a field :86: says."""

    name: str = ""
    account: str = ""
    on_behalf_of: str = ""
    end_to_end_id: str = ""
    text: str = ""
    original: Original | None = None


def read_details(lines: Sequence[str]) -> Details:
    """The details in whichever way they are written."""
    joined = join(lines, LINE)
    numbered = NUMBERED.match("".join(lines))
    if numbered:
        details = read_numbered("".join(lines), numbered[2])
    elif STROKES.match(joined.lstrip()):
        details = read_strokes(joined)
    else:
        details = Details(text=tell(joined))
    return replace(details, original=find_original("".join(lines)))


def join(pieces: Sequence[str], full: int) -> str:
    """Pieces put together: directly after one that fills its line, else with a blank."""
    return "".join(piece if len(piece) == full else piece + " " for piece in pieces)


def read_numbered(text: str, sign: str) -> Details:
    """`166?00SEPA?20SVWZ+Dues?31DE02...?32Seoul`: parts by number."""
    pieces = re.split(f"{re.escape(sign)}({PARTS})", text)
    parts: list[tuple[str, str]] = list(zip(pieces[1::2], pieces[2::2], strict=True))
    purpose = join([said for number, said in parts if number[0] in "26"], PART)
    numbers = dict(parts)
    details = read_sepa(purpose)
    return replace(
        details,
        name=tell(join([numbers.get("32", ""), numbers.get("33", "")], PART)),
        account="".join((numbers.get("38") or numbers.get("31", "")).split()),
        text=details.text or tell(numbers.get("00", "")),
    )


def read_sepa(purpose: str) -> Details:
    """`EREF+... SVWZ+...`: SEPA's words; a text without them is all purpose."""
    pieces = SEPA.split(purpose)
    said = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    reference = said.get("EREF", "").strip()
    # Parts without a word of their own may follow a reference.
    beyond = reference[LONGEST_REFERENCE:]
    return Details(
        on_behalf_of=tell(said.get("ABWA", "")),
        end_to_end_id=known(reference[:LONGEST_REFERENCE]),
        text=tell(" ".join([pieces[0], said.get("SVWZ", ""), beyond])),
    )


def read_strokes(text: str) -> Details:
    """`/IBAN/NL91.../NAME/Seoul/REMI/Dues/EREF/...`: words between strokes."""
    pieces = STROKES.split(text)
    said: dict[str, str] = {}
    for word, value in zip(pieces[1::2], pieces[2::2], strict=True):
        said.setdefault(word, value.strip(" /"))
    account, name = said.get("IBAN", ""), said.get("NAME", "")
    if "CNTP" in said:
        # Account, bank, name and city of the other side, by place.
        account, _bank, name, *_rest = [*said["CNTP"].split("/"), "", "", ""]
    return Details(
        name=tell(name),
        account="".join(account.split()),
        on_behalf_of=tell(said.get("ULTD", "").removeprefix("NAME/")),
        end_to_end_id=known(said.get("EREF", "")),
        text=tell(remittance_of(said), pieces[0], said.get("TRTP", "")),
    )


def remittance_of(said: Mapping[str, str]) -> str:
    """The text of `REMI`, without the words for its kind."""
    text = re.sub(r"^(?:USTD/*|STRD/(?:CUR/)?)", "", said.get("REMI", ""))
    return text.strip(" /")


def find_original(text: str) -> Original | None:
    """What was sent, when it was another currency: `/OCMT/EUR1400,00/EXCH/1,0718/`."""
    found, rate = ORIGINAL.search(text), RATE.search(text)
    if found is None:
        return None
    return Original(number(found[2]), found[1], number(rate[1]) if rate else None)


def number(text: str) -> Decimal:
    """`1400,00` as a figure."""
    return Decimal(text.replace(",", ".").removesuffix("."))
