"""What moderators should look at next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_platform.common.needs import Need
from experts.models import User
from practices import permissions
from practices.domain.talk import moderating
from practices.models import CommentReport


def waiting(user: User, _at: datetime) -> Iterator[QuerySet[CommentReport]]:
    """Reports that nobody settled; most days there are none at all."""
    if permissions.may_see_moderation.allows(user):
        yield CommentReport.objects.filter(settled_at__isnull=True)


def of(user: User, at: datetime) -> Iterator[Need]:
    """Comments that were reported, for those who can settle it."""
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
