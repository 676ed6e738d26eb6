"""What the audit trail calls the acts on offices and elections."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OFFICES: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "term.recorded": _("Term of office recorded"),
        "term.ended": _("Term of office ended"),
        "holder.recorded": _("Head of the city recorded"),
        "vice.nominated": _("Nominated as Vice President City"),
        "certificate.written": _("Certificate of office written"),
        "election.called": _("Elections called"),
        "candidacy.filed": _("Notice of candidacy recorded"),
        "candidacy.admitted": _("Candidacy admitted by way of exception"),
        "candidacy.withdrawn": _("Candidacy withdrawn"),
        "voters.fixed": _("List of voters fixed"),
        "round.prepared": _("Round of voting prepared"),
        "round.opened": _("Voting opened"),
        "round.voted": _("Voted"),
        "round.counted": _("Votes counted"),
        "round.voided": _("Round of voting declared void"),
        "election.confirmed": _("Result of an election confirmed"),
    }
)
