"""Who asked for a change, and who decided it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, WORK, Kind, Record

RECORDS = (
    Record(
        "feedback.ChangeRequest",
        Kind.DEED,
        _("Who typed a request, who looks after it, who decided it."),
        DEED,
        "raised_by owner decided_by",
        about="raised_by",
    ),
    Record(
        "feedback.ChangeRequest",
        Kind.WORDS,
        _("What was asked for and why it was decided so; names are warned of before all read it."),
        WORK,
        "asked public_asked reason",
    ),
)
PLAIN = {"feedback.ChangeRequest": "source_kind"}
