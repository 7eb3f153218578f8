"""What rows of this part tell about whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, OWN, WORK, Kind, Record

RECORDS: tuple[Record, ...] = (
    Record(
        "practices.Idea",
        Kind.WORDS,
        _("Who had an idea, and who answered it."),
        WORK,
        "author answered_by title text answer",
        plain="country topic origin state merged_into added_on answer_due_on answered_on "
        "settled_on became_practice became_action merged_with withdrawn_on "
        "revision",
        about="author",
    ),
    Record(
        "practices.IdeaNote",
        Kind.WORDS,
        _("What the author of an idea added to it."),
        WORK,
        "text",
        plain="idea at",
        about="idea__author",
    ),
    Record(
        "practices.IdeaVote",
        Kind.CHOICE,
        _("Who wants which idea."),
        OWN,
        "idea person on",
        about="person",
        whole=True,
    ),
    Record(
        "practices.Experiment",
        Kind.DEED,
        _("Who tries an idea."),
        DEED,
        "owner",
        plain="idea country hypothesis test sign starts_on ends_on result outcome revision",
        about="owner",
    ),
    Record(
        "practices.IdeaStep",
        Kind.DEED,
        _("Who moved an idea on."),
        DEED,
        "by",
        plain="idea state at note",
        about="by",
    ),
    Record(
        "practices.Brief",
        Kind.DEED,
        _("Who wrote a brief."),
        DEED,
        "made_by",
        plain="title intro audience country made_on revision",
        about="made_by",
    ),
)
PLAIN: dict[str, str] = {
    "practices.BriefLine": "brief position theme text source_kind source_id source_country "
    "source_day",
}
