"""The frame's own staff pages: mails, their wording, policies, the audit trail, the system."""

from wego.admin import mails, policies, system, trail, webhooks, wordings

__all__ = ["mails", "policies", "system", "trail", "webhooks", "wordings"]
