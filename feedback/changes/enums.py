"""The closed lists of the ledger; labels are what a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    """How much a change is needed. A round is not closed over an undecided critical one."""

    CRITICAL = "critical", _("Critical")
    MAJOR = "major", _("Important")
    MINOR = "minor", _("Small")


class Decision(TextChoices):
    """What became of a change request."""

    OPEN = "open", _("Not decided yet")
    ACCEPT = "accept", _("Accepted")
    ADAPT = "adapt", _("Accepted in another form")
    DECLINE = "decline", _("Declined")
