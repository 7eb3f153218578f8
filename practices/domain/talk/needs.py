"""What moderators should look at next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need, Questions
from cop_platform.common.prepared import Prepared
from experts.models import User
from practices import permissions
from practices.domain.talk import moderating
from practices.models import CommentReport

_ANY = Prepared(
    lambda: CommentReport.objects.filter(settled_at__isnull=True).order_by().values_list("pk")[:1]
)


def asks(user: User, _at: datetime) -> Questions:
    """Whether anybody's report is unsettled; most days there is none at all."""
    return {"reports": _ANY.asked()} if permissions.may_see_moderation.allows(user) else {}


def of(user: User, at: datetime, *, reports: Sequence[Any]) -> Iterator[Need]:
    """Comments that were reported, for those who can settle it. One question more."""
    count = moderating.waiting(user)
    if count:
        yield Need(
            title=_("A member says that a comment does not belong here"),
            sentence=ngettext(
                "%(n)d comment was reported. Take it down with a reason, or let it stand.",
                "%(n)d comments were reported. Take them down with a reason, or let them stand.",
                count,
            )
            % {"n": count},
            url=reverse("moderation_list"),
            action=_("Look at it"),
            due=at,
            icon="warning",
        )
