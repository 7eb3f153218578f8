"""The closed lists of this room; labels are what a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Choice(TextChoices):
    """What an expert ticks for a criterion; the words of 1 to 4 stand in the rubric."""

    NO = "1", _("No")
    PARTLY = "2", _("Partly")
    MOSTLY = "3", _("Mostly")
    FULLY = "4", _("Fully")
    NOT_APPLICABLE = "na", _("Not applicable")


# These need a comment: without it the author does not know what to mend.
LOW = frozenset({Choice.NO, Choice.PARTLY})
