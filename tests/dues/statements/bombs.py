"""Files made to harm whoever reads them, each with the word it is refused with (S7).

    python -m tests.dues.statements.bombs

reads them all in one process and prints, as JSON, what came of each, the seconds of processor time
it took, and the megabytes by which the process grew.
"""

import json
import os
import resource
import sys
import time
import zipfile
from io import BytesIO

from tests.dues.statements.documents import camt, ntry, stmt

ENTITY = '<!ENTITY {name} "{value}">'
LAUGHS = "".join(
    ENTITY.format(name=f"l{n}", value=f"&l{n - 1};" * 10 if n else "lol") for n in range(10)
)


def doctype(inside, use="&x;"):
    return f"<?xml version='1.0'?><!DOCTYPE Document [{inside}]><Document>{use}</Document>".encode()


def packed():
    box = BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 5_000_000)
    return box.getvalue()


MT940 = b":20:A\n:25:1\n:28C:1\n:60F:C200302USD0,00\n"
TEN = 10 * 1024 * 1024
WHOLE = camt(stmt(ntry("20.00")))
CORPUS = {
    "billion laughs": (doctype(LAUGHS, "&l9;"), "unsafe"),
    "quadratic blowup": (
        doctype(ENTITY.format(name="x", value="a" * 50_000), "&x;" * 9_000),
        "unsafe",
    ),
    "file by entity": (doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'), "unsafe"),
    "http by entity": (doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'), "unsafe"),
    "parameter entity": (doctype('<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;', ""), "unsafe"),
    "outside document type": (
        b'<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd"><Document/>',
        "unsafe",
    ),
    "empty document type": (b"<!DOCTYPE Document><Document/>", "unsafe"),
    "nested 200k": (b"<a>" * 200_000, "size"),
    "nested 200k in a statement": (
        camt(stmt(ntry("1.00", inside="<a>" * 200_000 + "</a>" * 200_000))).encode(),
        "size",
    ),
    "a million elements": (b"<Document>" + b"<a/>" * 2_000_000 + b"</Document>", "size"),
    "a million attributes": (
        b"<Document " + b" ".join(b'a%d="1"' % n for n in range(700_000)) + b"/>",
        "size",
    ),
    "one long text": (b"<Document><a>" + b"a" * 9_000_000 + b"</a></Document>", "size"),
    "text in many lines": (b"<Document>" + b"a\n" * 490_000 + b"</Document>", "size"),
    "blanks only": (b"<Document>" + b" \n" * 5_000_000 + b"</Document>", "size"),
    "character references": (b"<Document>" + b"&#65;" * 1_900_000 + b"</Document>", "size"),
    "open comment": (b"<Document><!--" + b"-" * 9_000_000, "size"),
    "blanks between elements": (
        b"<Document>" + (b" " * 39_000 + b"\n" * 900 + b"<a/>") * 250,
        "broken",
    ),
    "utf-7": (WHOLE.replace("UTF-8", "UTF-7").encode(), "encoding"),
    "utf-16 as declared": (WHOLE.replace("UTF-8", "UTF-16").encode(), "encoding"),
    "utf-16": (WHOLE.replace("UTF-8", "UTF-16").encode("utf-16"), "encoding"),
    "utf-32": (WHOLE.encode("utf-32"), "encoding"),
    "nul": (WHOLE.replace("S-1", "S\0-1").encode(), "encoding"),
    "ebcdic": (WHOLE.replace("UTF-8", "cp037").encode("cp037"), "encoding"),
    "not the encoding it says": (WHOLE.replace("M-1", "Málaga").encode("latin-1"), "encoding"),
    "eleven megabytes": (b"<" + b"a" * (TEN + 1), "size"),
    "spreadsheet": (packed(), "format"),
    "old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_000, "format"),
    "pdf": (b"%PDF-1.7\n", "format"),
    "nothing": (b"", "empty"),
    "blank": (b" \r\n\t", "empty"),
    "mt940 of one line": (MT940 + b":86:" + b"/OCMT/RF12" * 900_000, "size"),
    "mt940 of one text": (MT940 + b":61:200302C1,00NTRF\n:86:" + b"RF18 \n" * 400_000, "size"),
    "mt940 of too many entries": (MT940 + b":61:200302C1,00NTRF\n" * 400_000, "size"),
    "mt940 of lines of old Macs": (MT940 + b":61:200302C1,00NTRF\r" * 400_000, "size"),
    "mt940 of empty messages": (MT940 + b":20:A\n" * 400_000, "balance"),
    "table of a million columns": (b"Date,Amount\n" + b"," * 1_000_000, "size"),
    "table of too many rows": (b"Date,Amount\n" + b"2020-03-02,5\n" * 400_000, "size"),
    "table of one cell": (b'Date,Amount\n"' + b"a\n" * 490_000, "row"),
    "table of empty rows": (b"Date,Amount\n" + b",\n" * 490_000, "size"),
    "two roots": (b"<a/><a/>", "broken"),
}


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "wego.settings"
    import django

    django.setup()
    from django.core.exceptions import ValidationError

    from dues.statements import CsvMapping, read_statements

    by_name = CsvMapping("Date", "1", "USD", amount="Amount")

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {}
    for name, (content, _code) in CORPUS.items():
        start = time.process_time()
        try:
            word = f"read {len(read_statements(content, name, by_name))}"
        except ValidationError as error:
            word = getattr(error, "code", "row")
        found[name] = (word, round(time.process_time() - start, 3))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    json.dump({"found": found, "megabytes": grown}, sys.stdout)


if __name__ == "__main__":
    main()
