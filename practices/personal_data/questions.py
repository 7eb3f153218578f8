"""What rows of this part tell about whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cop_platform.common.personal_data import DEED, WORK, Kind, Record

RECORDS: tuple[Record, ...] = (
    Record(
        "practices.Question",
        Kind.WORDS,
        _("A case without details, and who asked about it."),
        WORK,
        "asked_by title situation tried wanted worked_note closed_why",
        plain="country topic languages groups added_at checked_at first_answer_at "
        "accepted accepted_at closed_at worked worked_on peer_assist revision",
        about="asked_by",
    ),
    Record(
        "practices.QuestionRoute",
        Kind.DEED,
        _("Whom a question was put to, with the reasons."),
        DEED,
        "question person state reasons asked_at settled_at",
        about="person",
        whole=True,
    ),
    Record(
        "practices.Answer",
        Kind.WORDS,
        _("What somebody advised."),
        WORK,
        "by text",
        plain="question language at edited_at revision",
        about="by",
    ),
)
PLAIN: dict[str, str] = {}
