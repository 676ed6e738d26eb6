"""The letters around a delegation: its credentials to sign, the invitation for a visa."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe

from dues.paper_page.blocks import Body, Column, Heading, KeyFacts, Paragraph, Table
from members.letter_page.writer import Row, Writer, clean
from members.letter_words import Phrase
from wego.typography import cut, printed

LONGEST = 90
WORDS = {
    "credentials": Phrase("Letter of credentials", "신임장"),
    "names": Phrase(
        "{name} names the people below to speak for it at the {meeting}, {days}, {place}.",
        "{name}은(는) {days} {place}에서 열리는 {meeting}에 아래 사람들을 대표로 지명합니다.",
    ),
    "votes": Phrase(
        "The head of the delegation, and in the head's absence the deputy, casts the vote of the "
        "city.",
        "대표단장이, 대표단장이 없을 때에는 부단장이 도시의 투표권을 행사합니다.",
    ),
    "observes": Phrase(
        "The delegation attends as an observer, without a vote.",
        "대표단은 투표권 없이 참관인으로 참석합니다.",
    ),
    "delegation": Phrase("Delegation", "대표단"),
    "person": Phrase("Name", "성명"),
    "position": Phrase("Position", "직위"),
    "role": Phrase("Role", "역할"),
    "head": Phrase("Head", "대표단장"),
    "deputy": Phrase("Deputy", "부단장"),
    "observer": Phrase("Observer", "참관인"),
    "sign": Phrase("Signed by the mayor or an authorised person", "시장 또는 권한 있는 자의 서명"),
    "sign_name": Phrase("Name and position", "성명과 직위"),
    "sign_day": Phrase("Place and date", "장소와 날짜"),
    "sign_here": Phrase("Signature and seal", "서명 및 직인"),
    "send": Phrase(
        "Please sign this letter, scan it and hand it in on the page of the meeting in your "
        "portal.",
        "서명하신 뒤 스캔하여 회원 포털의 회의 페이지에서 제출해 주십시오.",
    ),
    "visa": Phrase("Invitation", "초청장"),
    "to_whom": Phrase("To whom it may concern", "관계자 귀하"),
    "invite": Phrase(
        "The World Smart Sustainable Cities Organization invites {person}, {position}{of}, to "
        "take part in the {meeting}, which meets {days}{where}.",
        "세계스마트시티기구는 {days}{where} 열리는 {meeting}에 {of} {position} {person}님을 "
        "초청합니다.",
    ),
    "please": Phrase(
        "We kindly ask you to issue the visa that is needed for this visit in time. Questions "
        "about this invitation are answered by the secretariat under the reference above.",
        "이번 방문에 필요한 비자를 제때 발급하여 주시기를 부탁드립니다. 이 초청에 관한 문의는 위 "
        "문서 번호로 사무국에 해 주십시오.",
    ),
    "no_costs": Phrase(
        "This invitation promises no payment of travel or lodging.",
        "이 초청장은 여비나 숙박비의 지급을 약속하지 않습니다.",
    ),
    "visitor": Phrase("Visitor", "방문자"),
    "organisation": Phrase("Organisation", "소속"),
    "nationality": Phrase("Nationality", "국적"),
    "meeting": Phrase("Meeting", "회의"),
    "days": Phrase("Days", "일정"),
    "place": Phrase("Place", "장소"),
    "host": Phrase("Host city", "개최도시"),
}


def credentials(writer: Writer) -> Body:
    """The letter by which a city names its delegation, to be signed."""
    facts = writer.facts
    rows = [
        [
            printed(cut(clean(each["name"]), LONGEST)),
            printed(cut(clean(each["position"]), LONGEST) or "–"),
            writer.show(WORDS, each["role"]),
        ]
        for each in facts["delegates"]
    ]
    sentence = writer.say(
        WORDS,
        "names",
        name=writer.name,
        meeting=meeting_of(writer),
        days=days_of(writer, facts),
        place=clean(facts["place"]) or "–",
    )
    return Body(
        title=writer.say(WORDS, "credentials"),
        blocks=[
            Paragraph(printed(sentence)),
            Heading(writer.show(WORDS, "delegation")),
            Table(
                columns=[
                    Column(writer.show(WORDS, "person"), 62),
                    Column(writer.show(WORDS, "position")),
                    Column(writer.show(WORDS, "role"), 30),
                ],
                rows=rows,
            ),
            Paragraph(writer.show(WORDS, "votes" if facts["votes"] else "observes")),
            Heading(writer.show(WORDS, "sign")),
            KeyFacts(
                [
                    Row(writer.show(WORDS, key), room(lines))
                    for key, lines in (("sign_name", 2), ("sign_day", 2), ("sign_here", 5))
                ]
            ),
            Paragraph(writer.show(WORDS, "send"), quiet=True),
        ],
    )


def visa(writer: Writer) -> Body:
    """The invitation that an embassy reads."""
    facts = writer.facts
    organisation = cut(clean(facts["organisation"]), LONGEST)
    place = place_of(facts)
    days = days_of(writer, facts)
    sentence = writer.say(
        WORDS,
        "invite",
        person=cut(clean(facts["name"]), LONGEST),
        position=cut(clean(facts["position"]), LONGEST) or writer.say(WORDS, "visitor").lower(),
        of=organisation if writer.language == "ko" else f" of {organisation}",
        meeting=meeting_of(writer),
        days=days,
        where=f", in {place}" if place else "",
    )
    values = {
        "visitor": facts["name"],
        "position": facts["position"],
        "organisation": organisation,
        "nationality": facts["nationality"],
        "meeting": meeting_of(writer),
        "days": days,
        "place": place,
        "host": facts["host"],
    }
    return Body(
        title=writer.say(WORDS, "visa"),
        signed=True,
        blocks=[
            Paragraph(writer.show(WORDS, "to_whom")),
            Paragraph(printed(sentence)),
            KeyFacts(
                [
                    Row(writer.show(WORDS, key), printed(cut(clean(value), LONGEST)))
                    for key, value in values.items()
                    if value
                ]
            ),
            Paragraph(writer.show(WORDS, "please")),
            Paragraph(writer.show(WORDS, "no_costs"), quiet=True),
        ],
    )


def place_of(facts: Any) -> str:  # noqa: ANN401 a snapshot is JSON
    """The place with its country, each once."""
    place, country = clean(facts["place"]), facts["host_country"]
    return ", ".join(part for part in (place, "" if country in place else country) if part)


def meeting_of(writer: Writer) -> str:
    """The meeting's name in the paper's language."""
    korean = writer.language == "ko" and writer.facts["meeting_ko"]
    return clean(writer.facts["meeting_ko"] if korean else writer.facts["meeting_en"])


def days_of(writer: Writer, facts: Any) -> str:  # noqa: ANN401 a snapshot is JSON
    """`16 September 2026`, or from the first to the last day."""
    first, last = facts["starts_on"], facts["ends_on"]
    if first == last:
        return writer.day(first)
    begin, end = writer.day(first), writer.day(last)
    if first[:7] == last[:7]:
        day = str(int(last[8:]))
        return f"{begin}–{day}일" if writer.language == "ko" else f"{int(first[8:])}–{end}"
    return f"{begin} – {end}"


def room(lines: int) -> SafeString:
    """Empty lines to write on."""
    return mark_safe("<br/>" * (lines - 1) + "&#160;")
