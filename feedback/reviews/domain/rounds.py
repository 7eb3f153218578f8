"""A review round is opened, filled with experts and closed here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cop_platform.common.refusals import NotPossible, Refused
from cop_platform.common.times import to_wall
from experts.domain import audit
from experts.enums import Role
from experts.models import Country, Membership, Person, User
from feedback.reviews import permissions
from feedback.reviews.domain import identity, notices, policies, rubrics
from feedback.reviews.models import Assignment, ReviewRound, Rubric
from materials.models import Version

# Fewer reviews than this carry no verdict, and would tell who said what.
PANEL = 3
LATE_STARTERS_HAVE = timedelta(days=7)


class RoundClosed(NotPossible):
    """The round is closed; nothing is taken in any more."""


class AlreadyOpen(NotPossible):
    """This panel already has an open round on this version."""


class DueInThePast(NotPossible):
    """The day by which reviews are wanted is over."""


class OwnWork(NotPossible):
    """Nobody rates their own work."""


@transaction.atomic
def open_round(
    *,
    version: Version,
    country: Country | None,
    due_on: date,
    instruction: str,
    by: User,
    at: datetime,
    rubric: Rubric | None = None,
) -> ReviewRound:
    """Opens a round on one version by a rubric, which is frozen from then on.

    Without a country it is open to the experts of all; without a rubric the best fitting is taken.
    Raises Refused, AlreadyOpen, DueInThePast, NoRubric.
    """
    permissions.may_open(by, country.pk if country else None)
    if due_on < to_wall(at, by.person.zone).date():
        raise DueInThePast(_("Choose a day that is still to come."))
    Version.objects.select_for_update().get(pk=version.pk)
    if ReviewRound.objects.open().filter(version=version, country=country).exists():
        raise AlreadyOpen(_("A review round on this version is open already."))
    rubric = rubrics.check_usable(rubric) if rubric else rubrics.for_version(version)
    Rubric.objects.filter(pk=rubric.pk, frozen_at__isnull=True).update(frozen_at=at)
    review_round = ReviewRound.objects.create(
        version=version,
        rubric=rubric,
        policy=policies.current(at),
        country=country,
        opened_by=by.person,
        opened_at=at,
        due_on=due_on,
        instruction=instruction,
    )
    _record("review round opened", review_round, by, at)
    return review_round


@transaction.atomic
def assign(*, round_id: int, people: Iterable[Person], by: User, at: datetime) -> int:
    """Asks experts to review; who was asked before is left alone. How many are new.

    Who is asked when the round's day is over has a week from then.
    Raises Refused without the right over one of their countries, RoundClosed, OwnWork.
    """
    review_round = _locked(round_id)
    permissions.may_assign(by, review_round)
    if review_round.closed_at:
        raise RoundClosed(_("This review round is closed."))
    known = set(identity.people_in(review_round).values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in known]
    _check(review_round, new, by)
    codes = identity.give_codes(review_round, new)
    due_on = _due_for_new(review_round, to_wall(at, by.person.zone).date())
    Assignment.objects.bulk_create(
        Assignment(
            round=review_round,
            reviewer_code=code,
            country=person.country,  # candidates have one
            due_on=due_on,
        )
        for code, person in codes.items()
    )
    if new:
        notices.tell_assigned(review_round, new, due_on=due_on, at=at)
        _record("experts assigned", review_round, by, at, people=len(new))
    return len(new)


@transaction.atomic
def close_round(*, round_id: int, by: User, at: datetime) -> ReviewRound:
    """Closes a round; drafts stay with their writers. Closing twice changes nothing.

    Raises Refused.
    """
    review_round = _locked(round_id)
    permissions.may_close(by, review_round)
    if review_round.closed_at is None:
        review_round.closed_at = at
        review_round.save(update_fields=["closed_at"])
        notices.take_back_reminders(review_round)
        _record("review round closed", review_round, by, at)
    return review_round


@transaction.atomic
def change_due_day(*, round_id: int, due_on: date, by: User, at: datetime) -> ReviewRound:
    """Sets another day for the reviews that are still to come; reminders follow it.

    Raises Refused, RoundClosed, DueInThePast.
    """
    review_round = _locked(round_id)
    permissions.may_close(by, review_round)
    if review_round.closed_at:
        raise RoundClosed(_("This review round is closed."))
    if due_on < to_wall(at, by.person.zone).date():
        raise DueInThePast(_("Choose a day that is still to come."))
    if due_on == review_round.due_on:
        return review_round
    review_round.due_on = due_on
    review_round.save(update_fields=["due_on"])
    Assignment.objects.waiting().filter(round=review_round).update(due_on=due_on)
    notices.take_back_reminders(review_round)
    waiting = identity.people_waited_for(review_round)
    notices.plan_reminders(review_round, waiting, due_on=due_on, at=at)
    _record("review due day changed", review_round, by, at)
    return review_round


def candidates(review_round: ReviewRound, user: User) -> QuerySet[Person]:
    """Experts this person may ask: of own countries, with an account, not asked, no own work."""
    experts = Membership.objects.current().filter(role=Role.EXPERT)
    if review_round.country_id is not None:
        experts = experts.filter(cop__country_id=review_round.country_id)
    elif not user.access.is_manager:
        experts = experts.filter(cop__country_id__in=user.access.countries(Role.COORDINATOR))
    return (
        Person.objects.visible_to(user)
        .filter(pk__in=experts.values("person_id"), user__is_active=True, country__isnull=False)
        .exclude(pk__in=identity.people_in(review_round))
        .exclude(_made(review_round.version))
        .select_related("country", "expert")
        .order_by("country__code", "name", "pk")
    )


def _due_for_new(review_round: ReviewRound, today: date) -> date:
    return review_round.due_on if review_round.due_on >= today else today + LATE_STARTERS_HAVE


def _made(version: Version) -> Q:
    """People whose own work the material is: its owner, and who uploaded any of its versions."""
    uploaders = Version.objects.filter(material=version.material_id).values("uploaded_by_id")
    return Q(pk=version.material.owner_id) | Q(pk__in=uploaders)


def _check(review_round: ReviewRound, people: list[Person], by: User) -> None:
    keys = [person.pk for person in people]
    allowed = set(candidates(review_round, by).filter(pk__in=keys).values_list("pk", flat=True))
    if Person.objects.filter(_made(review_round.version), pk__in=keys).exists():
        raise OwnWork(_("Nobody reviews their own work: choose somebody else."))
    if set(keys) - allowed:
        raise Refused(_("Choose experts of a country that you coordinate."))


def _locked(round_id: int) -> ReviewRound:
    rounds = ReviewRound.objects.select_for_update(of=("self",))
    return rounds.select_related("version__material").get(pk=round_id)


def _record(deed: str, review_round: ReviewRound, by: User, at: datetime, **detail: Any) -> None:
    audit.record(
        deed=deed, about=review_round, by=by, at=at, country_id=review_round.country_id, **detail
    )
