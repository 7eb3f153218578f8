"""What stories tell about whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, WORK, Kind, Record

RECORDS: tuple[Record, ...] = (
    Record(
        "practices.Story",
        Kind.WORDS,
        _("What a member learnt by doing, in words or aloud, by name or not."),
        WORK,
        "teller is_named clip_may_leave title text file",
        plain="occasion cycle language country material practice told_on revision sha256 "
        "media_type",
        about="teller",
    ),
    Record(
        "practices.StoryCitation",
        Kind.DEED,
        _("Who used a story, and where."),
        DEED,
        "by note",
        plain="story used_in on",
        about="by",
    ),
)
PLAIN: dict[str, str] = {}
