"""One organisation as somebody with a pencil would keep it; knows nothing of the rules."""

import datetime as dt
from dataclasses import dataclass, field

BEGIN = dt.date(2018, 1, 1)
DAY = dt.timedelta(days=1)
ROSTER = {"associate", "full", "suspended"}
GONE = {"rejected", "withdrawn", "expelled"}
MAY_FOLLOW = {
    None: {"associate", "full"},
    "associate": {"full", "rejected", "withdrawn"},
    "full": {"suspended", "withdrawn", "expelled"},
    "suspended": {"full", "withdrawn", "expelled"},
    "rejected": {"associate"},
    "withdrawn": {"associate"},
    "expelled": {"associate"},
}
GIVES = {
    "approve": "full",
    "reject": "rejected",
    "suspend": "suspended",
    "lift": "full",
    "expel": "expelled",
}


@dataclass(eq=False)
class Told:
    """An item of the model: what was decided, from when, and what it stands on."""

    outcome: str
    line: "tuple[dt.date, int] | None"
    application: "dict | None" = None
    proposal: "dict | None" = None
    taken_back: bool = False


@dataclass(eq=False)
class Life:
    """One organisation, as somebody with a pencil would keep it."""

    today: dt.date = BEGIN
    # (day, place in the book, status)
    lines: list = field(default_factory=list)
    items: list = field(default_factory=list)
    names: list = field(default_factory=lambda: [(dt.date.min, "Nur-Sultan")])
    application: "dict | None" = None
    notice: "dict | None" = None
    proposal: "dict | None" = None
    steps: int = 0
    corrections: int = 0
    notices: int = 0
    proposals: int = 0

    def held(self, on):
        until = [line for line in self.lines if line[0] <= on]
        return max(until)[2] if until else None

    def days(self):
        return sorted({day for day, _place, _status in self.lines})

    def full_since(self, on):
        run = []
        for day in reversed([day for day in self.days() if day <= on]):
            if self.held(day) not in {"full", "suspended"}:
                break
            run.append(day)
        full = [day for day in run if self.held(day) == "full"]
        return min(full, default=None)

    def called(self, on):
        return [name for since, name in self.names if since <= on][-1]

    def settled_after(self, on):
        """Whether nothing later changes what holds on a day."""
        return all(self.held(day) == self.held(on) for day in self.days() if day > on)

    def can(self, status, on):
        before, held = self.held(on - DAY), self.held(on)
        return (
            self.settled_after(on)
            and status != held
            and (status == before or status in MAY_FOLLOW[before] or status in MAY_FOLLOW[held])
        )

    def write(self, status, on):
        for day in [on, *(day for day in self.days() if day > on)]:
            self.lines.append((day, len(self.lines), status))

    def may_decide(self, outcome, on):
        if outcome in {"approve", "reject", "defer"}:
            accepted = self.application and self.application["state"] == "accepted"
            if self.held(on) != "associate" or (accepted and on < self.application["accepted"]):
                return False
            if outcome == "approve" and self.notice and not self.notice["acknowledged"]:
                return False
            if outcome == "defer":
                return self.settled_after(on)
        if outcome == "lift" and self.held(on) != "suspended":
            return False
        if outcome == "expel" and not (self.proposal and on > self.proposal["until"]):
            return False
        return self.can(GIVES[outcome], on)

    def possible(self):
        return [what for what in (*GIVES, "defer") if self.may_decide(what, self.today)]

    def may_take_back(self, item):
        """Whether nothing stands on an item: no later item, no later change."""
        if item.taken_back:
            return False
        later = self.items[self.items.index(item) + 1 :]
        if any(not other.taken_back for other in later):
            return False
        if item.line is None:
            return True
        status = next(s for day, place, s in self.lines if (day, place) == item.line)
        after = [line for line in self.lines if line[:2] > item.line]
        last = {day: s for day, _place, s in sorted(after)}
        return all(s == status for s in last.values())

    def take_back(self, line):
        day, place = line
        before = [each for each in self.lines if each[:2] < (day, place)]
        held = max(before)[2]
        for each in [day, *(later for later in self.days() if later > day)]:
            self.lines.append((each, len(self.lines), held))
