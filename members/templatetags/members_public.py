"""How many belong, and where, for the front page."""

from __future__ import annotations

from django import template

from members.roll import Roll, add_up, count_groups, shown_members
from wego import seoul

register = template.Library()


@register.simple_tag
def membership_today() -> Roll:
    """Members of the public directory in all, by region and by country, in one query."""
    return add_up(count_groups(shown_members(seoul.today())))
