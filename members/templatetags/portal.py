"""The frame of the portal: for whom one acts, as what, and where one can go."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from members.access import list_members_of
from members.mandate import role_labels, standing_of
from members.models import Member
from wego import seoul
from wego.nav import NavLink

register = template.Library()


@register.inclusion_tag("portal/frame.html", takes_context=True)
def portal_frame(context: dict[str, Any]) -> dict[str, Any]:
    """The bar under the header; nothing for people without an organisation."""
    request = context["request"]
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {"member": None}
    standing = context.get("standing") or standing_of(member, seoul.today())
    return {
        "member": member,
        "roles": role_labels(request.member_roles),
        "several": len(list_members_of(request.user)) > 1,
        "links": links_for(request.path, ended=standing.ended),
    }


def links_for(path: str, *, ended: bool) -> list[NavLink]:
    """The pages of the portal; the one the address lies beneath is the current one."""
    pages = [
        (_("Home"), "portal:home"),
        (_("Invoices"), "dues:invoices"),
        (_("Meetings"), "meetings:list"),
        (_("Elections"), "elections:list"),
        (_("Our data"), "portal:data"),
        (_("Figures"), "portal:figures"),
        (_("People"), "portal:people"),
        (_("Services"), "services:home"),
        (_("Documents"), "portal:documents"),
    ]
    left_open = {"portal:home", "dues:invoices", "portal:documents"}
    offered = [(label, reverse(name)) for label, name in pages if not ended or name in left_open]
    home, inner = offered[0][1], [url for _label, url in offered[1:]]
    beneath = next((url for url in inner if path.startswith(url)), "")
    current = home if path == home else beneath
    return [NavLink(label, url, url == current) for label, url in offered]
