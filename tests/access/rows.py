"""One row an address: who may look and who may act there."""

from tests.access import rows_meetings
from tests.access.doors import (
    ADMINISTRATORS,
    DEPENDS,
    EVERYBODY,
    FINANCE_CONTACT,
    HEAD,
    JUROR,
    NOBODY,
    OFFICERS,
    OTHER,
    OWN,
    PERSONS,
    SIGNED_IN,
    STAFF,
    TREASURERS,
    Row,
    rows_of_table,
)
from tests.access.rows_api import API, API_PLACES, API_VALUES
from tests.access.rows_around import AROUND, PLACES
from tests.access.rows_awards import AWARD_PLACES, AWARDS
from tests.access.rows_elections import ELECTION_PLACES, ELECTIONS
from tests.access.rows_meetings import MEETINGS
from tests.access.rows_programmes import PROGRAMMES
from tests.access.rows_programmes import THINGS as OF_PROGRAMMES

# The administrators of both members; each is refused by the other's things.
HEADS = frozenset({HEAD, OTHER})
PAYERS = HEADS | {FINANCE_CONTACT}

FRAME = {
    "home": Row(EVERYBODY),
    "healthz": Row(EVERYBODY),
    "readyz": Row(EVERYBODY),
    "set_language": Row(EVERYBODY, EVERYBODY),
    "directory:list": Row(EVERYBODY),
    "admin:index": Row(STAFF, STAFF),
    "admin:settings": Row(STAFF, STAFF),
    "admin:search": Row(STAFF),
    "admin:jsi18n": Row(STAFF, STAFF),
    "admin:app_list": Row(STAFF, STAFF, may_answer=DEPENDS),
    "admin:login": Row(EVERYBODY, EVERYBODY, may_answer=DEPENDS),
    "admin:logout": Row(NOBODY, EVERYBODY),
    "admin:password_change": Row(STAFF, STAFF),
    "admin:password_change_done": Row(STAFF, STAFF),
    "admin:autocomplete": Row(STAFF, may_answer=DEPENDS),
    "admin:view_on_site": Row(STAFF, may_answer=DEPENDS),
    "admin/(?P<url>.*)$": Row(NOBODY),
}
ACCOUNT = {
    "login": Row(EVERYBODY, EVERYBODY),
    "account_login": Row(EVERYBODY, EVERYBODY),
    "logout": Row(EVERYBODY, EVERYBODY, may_answer=DEPENDS),
    "account_logout": Row(EVERYBODY, EVERYBODY, may_answer=DEPENDS),
    "join": Row(EVERYBODY, EVERYBODY, may_answer=DEPENDS),
    **{
        name: Row(EVERYBODY, EVERYBODY, may_answer=DEPENDS)
        for name in (
            "account_signup",
            "account_inactive",
            "account_request_login_code",
            "account_confirm_login_code",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "mfa_login_webauthn",
            "mfa_authenticate",
            "account_typed",
        )
    },
    **{
        name: Row(SIGNED_IN, SIGNED_IN, may_answer=DEPENDS)
        for name in (
            "account_reauthenticate",
            "account_reauthenticate_code",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "account_stay",
            "account_change_password",
            "account_set_password",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "usersessions_list",
        )
    },
}
# A passkey is its person's alone, and this one is of somebody who is not here.
ACCOUNT |= {"mfa_edit_webauthn": Row(NOBODY), "mfa_remove_webauthn": Row(NOBODY)}
MAILS = {
    "admin:wego_mail_changelist": Row(OFFICERS),
    "admin:wego_mail_change": Row(OFFICERS),
    "admin:wego_mail_attachment": Row(OFFICERS, may_answer=DEPENDS),
    "admin:wego_mail_retry": Row(NOBODY, OFFICERS),
    "admin:wego_mail_confirm": Row(NOBODY, OFFICERS),
    "admin:wego_mailwording_changelist": Row(OFFICERS),
    "admin:wego_mailwording_change": Row(OFFICERS, OFFICERS),
    "admin:wego_mailwording_restore": Row(NOBODY, OFFICERS),
    "admin:wego_auditentry_changelist": Row(ADMINISTRATORS),
    "admin:wego_auditentry_export": Row(NOBODY, ADMINISTRATORS),
    "admin:wego_operation_changelist": Row(ADMINISTRATORS),
    "admin:system": Row(ADMINISTRATORS),
}
MEMBERS = {
    **rows_of_table("members_member", look=STAFF, add=OFFICERS, change=OFFICERS),
    **rows_of_table("members_memberfigure", look=OFFICERS),
    **rows_of_table("members_countryfigure", look=OFFICERS, add=OFFICERS),
    **rows_of_table("members_proposal", look=OFFICERS, change=OFFICERS),
    **rows_of_table("members_user", look=ADMINISTRATORS, change=ADMINISTRATORS),
    **rows_of_table("members_invitation", look=OFFICERS, add=OFFICERS),
    **rows_of_table("members_application", look=OFFICERS),
    **rows_of_table("members_decision", look=OFFICERS),
    **rows_of_table("members_letter", look=OFFICERS),
    "admin:members_application_paper": Row(OFFICERS, OFFICERS),
    **{
        f"admin:members_application_{act}": Row(NOBODY, OFFICERS)
        for act in ("accept", "return", "reject", "excom")
    },
    "admin:members_application_file": Row(OFFICERS),
    "admin:members_decision_record": Row(OFFICERS, OFFICERS),
    "admin:members_decision_correct": Row(OFFICERS, OFFICERS),
    "admin:members_letter_pdf": Row(OFFICERS),
    "admin:members_letter_retry": Row(NOBODY, OFFICERS),
    **{
        f"admin:members_member_{act}": Row(OFFICERS, OFFICERS)
        for act in (
            "notice",
            "acknowledge",
            "take_back",
            "propose",
            "hearing",
            "drop",
            "rename",
            "change_kind",
            "merge",
            "unmerge",
        )
    },
    "admin:members_member_notice_letter": Row(OFFICERS, may_answer=DEPENDS),
    "admin:wego_policyvalue_changelist": Row(OFFICERS),
    "admin:wego_policyvalue_change": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:members_member_report": Row(STAFF),
    "admin:members_member_report_xlsx": Row(STAFF),
    "admin:members_member_checklist": Row(OFFICERS, OFFICERS),
    "admin:members_member_status": Row(OFFICERS, OFFICERS),
    "admin:members_member_figure": Row(OFFICERS, OFFICERS),
    "admin:members_member_facts": Row(OFFICERS, OFFICERS),
    "admin:members_memberfigure_upload": Row(OFFICERS, OFFICERS),
    "admin:members_invitation_again": Row(NOBODY, OFFICERS),
    "admin:members_invitation_back": Row(NOBODY, OFFICERS),
    "admin:members_user_sessions": Row(NOBODY, ADMINISTRATORS),
    "admin:members_user_factors": Row(NOBODY, ADMINISTRATORS),
}
DUES = {
    **rows_of_table("dues_invoice", look=STAFF),
    **rows_of_table("dues_issuerprofile", look=STAFF, change=STAFF),
    **rows_of_table("dues_feeschedule", look=STAFF, add=STAFF, change=STAFF),
    **rows_of_table("dues_reduction", look=STAFF, add=TREASURERS),
    "admin:dues_reduction_end": Row(NOBODY, TREASURERS),
    "admin:dues_reduction_credit": Row(NOBODY, TREASURERS),
    "admin:dues_invoice_pdf": Row(STAFF),
    **rows_of_table("dues_paper", look=STAFF),
    "admin:dues_paper_pdf": Row(STAFF),
    "admin:dues_paper_retry": Row(NOBODY, STAFF),
    "admin:dues_invoice_reissue": Row(TREASURERS, TREASURERS),
    "admin:dues_ahead": Row(TREASURERS, TREASURERS),
    "admin:dues_feeschedule_copy": Row(NOBODY, STAFF),
    "admin:dues_feeschedule_in_force": Row(NOBODY, STAFF),
    "admin:dues_years": Row(STAFF, STAFF),
    "admin:dues_year": Row(STAFF, STAFF),
    "admin:dues_year_why": Row(STAFF),
    "admin:dues_year_check": Row(STAFF, STAFF),
    "admin:dues_year_documents": Row(STAFF),
    "admin:dues_year_progress": Row(STAFF),
    "admin:dues_year_retry": Row(NOBODY, STAFF),
    "admin:dues_year_invoices": Row(STAFF),
    "admin:dues_year_download": Row(STAFF),
    "admin:dues_year_board": Row(STAFF),
    "admin:dues_statement": Row(STAFF, STAFF),
    "admin:dues_fees_paper": Row(STAFF, STAFF),
    "admin:dues_arrears_paper": Row(STAFF, STAFF),
    **{
        f"admin:dues_{report}": Row(STAFF)
        for report in (
            "entry_changelist",
            "aging",
            "aging_file",
            "statement_file",
            "cash",
            "cash_file",
            "numbers",
            "journal",
            "journal_file",
        )
    },
}
# Who may act may also look at the page of the act.
ACT = Row(TREASURERS, TREASURERS)
MONEY = {
    **rows_of_table("dues_reminder", look=STAFF),
    "admin:dues_reminders": Row(STAFF),
    "admin:dues_standing": Row(STAFF),
    "admin:dues_reminders_send": Row(NOBODY, TREASURERS),
    "admin:dues_reminders_pause": ACT,
    **rows_of_table("dues_paymentplan", look=STAFF),
    "admin:dues_paymentplan_agree": ACT,
    "admin:dues_paymentplan_end": Row(NOBODY, TREASURERS),
    "admin:dues_payment_changelist": Row(STAFF),
    "admin:dues_payment_change": Row(STAFF),
    "admin:dues_payment_record": ACT,
    **{
        f"admin:dues_payment_{act}": ACT
        for act in ("allocate", "move", "refund", "reverse", "release")
    },
    **{
        f"admin:dues_invoice_{act}": ACT
        for act in (
            "use_credit",
            "close_rest",
            "waive",
            "write_off",
            "lower",
            "void",
            "take_back",
        )
    },
    "admin:dues_refund_changelist": Row(STAFF),
    **{f"admin:dues_refund_{act}": ACT for act in ("pay", "take_back", "came_back")},
    "admin:dues_periodlock_changelist": Row(STAFF),
    "admin:dues_periodlock_close": ACT,
    "admin:dues_periodlock_reopen": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:dues_paymentclaim_changelist": Row(STAFF),
    "admin:dues_paymentclaim_change": Row(STAFF, TREASURERS),
    "admin:dues_paymentclaim_proof": Row(STAFF),
}
BANK = {
    **rows_of_table("dues_bankstatement", look=STAFF),
    **{
        f"admin:dues_bankstatement_{step}": Row(TREASURERS, TREASURERS)
        for step in ("upload", "columns", "preview")
    },
    "admin:dues_bankstatement_import": Row(NOBODY, TREASURERS),
    "admin:dues_bank_queue": Row(TREASURERS),
    **{
        f"admin:dues_bank_{act}": Row(NOBODY, TREASURERS)
        for act in ("accept", "book", "aside", "undo")
    },
}
PORTAL = {
    # A person who acts for nobody, a juror say, is told so there.
    "portal:home": Row(PERSONS | STAFF | {JUROR}),
    "portal:data": Row(PERSONS),
    "portal:details": Row(HEADS, HEADS),
    "portal:facts": Row(HEADS, HEADS),
    "portal:contact-add": Row(HEADS, HEADS),
    "portal:figures": Row(PERSONS, PAYERS),
    "portal:people": Row(PERSONS),
    "portal:invite": Row(HEADS, HEADS),
    "portal:leave": Row(PERSONS, HEADS),
    "portal:documents": Row(PERSONS),
    "portal:switch": Row(NOBODY, PERSONS),
    "portal:proposal": Row(OWN, frozenset({HEAD, FINANCE_CONTACT}), own=True),
    "portal:contact": Row(frozenset({HEAD}), frozenset({HEAD}), own=True),
    "portal:invitation": Row(NOBODY, frozenset({HEAD}), own=True),
    "portal:person": Row(frozenset({HEAD}), frozenset({HEAD}), own=True),
    "portal:hearing": Row(OWN, frozenset({HEAD}), own=True),
    "portal:letter": Row(OWN, own=True),
    "dues:invoices": Row(PERSONS),
    "dues:claim": Row(PERSONS, PAYERS),
    "dues:receipt-pdf": Row(OWN, own=True, may_answer=DEPENDS),
    "dues:invoice": Row(OWN, own=True),
    "dues:statement": Row(PERSONS, PERSONS),
    # Sends back to the page until the worker has printed it.
    "dues:statement-pdf": Row(OWN, own=True),
    "dues:invoice-pdf": Row(OWN, own=True),
    "dues:credit-note": Row(OWN, own=True),
}
# The private link is the key: whoever has it is the applicant.
APPLY = {
    **{
        f"apply:{name}": Row(EVERYBODY, EVERYBODY)
        for name in ("begin", "link", "organisation", "figures", "contacts", "form", "withdraw")
    },
    **{
        f"apply:{name}": Row(EVERYBODY)
        for name in ("start", "link-sent", "overview", "print", "file")
    },
    # There when the worker has printed it.
    "apply:form-pdf": Row(EVERYBODY, may_answer=DEPENDS),
    "apply:letter": Row(EVERYBODY, may_answer=DEPENDS),
    "apply:check": Row(EVERYBODY, EVERYBODY),
    "apply:submitted": Row(EVERYBODY),
    "apply:new-link": Row(EVERYBODY, EVERYBODY),
}
LATER = ELECTIONS | AROUND | AWARDS | PROGRAMMES | MEETINGS | API
ROWS = LATER | FRAME | ACCOUNT | MAILS | MEMBERS | DUES | MONEY | BANK | PORTAL | APPLY

# What stands in an address where the word of the argument alone does not say it.
VALUES = {
    "year": 2020,
    "app_label": "members",
    "url": "nothing",
    "what": "csv",
    "role": "head",
    "place": 0,
    "kind": "application_link",
    "language": "en",
    "uidb36": "1",
    "key": "nothing",
    **API_VALUES,
}

THINGS = {
    **rows_meetings.THINGS,
    "admin:dues_reminders_pause": "member",
    "admin:wego_policyvalue_change": "policy",
    "admin:view_on_site": "member",
    "mfa_edit_webauthn": "authenticator",
    "mfa_remove_webauthn": "authenticator",
    "portal:proposal": "proposal",
    "portal:contact": "contact",
    "portal:invitation": "invitation",
    "portal:person": "affiliation",
    "portal:hearing": "proceeding",
    "portal:letter": "letter_reference",
    "dues:statement-pdf": "statement_reference",
    "admin:members_decision_correct": "decisionitem",
    "apply:file": "draft_file",
    "apply:letter": "letter",
    **OF_PROGRAMMES,
}


ALL_PLACES = ELECTION_PLACES | PLACES | AWARD_PLACES | API_PLACES


def values_for(address, things):
    """Values for an address's arguments, out of the things of one member."""
    return {word: value_for(address, word, things) for word in address.arguments}


def value_for(address, word, things):
    if (address.name, word) in ALL_PLACES:
        return things[ALL_PLACES[address.name, word]]
    if address.name in THINGS and word in ("pk", "reference", "object_id", "key"):
        return things[THINGS[address.name]]
    if word in VALUES:
        return VALUES[word]
    if word in ("object_id", "pk", "id"):
        return things[address.pattern.split("/")[2]]
    return things[word]
