"""Policy switches: what the rules of the organisation leave open, and the answers there are. Pure.

A switch has a number in the rule book and a sentence on what follows from its answer. It is one of
three kinds: an answer to choose, a whole number, or a list of whole numbers. An answer is offered
only where the rules really follow it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

if TYPE_CHECKING:
    from django.db import models
    from django_stubs_ext import StrOrPromise

Value: TypeAlias = str | int | tuple[int, ...]
BETWEEN_NUMBERS = ", "
LONGEST_NUMBER = 9
SWITCH_NUMBER = re.compile(r"S(\d+)")


@dataclass(frozen=True, kw_only=True)
class Switch(ABC):
    """One switch: its number in the rule book, what it asks, and what follows from it.

    `group` is the heading under which switches of neighbouring numbers stand; `default` holds
    before anybody has chosen.
    """

    key: str
    number: str
    group: StrOrPromise
    label: StrOrPromise
    effect: StrOrPromise
    default: Value

    @property
    def is_fixed(self) -> bool:
        """Whether there is nothing to choose; `effect` says why."""
        return False

    @abstractmethod
    def read(self, text: str) -> Value:
        """A stored or typed value as the rules know it.

        Raises:
            ValidationError: it is not among the answers, or outside the limits.
        """

    def write(self, value: Value) -> str:
        """A value as it is stored and typed."""
        return str(value)

    def words(self, value: object) -> str:
        """A value as people read it, also one that is no longer offered."""
        return str(value)


@dataclass(frozen=True, kw_only=True)
class ChoiceSwitch(Switch):
    """One of several answers, each with its words."""

    choices: Mapping[str, StrOrPromise]

    @property
    def is_fixed(self) -> bool:
        """One answer is no choice."""
        return len(self.choices) == 1

    def read(self, text: str) -> str:
        """One of the answers."""
        if text not in self.choices:
            raise ValidationError(gettext("Choose one of the answers."), code="unknown")
        return text

    def words(self, value: object) -> str:
        """The words of an answer."""
        return str(self.choices.get(str(value), value))


@dataclass(frozen=True, kw_only=True)
class NumberSwitch(Switch):
    """A whole number from `smallest` to `largest`.

    `at_most` is the key of another number that this one may not exceed.
    """

    smallest: int
    largest: int
    at_most: str = ""

    def read(self, text: str) -> int:
        """The number."""
        number = read_number(text)
        if number is None or not self.smallest <= number <= self.largest:
            raise ValidationError(
                gettext("Enter a whole number from %(smallest)s to %(largest)s.")
                % {"smallest": self.smallest, "largest": self.largest},
                code="limits",
            )
        return number


@dataclass(frozen=True, kw_only=True)
class NumbersSwitch(Switch):
    """One to `most` whole numbers from `smallest` to `largest`, each larger than the one before."""

    smallest: int
    largest: int
    most: int

    def read(self, text: str) -> tuple[int, ...]:
        """The numbers, written with commas between them."""
        numbers = [read_number(part.strip()) for part in text.split(",")]
        known = tuple(
            number
            for number in numbers
            if number is not None and self.smallest <= number <= self.largest
        )
        if len(known) != len(numbers) or len(known) > self.most:
            raise ValidationError(
                gettext(
                    "Enter at most %(most)s whole numbers from %(smallest)s to %(largest)s, with "
                    "commas between them."
                )
                % {"most": self.most, "smallest": self.smallest, "largest": self.largest},
                code="limits",
            )
        if list(known) != sorted(set(known)):
            raise ValidationError(
                gettext("Enter the numbers in ascending order, each of them once."), code="order"
            )
        return known

    def write(self, value: Value) -> str:
        """The numbers with commas between them."""
        return self.words(value)

    def words(self, value: object) -> str:
        """The numbers with commas between them."""
        if isinstance(value, str) or not isinstance(value, Sequence):
            return str(value)
        return BETWEEN_NUMBERS.join(map(str, value))


def read_number(text: str) -> int | None:
    """A whole number written in plain digits, `-14` or `30`; None for anything else."""
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        return None
    return int(text)


def choices_of(kind: type[models.TextChoices]) -> dict[str, StrOrPromise]:
    """The answers of a switch with their words."""
    return dict(kind.choices)


def place_in_rule_book(switch: Switch) -> tuple[int, int]:
    """Where a switch stands: S2 before S12, and what has no such number after all of them."""
    number = SWITCH_NUMBER.fullmatch(switch.number)
    return (0, int(number[1])) if number else (1, 0)
