"""What the audit trail says of programmes, partners and the history."""

from django.utils.translation import gettext_lazy as _

PROGRAMMES = {
    "history.imported": _("History imported"),
    "training.announced": _("Training announced"),
    "training.cancelled": _("Training cancelled"),
    "nomination.made": _("Official nominated for a training"),
    "nomination.moved": _("Nomination moved on"),
    "training.certified": _("Certificate of a training written"),
    "request.filed": _("Request of a member filed"),
    "request.answered": _("Request of a member answered"),
    "request.told": _("Members told of an event"),
    "office.stepped": _("Step of a regional office recorded"),
    "office.reported": _("Report of a regional office handed in"),
    "office.assessed": _("Report of a regional office assessed"),
    "partner.added": _("Partner added"),
    "memorandum.signed": _("Memorandum of understanding recorded"),
    "memorandum.ended": _("Memorandum of understanding ended"),
    "adviser.named": _("Adviser named"),
    "adviser.left": _("Adviser left the committee"),
}
