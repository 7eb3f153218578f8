"""Small worlds and words the tests beside this file share."""

from __future__ import annotations

from django.utils import timezone

from sessions.domain import series_invitations
from sessions.models import Series
from tests import factories as make
from tests.sessions.test_pages import SOON


def upcoming(coordinator, **more) -> Series:
    return make.series("BG", by=coordinator, day=SOON, at=timezone.now(), **more)


def invited(series, *people) -> None:
    by = series.planned_by.user
    series_invitations.invite(series_id=series.pk, people=people, by=by, at=timezone.now())
