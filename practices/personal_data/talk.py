"""What rows of this part tell about whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, OWN, WORK, Kind, Record

RECORDS: tuple[Record, ...] = (
    Record(
        "practices.Comment",
        Kind.WORDS,
        _("What somebody wrote in a discussion, and to whom."),
        WORK,
        "by text translation hidden_by hidden_why mentioned",
        plain="kind object_id place language translation_language quoted at edited_at "
        "deleted_at hidden_at revision unnamed",
        about="by",
    ),
    Record(
        "practices.Follow",
        Kind.CHOICE,
        _("Which discussions somebody wants to hear of."),
        OWN,
        "person kind object_id",
        about="person",
        whole=True,
    ),
    Record(
        "practices.TalkRead",
        Kind.CHOICE,
        _("Until when somebody has read the discussions."),
        OWN,
        "person at",
        about="person",
        whole=True,
    ),
    Record(
        "practices.CommentReport",
        Kind.DEED,
        _("Who said that a comment does not belong here."),
        DEED,
        "comment by why at settled_at settled_by",
        about="by",
        whole=True,
    ),
)
PLAIN: dict[str, str] = {}
