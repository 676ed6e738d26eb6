"""What the database itself refuses about awards, whatever way it comes."""

from __future__ import annotations

from wego.guards import Guard, InsertGuard

SUBMITTED = (
    "EXISTS (SELECT 1 FROM events_scoresheet s WHERE s.id = {row}.sheet_id "
    "AND (s.submitted_at IS NOT NULL OR s.set_aside <> ''))"
)
NOTIFIED = (
    "EXISTS (SELECT 1 FROM events_awardcategory c JOIN events_awardedition e "
    "ON e.id = c.edition_id WHERE c.id = OLD.category_id "
    "AND e.state IN ('notified', 'announced', 'ceremony', 'archived'))"
)
AWARDS: tuple[Guard | InsertGuard, ...] = (
    Guard("events_editionentry", "the steps of an edition are append-only"),
    Guard(
        "events_awardentry",
        "a submitted entry never changes: it is opened again before the deadline",
        when="OLD.state <> 'draft'",
        frozen=(
            *("kind", "city", "country_code", "organisation", "contact_name", "category_id"),
            *("title", "summary", "challenge", "solution", "results", "edition_id"),
        ),
    ),
    Guard(
        "events_scoresheet",
        "a submitted score never changes",
        when="OLD.submitted_at IS NOT NULL",
    ),
    Guard(
        "events_mark",
        "the marks of a submitted score never change",
        when="EXISTS (SELECT 1 FROM events_scoresheet s WHERE s.id = OLD.sheet_id "
        "AND s.submitted_at IS NOT NULL)",
    ),
    InsertGuard(
        "events_mark",
        "closed",
        "a sheet that was submitted or set aside takes no marks",
        when=SUBMITTED.format(row="NEW"),
    ),
    Guard("events_declaredtie", "a declared tie never changes"),
    Guard("events_awardwinner", "winners who were notified never change", when=NOTIFIED),
    InsertGuard(
        "events_awardwinner",
        "tie",
        "a rank is given twice only where a tie is declared",
        when="EXISTS (SELECT 1 FROM events_awardwinner w WHERE w.category_id = NEW.category_id "
        "AND w.rank = NEW.rank AND (w.tie_id IS NULL OR NEW.tie_id IS NULL))",
    ),
    Guard("events_awardpaper", "a paper that was written never changes: write another"),
    Guard("events_awarddocument", "a stored document never changes"),
)
