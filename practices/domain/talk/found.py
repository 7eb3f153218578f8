"""What the search finds here: comments on everything the reader sees."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _lazy

from cop_platform.common.addresses import numbered
from cop_platform.common.finding import looking, sources
from cop_platform.common.finding.needle import Needle
from cop_platform.common.finding.sources import Source
from experts.models import User
from practices.domain.talk import discussed
from practices.models import Comment
from practices.querysets import keeps_name

_TITLE_LENGTH = 80


def _comments(user: User, needle: Needle) -> QuerySet:
    """Neither those that were taken down nor those that were deleted.

    Nor those that mention somebody and keep names: their words stand here as they were typed.
    """
    seen = discussed.comments(user).filter(hidden_at__isnull=True, deleted_at__isnull=True)
    seen = seen.exclude(keeps_name(), text__contains="@")
    return looking.fitting(seen, needle, "text")


SOURCE = Source(
    kind="comments",
    label=_lazy("Comments"),
    icon="edit",
    model=Comment,
    find=_comments,
    anywhere=sources.anybodys(Comment, "text"),
    title=Left("text", _TITLE_LENGTH),
    text="text",
    url=lambda row: numbered("comment_detail", row.key),
)


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(SOURCE)
