"""Rendering: against a naive loop and reportlab, in one process and two; memory over 1,000.

    python -m tests.benchmarks.rendering speed INVOICES
    python -m tests.benchmarks.rendering memory INVOICES
    python -m tests.benchmarks.rendering whole INVOICES

each in a process of its own; all print JSON. CPU times are of one process; variants take turns
within one run, so that what else the machine does falls on all of them.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.benchmarks.issuing import ROOT, fill

INVOICES = 191
KOREAN = 20
TIMED = 24
RENDERS = int(os.environ.get("WEGO_BENCH_RENDERS", "1000"))
FONTS = Path("/usr/share/fonts/truetype/nanum")
CITIES = (
    *("Almaty", "Ulyanovsk", "Makati", "Nairobi", "Sri Jayawardenepura Kotte", "Tshwane"),
    *("Beyoglu", "Mexico City", "Kathmandu", "Ulaanbaatar", "Addis Ababa", "San Jose"),
)


def snapshots(count):
    """Invoices of many cities, one in ten of them Korean, as a year's run has them."""
    from tests.dues.snapshots import NO_BANK, invoice_snapshot, seoul

    for sequence in range(1, count + 1):
        if sequence % 10 == 0:
            snapshot = seoul(sequence)
            snapshot["member"]["address"] = []
        else:
            snapshot = invoice_snapshot(sequence, bank=NO_BANK, demo=True)
            snapshot["member"] |= {
                "name_en": f"{CITIES[sequence % len(CITIES)]} {sequence}",
                "address": [],
                "attention": "",
            }
            snapshot["basis"]["column"]["value"] = str(1_000_000 + sequence * 4_999)
        yield snapshot


def naive(html):
    """The same page as a first draft prints it: everything anew, default fetcher, all fonts."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from dues import invoice_page

    fonts = FontConfiguration()
    css = weasyprint.CSS(filename=invoice_page.ASSETS / "invoice.css", font_config=fonts)
    html = html.replace("asset:mark.svg", "mark.svg")
    page = weasyprint.HTML(string=html, base_url=str(invoice_page.ASSETS) + "/")
    return page.write_pdf(font_config=fonts, stylesheets=[css], pdf_variant="pdf/a-3a")


def texts_of(html):
    """Place (points from the bottom left), weight, size and letters of every text of a page."""
    from io import BytesIO

    import pikepdf

    from dues import invoice_page
    from wego import drawing, pdf

    form = pdf.render_form(
        html,
        css=invoice_page.stylesheet(),
        identifier="x",
        alphabet="x",
        assets=invoice_page.assets(),
    )
    with pikepdf.open(BytesIO(form.content)) as document:
        operators = document.pages[0].Contents.read_bytes()
    bold = max(form.fonts)
    return [
        (
            float(found["x"]) * 0.75,
            841.89 - float(found["y"]) * 0.75,
            "Bold" if found["font"].decode() == bold else "Text",
            float(found["size"]) * 0.75,
            text,
        )
        for found, text in drawing.find_texts(operators, form.fonts)
    ]


def draw_with_reportlab(texts):
    """The same texts at the same places on one page; no tags, no archive, no layout."""
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595.28, 841.89))
    for x, y, font, size, text in texts:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)
    canvas.save()
    return stream.getvalue()


def measure_speed(count):
    """CPU milliseconds and bytes of each way, the ways taking turns; and how often they agree."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from dues import documents, invoice_page
    from wego import drawing, pdf

    pdfmetrics.registerFont(TTFont("Text", FONTS / "NanumGothic.ttf"))
    pdfmetrics.registerFont(TTFont("Bold", FONTS / "NanumGothicBold.ttf"))

    def in_full(snapshot):
        return pdf.render_pdf(
            invoice_page.invoice_html(snapshot),
            css=invoice_page.stylesheet(),
            identifier=snapshot["number"],
            assets=invoice_page.assets(),
            limits=invoice_page.LIMITS,
        )

    ways = {
        "naive": lambda snapshot: naive(invoice_page.invoice_html(snapshot)),
        "reportlab": lambda snapshot: draw_with_reportlab(texts[snapshot["number"]]),
        "in full": in_full,
        "ours": documents.render_invoice,
    }
    chosen = list(snapshots(count))
    texts = {
        snapshot["number"]: texts_of(invoice_page.invoice_html(snapshot)) for snapshot in chosen
    }
    for way in ways.values():
        way(chosen[0]), way(chosen[9])
    seconds = {name: [] for name in ways}
    sizes = {name: [] for name in ways}
    agreed = 0
    for snapshot in chosen:
        made = {}
        for name, way in ways.items():
            began = time.process_time()
            made[name] = way(snapshot)
            seconds[name].append(time.process_time() - began)
            sizes[name].append(len(made[name]))
        agreed += drawing.alike(made["ours"], made["in full"])
    return {
        "ms": {name: 1000 * sum(times) / count for name, times in seconds.items()},
        "kb": {name: statistics.mean(found) / 1000 for name, found in sizes.items()},
        "agreed": agreed,
        "of": count,
    }


def measure_memory(count):
    """Megabytes that a process grows by over `count` invoices, and over a fifth of it in full."""
    from dues import documents, invoice_page
    from wego import pdf

    process = psutil.Process()
    chosen = list(snapshots(40))

    def in_full(snapshot):
        pdf.render_pdf(
            invoice_page.invoice_html(snapshot),
            css=invoice_page.stylesheet(),
            identifier=snapshot["number"],
            assets=invoice_page.assets(),
        )

    grown = {}
    for name, way, times in (
        ("ours", documents.render_invoice, count),
        ("in full", in_full, count // 5),
    ):
        for snapshot in chosen:
            way(snapshot)
        before = process.memory_info().rss
        for turn in range(times):
            way(chosen[turn % len(chosen)])
        grown[name] = (process.memory_info().rss - before) / 1e6
    return grown


def prepare_whole(count):
    """A dues year issued and without documents; its database, closed, to start from again."""
    from django.core.management import call_command
    from django.db import connection

    from dues.invoicing import issue_dues
    from members.models import Member

    call_command("migrate", verbosity=0)
    fill(count)
    korean = Member.objects.order_by("pk").values_list("pk", flat=True)[:KOREAN]
    Member.objects.filter(pk__in=list(korean)).update(language="ko", name_ko="수원특례시")
    issue_dues(2020, by=None)
    connection.close()
    return Path(connection.settings_dict["NAME"])


def time_naive(chosen):
    """Seconds by the clock that the naive loop takes for each."""
    from dues import invoice_page

    for snapshot in chosen:
        began = time.perf_counter()
        naive(invoice_page.invoice_html(snapshot))
        yield time.perf_counter() - began


def measure_whole(count):
    """Seconds by the clock and of CPU until all are stored, by one process and by two.

    The naive loop is timed before, between and after, under the same weather.
    """
    database = prepare_whole(count)
    chosen = list(snapshots(10))
    next(time_naive(chosen))
    loop = list(time_naive(chosen))
    found = {}
    for workers in (1, 2):
        copy = database.with_name(f"copy{workers}.sqlite3")
        copy.write_bytes(database.read_bytes())
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "manage.py", "render_documents", "--json", "--workers", str(workers)],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": f"sqlite:///{copy}"},
            capture_output=True,
            text=True,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found[str(workers)] = json.loads(done.stdout) | {"cpu": after.ru_utime - before.ru_utime}
        loop += time_naive(chosen)
    return found | {"naive": statistics.mean(loop)}


def run(what, count):
    """One measurement in a fresh process on a fresh SQLite database."""
    with tempfile.TemporaryDirectory() as directory:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.rendering", what, str(count)],
            cwd=ROOT,
            env=os.environ
            | {
                "WEGO_DATA_DIR": directory,
                "DATABASE_URL": f"sqlite:///{directory}/bench.sqlite3",
                "DJANGO_SETTINGS_MODULE": "wego.settings",
            },
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(done.stdout.splitlines()[-1])


def rows():
    """The table's rows: what, measured, target."""
    speed = run("speed", TIMED)
    base = speed["ms"]["naive"]
    targets = {
        "naive": "baseline (a)",
        "reportlab": "baseline (b), texts only",
        "in full": "the fallback",
        "ours": ">= 1.8 x (a)",
    }
    for name, spent in speed["ms"].items():
        ratio = f"{base / spent:.1f} x (a)"
        yield (
            f"an invoice, {name}",
            f"{spent:.1f} ms CPU, {ratio}, {speed['kb'][name]:.0f} KB",
            targets[name],
        )
    yield (
        "drawn as by a full print",
        f"{speed['agreed']} of {speed['of']}",
        "all",
    )
    whole = run("whole", INVOICES)
    for workers, target in (("1", ">= 1.8 x (a)"), ("2", "<= 15 s, >= 3 x (a)")):
        found = whole[workers]
        ratio = whole["naive"] * INVOICES / found["seconds"]
        yield (
            f"{found['rendered']} documents stored by {workers}",
            f"{found['seconds']:.1f} s by the clock, {found['cpu']:.1f} s CPU, {ratio:.1f} x (a)",
            target,
        )
    for name, grown in run("memory", RENDERS).items():
        times = RENDERS if name == "ours" else RENDERS // 5
        yield f"memory over {times:,}, {name}", f"{grown:+.1f} MB", "<= 15 MB over 1,000"


def main():
    import django

    django.setup()
    measure = {"speed": measure_speed, "memory": measure_memory, "whole": measure_whole}
    print(json.dumps(measure[sys.argv[1]](int(sys.argv[2]))))


if __name__ == "__main__":
    main()
