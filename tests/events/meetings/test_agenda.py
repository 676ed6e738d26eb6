import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.filling import fill_agenda
from events.meetings.agenda import (
    add_item,
    edit_item,
    lay_out_agenda,
    move_item_up,
    publish_agenda,
    remove_item,
)
from events.meetings.item_papers import put_paper, read_item_paper, take_paper_back
from events.meetings.stages import Plan, plan_meeting
from events.models import AgendaItem, ItemPaper
from members.leaving import file_notice
from tests.dues.builders import issued_invoice, one_page_pdf
from tests.events.meetings.seongnam import (
    CALL,
    DAY,
    TODAY,
    add_associates,
    add_excom,
    add_seated,
    come,
    item_of,
    resolve,
    unanimously,
)
from tests.register import add_member
from wego import storage
from wego.uploads import Upload

pytestmark = pytest.mark.django_db
PDF = one_page_pdf()


def kinds(meeting):
    return list(meeting.items.order_by("position").values_list("kind", flat=True))


def upload(content=PDF):
    return Upload("budget 2020.pdf", content, "application/pdf", ".pdf")


def test_p9_the_template_of_an_excom_stands_in_its_order():
    meeting = add_excom()

    assert kinds(meeting) == [
        "report",
        "accounts",
        "offices",
        "members",
        "arrears",
        "hosts",
        "programmes",
        "budget",
    ]
    item = item_of(meeting, "members")
    assert (item.position, item.title_en, item.title_ko) == (
        4,
        "New memberships and withdrawals to date",
        item.title_ko,
    )
    assert lay_out_agenda(meeting, by=None) == []


def test_r15_the_assembly_elects():
    meeting = plan_meeting(
        body="assembly", name_en="GA", plan=Plan(DAY), on=dt.date(2019, 1, 1), by=None
    )

    lay_out_agenda(meeting, by=None)

    assert kinds(meeting)[2:4] == ["elections", "hosts"]
    assert "statute" in kinds(meeting)


def test_p9_p10_the_agenda_fills_itself_with_eighteen_associates():
    meeting = add_excom(add_seated())
    add_associates()
    leaving = add_member("Batam", "ID", on=dt.date(2012, 1, 1))
    file_notice(
        leaving,
        received_on=dt.date(2019, 10, 1),
        reason="Budget",
        by=None,
        on=dt.date(2019, 10, 1),
    )

    filled = fill_agenda(meeting, kinds(meeting), on=DAY)["members"]

    assert filled.sentence == "18 associates, 1 withdrawal"
    assert len(filled.rows) == 19
    assert ("Kathmandu, Nepal", "new membership") in filled.rows
    assert filled.rows[-1] == ("Batam, Indonesia", "withdrawal")


def test_p9_arrears_over_two_years_and_the_year_s_dues_fill_themselves():
    meeting = add_excom()
    issued_invoice(add_member("Goyang", on=CALL), sequence=1)

    filled = fill_agenda(meeting, ["arrears", "budget", "elections"], on=dt.date(2022, 6, 1))

    assert filled["arrears"].sentence == "1 member, USD 7,500 open for more than two years"
    assert filled["arrears"].rows == [("Goyang", "2020: USD 7,500")]
    assert filled["budget"].sentence == "Dues 2022: USD 0 invoiced, USD 0 paid, USD 0 open"
    assert filled["elections"].sentence == "0 cities sit in EXCOM; 0 terms end within a year"


def test_s12_on_a_quiet_day_the_agenda_says_so():
    filled = fill_agenda(add_excom(), ["members", "arrears"], on=DAY)

    assert filled["members"].sentence == "Nobody waits for a decision."
    assert filled["arrears"].sentence == "No member has arrears over two years."


def test_items_are_added_moved_and_removed():
    meeting = add_excom()
    extra = add_item(meeting, kind="other", title_en="Awards", title_ko="어워즈", by=None)
    assert extra.position == 9

    assert move_item_up(extra, by=None)
    assert kinds(meeting)[-2:] == ["other", "budget"]
    remove_item(item_of(meeting, "report"), by=None)
    assert list(meeting.items.order_by("position").values_list("position", flat=True)) == [
        *range(1, 9)
    ]
    assert not move_item_up(item_of(meeting, "accounts"), by=None)


def test_an_item_has_a_title():
    meeting = add_excom()

    with pytest.raises(ValidationError, match="title in English"):
        add_item(meeting, kind="other", title_en=" ", by=None)
    with pytest.raises(ValidationError, match="title in English"):
        edit_item(item_of(meeting, "report"), title_en="", title_ko="", note="", by=None)

    assert meeting.items.count() == 8


def test_what_was_decided_keeps_its_words():
    meeting = add_excom(add_seated())
    come(meeting, 5)
    resolve(meeting, "budget", unanimously())

    with pytest.raises(ValidationError, match="decided"):
        edit_item(item_of(meeting, "budget"), title_en="Other", title_ko="", note="", by=None)
    with pytest.raises(ValidationError, match="decided"):
        remove_item(item_of(meeting, "budget"), by=None)

    assert item_of(meeting, "budget").title_en.startswith("Use of membership fees")


def test_r19_the_agenda_is_published_once():
    meeting = add_excom()

    publish_agenda(meeting, on=dt.date(2019, 10, 20), by=None)
    publish_agenda(meeting, on=dt.date(2019, 11, 1), by=None)

    meeting.refresh_from_db()
    assert meeting.agenda_on == dt.date(2019, 10, 20)


def test_an_empty_agenda_is_not_published():
    meeting = plan_meeting(body="excom", name_en="X", plan=Plan(DAY), on=CALL, by=None)

    with pytest.raises(ValidationError, match="nothing on the agenda"):
        publish_agenda(meeting, on=CALL, by=None)

    meeting.refresh_from_db()
    assert meeting.agenda_on is None


def test_papers_lie_in_the_private_store_and_are_proved():
    item = item_of(add_excom(), "budget")

    paper = put_paper(item, title="", file=upload(), on=CALL, by=None)

    assert (paper.title, paper.size) == ("budget 2020.pdf", len(PDF))
    assert read_item_paper(paper) == PDF
    with pytest.raises(ValidationError, match="put to the item already"):
        put_paper(item, title="Again", file=upload(), on=CALL, by=None)
    assert ItemPaper.objects.count() == 1


def test_a_paper_that_was_altered_is_not_shown():
    item = item_of(add_excom(), "budget")
    paper = put_paper(item, title="", file=upload(), on=CALL, by=None)
    stored = storage.resolve(paper.file_path)
    stored.chmod(0o600)
    stored.write_bytes(b"%PDF-1.4 other")

    with pytest.raises(ValidationError, match="missing or was altered"):
        read_item_paper(paper)


def test_an_item_with_papers_stays_and_a_paper_can_be_taken_back():
    item = item_of(add_excom(), "budget")
    paper = put_paper(item, title="Budget", file=upload(), on=CALL, by=None)

    with pytest.raises(ValidationError, match="has papers"):
        remove_item(item, by=None)
    take_paper_back(paper, on=TODAY, by=None)

    assert ItemPaper.objects.get().taken_back_on == TODAY
    assert AgendaItem.objects.filter(pk=item.pk).exists()
