"""What rows of this part tell about whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, OWN, WORK, Kind, Record

RECORDS: tuple[Record, ...] = (
    Record(
        "practices.StageDecision",
        Kind.DEED,
        _("Who confirmed the life stage of a community."),
        DEED,
        "by",
        plain="figures why",
        about="by",
    ),
    Record(
        "practices.Circle",
        Kind.DEED,
        _("Who made a circle."),
        DEED,
        "made_by",
        plain="name purpose sessions",
        about="made_by",
    ),
    Record(
        "practices.CircleMember",
        Kind.CHOICE,
        _("Who belongs to which circle."),
        OWN,
        "circle person joined_at",
        about="person",
        whole=True,
    ),
    Record(
        "practices.InterestPoll",
        Kind.DEED,
        _("Who asked people for their interests."),
        DEED,
        "made_by",
        plain="title intro options generation",
        about="made_by",
    ),
    Record(
        "practices.InterestAnswer",
        Kind.WORDS,
        _("What somebody without an account needs and offers, under a name of their choice."),
        WORK,
        "poll once called topics needs offers at",
        whole=True,
    ),
    Record(
        "practices.HandOver",
        Kind.DEED,
        _("Who handed a community over to whom."),
        DEED,
        "before after by note",
        about="by",
    ),
)
PLAIN: dict[str, str] = {}
