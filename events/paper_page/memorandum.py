"""What the Meeting Memorandum prints; in English (P9)."""

from typing import Any

from django.utils.safestring import SafeString

from dues.paper_page.blocks import Block, Body, Column, Heading, KeyFacts, Paragraph, Table
from members.letter_page.writer import Row, Writer, clean
from members.letter_words import Phrase
from wego.typography import printed

ENGLISH = {
    "title": "Meeting Memorandum",
    "meeting": "Meeting",
    "when": "Held",
    "where": "Place",
    "how": "Way of meeting",
    "opening": "{name} was held on {days}. This memorandum records who took part and what was "
    "resolved, item by item.",
    "presence": "Attendance",
    "who": "Organisation",
    "people": "Represented by",
    "as": "Took part as",
    "voting": "voting city",
    "observer": "observer",
    "proxies": "Voting by proxy: {pairs}.",
    "nobody": "Nobody is on record as present.",
    "item": "{number}. {title}",
    "open": "No resolution is on record.",
    "papers": "Papers: {papers}.",
    "approve": "Approved",
    "reject": "Rejected",
    "defer": "Deferred",
    "note": "Noted",
    "unanimous": "unanimously",
    "counted": "by {yes} votes for, {no} against, {abstained} abstentions",
    "roll_call": "by roll call: {yes} for, {no} against, {abstained} abstentions",
    "no_vote": "without a vote",
    "voted": "{verdict} {how} ({reference}).",
    "there": "{there} of {entitled} voters were present or represented; the quorum was {needed}.",
    "no_quorum": "{there} of {entitled} voters were present or represented; "
    "the quorum of {needed} was not reached, and nothing takes effect.",
    "effective": "Effective {day}.",
    "corrects": "This corrects {reference}.",
    "roll": "Roll call: {votes}.",
    "others": "{who}: {outcome}.",
    "counts": "Of the organisations named in the annexes: {counts}.",
    "joining": "Annex 1: New members",
    "leaving": "Annex 2: Withdrawals",
    "none": "None.",
    "member": "Member",
    "country": "Country",
    "kind": "Kind",
    "decision": "Decision",
    "from": "From",
    "dues": "Dues from",
}
WORDS = {key: Phrase(text, text) for key, text in ENGLISH.items()}


def memorandum(writer: Writer) -> Body:
    """Attendance, the items in their order, and the two annexes."""
    facts = writer.facts
    return Body(
        title=writer.say(WORDS, "title"),
        head=[Row(writer.show(WORDS, "when"), printed(days_of(writer)))],
        blocks=[
            Paragraph(
                writer.show(WORDS, "opening", name=clean(facts["name"]), days=days_of(writer))
            ),
            KeyFacts(
                [
                    Row(writer.show(WORDS, "meeting"), printed(clean(facts["name"]))),
                    Row(writer.show(WORDS, "where"), printed(clean(facts["place"]) or "–")),
                    Row(writer.show(WORDS, "how"), printed(facts["mode"])),
                ]
            ),
            *attendance(writer),
            *(block for item in facts["items"] for block in item_blocks(writer, item)),
            *annex(writer, "joining", with_dues=True),
            *annex(writer, "leaving", with_dues=False),
        ],
    )


def days_of(writer: Writer) -> str:
    """`6 November 2019`, or from and to."""
    first, last = writer.facts["from"], writer.facts["until"]
    if last in {"", first}:
        return writer.day(first)
    return f"{writer.day(first)} – {writer.day(last)}"


def attendance(writer: Writer) -> list[Block]:
    """Who took part, and who voted for whom."""
    there = writer.facts["there"]
    blocks: list[Block] = [Heading(writer.show(WORDS, "presence"))]
    if not there["rows"]:
        return [*blocks, Paragraph(writer.show(WORDS, "nobody"))]
    rows = sorted(there["rows"], key=lambda row: row["kind"] != "voting")
    blocks.append(
        Table(
            [
                Column(writer.show(WORDS, "who")),
                Column(writer.show(WORDS, "people"), 62),
                Column(writer.show(WORDS, "as"), 40),
            ],
            [
                [
                    printed(clean(row["who"])),
                    printed(clean(row["people"]) or "–"),
                    printed(f"{writer.say(WORDS, row['kind'])}, {row['how'].lower()}"),
                ]
                for row in rows
            ],
        )
    )
    if there["proxies"]:
        pairs = "; ".join(
            f"{clean(each['by'])} by {clean(each['to'])}" for each in there["proxies"]
        )
        blocks.append(Paragraph(writer.show(WORDS, "proxies", pairs=pairs)))
    return blocks


def item_blocks(writer: Writer, item: dict[str, Any]) -> list[Block]:
    """One item: its papers and what was resolved on it."""
    title = writer.show(WORDS, "item", number=item["number"], title=clean(item["title"]))
    blocks: list[Block] = [Heading(title)]
    if item["note"]:
        blocks.append(Paragraph(printed(clean(item["note"]))))
    if item["papers"]:
        papers = "; ".join(map(clean, item["papers"]))
        blocks.append(Paragraph(writer.show(WORDS, "papers", papers=papers), quiet=True))
    if not item["resolutions"]:
        return [*blocks, Paragraph(writer.show(WORDS, "open"))]
    for resolution in item["resolutions"]:
        blocks += resolution_blocks(writer, resolution)
    return blocks


def resolution_blocks(writer: Writer, resolution: dict[str, Any]) -> list[Block]:
    """The sentence of a resolution, its quorum, what it corrects and its roll."""
    yes, no, abstained = resolution["votes"]
    how = writer.say(WORDS, resolution["manner"], yes=yes, no=no, abstained=abstained)
    verdict = writer.say(WORDS, resolution["verdict"])
    sentences = [
        writer.say(
            WORDS, "voted", verdict=verdict, how=how, reference=clean(resolution["reference"])
        )
    ]
    if resolution["corrects"]:
        sentences.append(writer.say(WORDS, "corrects", reference=clean(resolution["corrects"])))
    if resolution["counts"]:
        counts = ", ".join(
            f"{count} {said[:1].lower()}{said[1:]}" for said, count in resolution["counts"]
        )
        sentences.append(writer.say(WORDS, "counts", counts=counts))
    sentences += [
        writer.say(WORDS, "others", who=clean(line["who"]), outcome=line["outcome"].lower())
        for line in resolution["others"]
    ]
    if resolution["effective_on"] != resolution["on"]:
        sentences.append(writer.say(WORDS, "effective", day=writer.day(resolution["effective_on"])))
    there, entitled, needed = resolution["there"]
    key = "there" if resolution["held"] else "no_quorum"
    quorum = writer.show(WORDS, key, there=there, entitled=entitled, needed=needed)
    blocks: list[Block] = [Paragraph(printed(" ".join(sentences)))]
    if resolution["note"]:
        blocks.append(Paragraph(printed(clean(resolution["note"]))))
    blocks.append(Paragraph(quorum, quiet=True))
    if resolution["roll"]:
        votes = "; ".join(
            f"{clean(vote['who'])}: {vote['choice'].lower()}" for vote in resolution["roll"]
        )
        blocks.append(Paragraph(writer.show(WORDS, "roll", votes=votes), quiet=True))
    return blocks


def annex(writer: Writer, key: str, *, with_dues: bool) -> list[Block]:
    """One annex: a row a member."""
    rows = writer.facts[key]
    heading = Heading(writer.show(WORDS, key))
    if not rows:
        return [heading, Paragraph(writer.show(WORDS, "none"))]
    columns = [
        Column(writer.show(WORDS, "member")),
        Column(writer.show(WORDS, "country"), 34),
        Column(writer.show(WORDS, "decision"), 46),
        Column(writer.show(WORDS, "from"), 30),
    ]
    if with_dues:
        columns.append(Column(writer.show(WORDS, "dues"), 18, is_figure=True))
    return [heading, Table(columns, [annex_row(writer, row, with_dues=with_dues) for row in rows])]


def annex_row(writer: Writer, row: dict[str, Any], *, with_dues: bool) -> list[SafeString]:
    """What was decided of one member."""
    said = f"{row['said']}: {row['reason']}" if row["reason"] else row["said"]
    cells = [
        printed(clean(f"{row['name']} ({row['kind'].lower()})")),
        printed(clean(row["country"])),
        printed(clean(said)),
        printed(writer.day(row["from"])),
    ]
    return [*cells, printed(str(row["dues_from"] or "–"))] if with_dues else cells
