"""What is chosen at the policy switches of every app, and how a choice is changed.

An app declares its switches on its AppConfig, by the dotted path of a tuple ::

    switches = "members.switches.SWITCHES"

A choice holds for what is recorded from then on: days that stand in a history do not move.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from wego import audit
from wego.models import PolicyValue
from wego.switches import NumberSwitch, Switch, Value, place_in_rule_book


def declared_switches() -> list[Switch]:
    """The switches of every installed app by their numbers, those of a heading together."""
    paths = [getattr(config, "switches", "") for config in apps.get_app_configs()]
    found: list[Switch] = [switch for path in paths if path for switch in import_string(path)]
    ordered = sorted(found, key=place_in_rule_book)
    headings = list(dict.fromkeys(str(switch.group) for switch in ordered))
    return sorted(ordered, key=lambda switch: headings.index(str(switch.group)))


def find_switch(key: str) -> Switch | None:
    """The switch of that key, if any app has it."""
    return next((switch for switch in declared_switches() if switch.key == key), None)


def load_chosen(switches: Iterable[Switch]) -> dict[str, Any]:
    """What was chosen at these switches, by key, in one query; where nothing was, no entry.

    A stored value no longer offered counts as not chosen.
    """
    by_key = {switch.key: switch for switch in switches}
    chosen: dict[str, Value] = {}
    for key, text in PolicyValue.objects.filter(key__in=by_key).values_list("key", "value"):
        try:
            chosen[key] = by_key[key].read(text)
        except ValidationError:
            continue
    return chosen


def load_value(switch: Switch) -> Value:
    """What holds at one switch."""
    value: Value = load_chosen([switch]).get(switch.key, switch.default)
    return value


@transaction.atomic
def change_policy(
    key: str, value: Value, *, by: AbstractBaseUser | None, why: str, on: dt.date
) -> PolicyValue:
    """Choose another answer; what was recorded under the old one stays as it is.

    Raises:
        ValidationError: no such switch or answer, nothing would change, or no reason is given.
    """
    switch = find_switch(key)
    if switch is None:
        raise ValidationError(_("There is no such policy switch."), code="unknown")
    wanted = switch.read(switch.write(value).strip())
    if not why.strip():
        raise ValidationError(
            _("Say why: by which decision or document the policy changes."), code="reason"
        )
    refuse_out_of_step(switch, wanted)
    row, _created = PolicyValue.objects.select_for_update().get_or_create(
        key=key, defaults={"value": switch.write(switch.default)}
    )
    before = load_value(switch)
    if wanted == before:
        raise ValidationError(
            _("%(number)s stands so already: %(words)s.")
            % {"number": switch.number, "words": switch.words(before)},
            code="already",
        )
    row.value = switch.write(wanted)
    row.save(update_fields=["value"])
    audit.record_act(
        "policy.changed",
        by=by,
        subject=row,
        why=why.strip(),
        facts={"number": switch.number, "value": [before, wanted], "on": on.isoformat()},
    )
    return row


def refuse_out_of_step(switch: Switch, wanted: Value) -> None:
    """Of two numbers that belong together the one stays within the other, whichever changes.

    Raises:
        ValidationError: it would not; the sentence names the other one.
    """
    for other in declared_switches():
        if isinstance(switch, NumberSwitch) and switch.at_most == other.key:
            lesser, greater = wanted, load_value(other)
        elif isinstance(other, NumberSwitch) and other.at_most == switch.key:
            lesser, greater = load_value(other), wanted
        else:
            continue
        if isinstance(lesser, int) and isinstance(greater, int) and lesser > greater:
            raise ValidationError(
                _("This does not fit “%(label)s”, which stands at %(number)s: change that first.")
                % {"label": other.label, "number": other.words(load_value(other))},
                code="out_of_step",
            )
