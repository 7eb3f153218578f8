"""What somebody threw away and can still take back: drafts of practices and ideas of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experts.models import User
from practices.domain.ideas import own
from practices.domain.practices import discarding
from practices.models import Idea, PracticeVersion

DRAFT, IDEA = _("Draft of a good practice"), _("Idea")


@dataclass(frozen=True)
class Thrown:
    """One of them: from the day after `until` it is gone. A post to `take_back` brings it back."""

    kind: str | Promise
    title: str
    url: str
    on: date
    until: date
    take_back: str


def of(user: User) -> list[Thrown]:
    """Everything this person can take back, what was thrown away last at the top."""
    found = [*_drafts(user), *_ideas(user)]
    return sorted(found, key=lambda one: one.on, reverse=True)


def _drafts(user: User) -> list[Thrown]:
    rows = PracticeVersion.objects.visible_to(user).discarded()
    return [
        _thrown(DRAFT, one, one.discarded_on, discarding.KEPT, "practice_take_back")
        for one in rows.filter(practice__author=user.person).order_by("pk")
        if one.discarded_on
    ]


def _ideas(user: User) -> list[Thrown]:
    rows = Idea.objects.visible_to(user).filter(author=user.person, withdrawn_on__isnull=False)
    return [
        _thrown(IDEA, one, one.withdrawn_on, own.KEPT, "idea_bring_back")
        for one in rows.order_by("pk")
        if one.withdrawn_on
    ]


def _thrown(
    kind: str | Promise, row: PracticeVersion | Idea, on: date, kept: timedelta, route: str
) -> Thrown:
    back = reverse(route, args=[row.pk])
    return Thrown(kind, row.title, row.get_absolute_url(), on, on + kept, back)
