"""The register's rows, by what they are about."""

from members.models.admission import (
    OPEN_STATES,
    Application,
    ApplicationEntry,
    ApplicationFile,
    ApplicationState,
)
from members.models.countries import country_name, country_names, is_country
from members.models.decisions import (
    Body,
    Decision,
    DecisionItem,
    Outcome,
    Proceeding,
    WithdrawalNotice,
)
from members.models.figures import CountryFigure, Figure, Measure, MemberFigure
from members.models.letters import Letter, LetterDocument, LetterKind, ParkedLetter
from members.models.organisations import (
    ENTRY_ORDER,
    ON_ROSTER,
    Contact,
    ContactRole,
    Kind,
    Language,
    Member,
    MemberName,
    MemberQuerySet,
    Region,
    Status,
    StatusEntry,
)
from members.models.people import (
    Affiliation,
    AffiliationRole,
    Invitation,
    Role,
    User,
    UserManager,
)
from members.models.proposals import Proposal, ProposalState
from members.models.tokens import ApiToken
from members.models.words import LEVELS, level_name, reason_words

__all__ = [
    "ENTRY_ORDER",
    "LEVELS",
    "ON_ROSTER",
    "OPEN_STATES",
    "Affiliation",
    "AffiliationRole",
    "ApiToken",
    "Application",
    "ApplicationEntry",
    "ApplicationFile",
    "ApplicationState",
    "Body",
    "Contact",
    "ContactRole",
    "CountryFigure",
    "Decision",
    "DecisionItem",
    "Figure",
    "Invitation",
    "Kind",
    "Language",
    "Letter",
    "LetterDocument",
    "LetterKind",
    "Measure",
    "Member",
    "MemberFigure",
    "MemberName",
    "MemberQuerySet",
    "Outcome",
    "ParkedLetter",
    "Proceeding",
    "Proposal",
    "ProposalState",
    "Region",
    "Role",
    "Status",
    "StatusEntry",
    "User",
    "UserManager",
    "WithdrawalNotice",
    "country_name",
    "country_names",
    "is_country",
    "level_name",
    "reason_words",
]
