"""What panels wait for from a coordinator: somebody declined and their seat is still empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_platform.common.needs import Need
from cop_platform.common.prepared import KeysSlot, Prepared
from cop_platform.common.times import to_utc, to_wall
from experts.enums import Role
from experts.models import User
from feedback.reviews.domain import acceptance
from feedback.reviews.domain.panel import eligibility, gathering
from feedback.reviews.enums import Phase
from feedback.reviews.models import Assignment, ReviewRound

SHOWN = 3
_DUE_CLOCK = time(17)


def _empty_seats(assignments: QuerySet[Assignment]) -> QuerySet:
    """(round, country, how many declined) where somebody declined and fewer than wanted are left.

    Only while experts may still be added to the panel.
    """
    open_ones = assignments.filter(round__closed_at__isnull=True, round__phase=Phase.INDEPENDENT)
    counted = open_ones.order_by().values_list("round_id", "country_id")
    declined = Q(declined_on__isnull=False)
    return (
        counted.annotate(n=Count("pk", filter=declined), left=Count("pk", filter=~declined))
        .filter(n__gt=0, left__lt=F("round__panel_size"))
        .values_list("round_id", "country_id", "n")
    )


_ALL = Prepared(lambda: _empty_seats(Assignment.objects.all()))
_OWN = Prepared(
    lambda: _empty_seats(Assignment.objects.filter(country_id__in=KeysSlot("countries")))
)


def of(user: User, at: datetime) -> Iterator[Need]:
    """Rounds in which somebody declined, with how many others fit; who it was stays unsaid."""
    if not user.access.plans_sessions:
        return
    if user.access.is_manager:
        rows = _ALL.all()
    else:
        rows = _OWN.all(countries=list(user.access.countries(Role.COORDINATOR)))
    declined: dict[int, int] = {}
    for round_id, _country, number in rows:
        declined[round_id] = declined.get(round_id, 0) + number
    if not declined:
        return
    today = to_wall(at, user.person.zone).date()
    found = ReviewRound.objects.filter(pk__in=declined).with_version().order_by("due_on", "pk")
    shown = list(islice(found, SHOWN))
    board = gathering.board(shown, user, today)
    for review_round, item in zip(shown, board.items, strict=True):
        fitting = sum(
            expert.country in item.countries and eligibility.obstacle(expert, item) is None
            for expert in board.pool
        )
        yield Need(
            title=_("Somebody declined to review “%(title)s”")
            % {"title": review_round.version.material.title},
            sentence=acceptance.declined_sentence(declined[review_round.pk], fitting),
            url=reverse("round_propose", args=[review_round.pk]),
            action=_("See who could be asked"),
            due=to_utc(datetime.combine(review_round.due_on, _DUE_CLOCK), user.person.zone, fold=0),
            icon="people",
        )
